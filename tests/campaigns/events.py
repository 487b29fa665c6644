"""Events as editors enter them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from campaigns.models import EventDate, EventIndexPage, EventPage
from tests.site.world import make

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def event(site, slug="fest", starts_at=None, hours=2, **values) -> EventPage:
    starts_at = starts_at or in_days(7)
    index = EventIndexPage.objects.child_of(site).get()
    values = {"ends_at": starts_at + hours * HOUR, "place": "", **values}
    return make(EventPage, index, slug, slug.title(), starts_at=starts_at, **values)


def in_days(days: int, hour: int = 18) -> datetime:
    """By the wall clock of Berlin."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def published(page: EventPage, **changes) -> EventPage:
    """As an editor publishes a change."""
    page = EventPage.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def long_ago(page: EventPage) -> EventPage:
    """Published so long ago that a change is news to its readers."""
    EventPage.objects.filter(pk=page.pk).update(first_published_at=timezone.now() - 9 * DAY)
    return EventPage.objects.get(pk=page.pk)


def starts(page: EventPage) -> list[datetime]:
    return [row.starts_at for row in EventDate.objects.filter(event=page.pk).order_by("starts_at")]
