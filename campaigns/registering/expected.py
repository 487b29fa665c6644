"""An event that guests expect is cancelled before it is deleted: then they are told."""

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


def obstacle(page: Page) -> str:
    guest = expected(page)
    if guest is None:
        return ""
    text = _("Guests are registered for “%(title)s”. Please cancel it first, so that they are told; then delete it.")
    return text % {"title": guest.date.event.title}
