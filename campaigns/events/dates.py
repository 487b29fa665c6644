"""Writes the dates of an event, so that lists, calendars and registrations need not know its rule."""

from django.db import transaction
from django.utils import timezone

from campaigns.models.event_date import EventDate


@transaction.atomic
def write_dates(event) -> None:
    """`event` is a source page, as it stands in the table."""
    known = event.dates.first()
    if known is None:
        EventDate.objects.create(
            event=event, starts_at=event.starts_at, ends_at=event.ends_at, original_start=event.starts_at
        )
    elif (known.starts_at, known.ends_at) != (event.starts_at, event.ends_at):
        known.starts_at = known.original_start = event.starts_at
        known.ends_at, known.changed_at = event.ends_at, timezone.now()
        known.save()
