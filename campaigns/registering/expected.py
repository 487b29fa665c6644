"""An event that guests expect is cancelled before it is deleted: then they are told."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.models import Registration
from core.languages import SOURCE_LANGUAGE


def expected(page: Page) -> Registration | None:
    """Somebody who is registered for a date to come, of the page or of one below it, and knows of no cancellation."""
    to_come = Registration.objects.confirmed().filter(
        date__event__path__startswith=page.path,
        date__event__locale__language_code=SOURCE_LANGUAGE,
        date__cancelled_at=None,
        date__ends_at__gt=timezone.now(),
    )
    return to_come.select_related("date__event").order_by("date__starts_at", "pk").first()


def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page], redirect("wagtailadmin_pages:edit", page.pk))


def before_bulk_action(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    if action_type != "delete" or not issubclass(action.model, Page):
        return None
    return _refuse(request, objects, redirect(action.next_url))


def _refuse(request: HttpRequest, pages: Iterable[Page], answer: HttpResponse) -> HttpResponse | None:
    guest = next(filter(None, map(expected, pages)), None)
    if guest is None:
        return None
    text = _("Guests are registered for “%(title)s”. Please cancel it first, so that they are told; then delete it.")
    messages.error(request, text % {"title": guest.date.event.title})
    return answer
