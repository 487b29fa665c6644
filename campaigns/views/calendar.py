from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns.events.calendar import calendar
from campaigns.events.feed import Feed
from campaigns.models import EventPage

ICALENDAR = "text/calendar; charset=utf-8"


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event to be put into the reader's own calendar."""
    event = get_object_or_404(EventPage.objects.listed().with_text(), slug=slug)
    response = HttpResponse(calendar([event]), content_type=f"{ICALENDAR}; method=PUBLISH")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Events to subscribe to, narrowed by the parameters of the listing."""
    feed = Feed(request.GET)
    body = calendar(feed.events(), feed.name, feed.address)
    return HttpResponse(body, content_type=f"{ICALENDAR}; method=PUBLISH")
