"""The guests of a date are kept until a month after it: see docs/data-protection.md. Numbers stay."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from campaigns.models import EventDate, Registration
from campaigns.registering import turnout
from core.retention import LATENESS

KEPT = timedelta(days=30)  # at most


def goes_at(date: EventDate) -> datetime:
    """From then on the next run deletes the list."""
    return date.ends_at + KEPT - LATENESS


def delete() -> int:
    """Date by date; how many lists. Safe to repeat."""
    has_list = Exists(Registration.objects.filter(date=OuterRef("pk")))
    over = EventDate.objects.filter(has_list, ends_at__lt=timezone.now() - KEPT + LATENESS)
    return sum(_delete_list(pk) for pk in [*over.values_list("pk", flat=True)])


@transaction.atomic
def _delete_list(date_id: int) -> int:
    """With everybody who was on it. Its numbers are counted in the same transaction."""
    date = EventDate.objects.select_for_update(no_key=True).get(pk=date_id)
    turnout.keep(date)
    date.registrations.all().delete()
    return 1
