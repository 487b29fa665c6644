"""A series of the sample as it is after some weeks: one date was moved, another one is cancelled."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import EventDate

SERIES = "sprachcafe"


def load_event_dates() -> None:
    """Dates that somebody has changed since stay as they are."""
    dates = EventDate.objects.filter(event__slug=SERIES, event__locale__language_code="de")
    now = timezone.now()
    if dates.exclude(note="").exists():
        return
    _next, moved, cancelled = dates.filter(starts_at__gt=now).order_by("starts_at")[:3]
    moved.starts_at += timedelta(days=1)
    moved.ends_at += timedelta(days=1)
    moved.note = "Ausnahmsweise einen Tag später. (Musterangabe)"
    cancelled.cancelled_at = now
    cancelled.note = "Das Haus ist geschlossen. (Musterangabe)"
    for date in (moved, cancelled):
        date.changed_at = now
        date.save()
