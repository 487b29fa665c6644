from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns.calendar import calendar
from campaigns.models import EventPage


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event to be put into the reader's own calendar."""
    event = get_object_or_404(EventPage.objects.listed().with_text(), slug=slug)
    response = HttpResponse(calendar(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response
