"""What those who are registered know of time and place, and the mails that tell them more: moved, cancelled, tomorrow.

Each registration notes what its last mail said. Whoever's note differs from what holds now is told; note and mail
share a transaction, so a worker that is killed on the way leaves nobody out and tells nobody twice.
"""

from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaigns.models import EventDate, Registration
from campaigns.registering import links, mails

BEFORE = timedelta(hours=24)
NOTED = ["told", "told_starts_at", "reminded_for"]


def state(date: EventDate) -> str:
    """A digest of everything about a date that its guests must know."""
    event = date.event
    place = (event.location_name, event.street, event.postal_code, event.place, event.online_url)
    times = (date.starts_at.timestamp(), date.ends_at.timestamp(), date.is_cancelled, date.note)
    return sha256(repr((place, times)).encode()).hexdigest()


def note(registration: Registration, date: EventDate) -> None:
    """That a mail of now tells them; save `NOTED`. So short before the event that mail is the reminder, too."""
    registration.told, registration.told_starts_at = state(date), date.starts_at
    if date.starts_at - BEFORE <= timezone.now():
        registration.reminded_for = date.starts_at


def tell_changes() -> int:
    """Tell all who do not know yet that a date was moved or cancelled, or takes place elsewhere; how many."""
    to_come = Registration.objects.confirmed().filter(date__ends_at__gt=timezone.now(), date__event__live=True)
    known = to_come.order_by().values_list("date_id", "told").distinct()
    by_date: dict[int, set[str]] = {}
    for date_id, told in known:
        by_date.setdefault(date_id, set()).add(told)
    number = 0
    for date in _dates(by_date):
        now = state(date)
        if by_date[date.pk] - {now}:
            unknowing = date.registrations.confirmed().exclude(told=now)
            number += sum(_tell_change(pk, date.pk) for pk in [*unknowing.values_list("pk", flat=True)])
    return number


@transaction.atomic
def _tell_change(pk: int, date_id: int) -> bool:
    date = _dates([date_id]).get()
    registration = _locked(pk, date)
    if registration is None or registration.told == state(date):
        return False
    before = registration.told_starts_at
    note(registration, date)
    registration.save(update_fields=NOTED)
    write = mails.called_off if date.is_cancelled else mails.changed
    write(registration, links.make(registration), before).send()
    return True


def remind() -> int:
    """Write to all who come tomorrow and registered before today; how many."""
    now = timezone.now()
    due = Registration.objects.seated().filter(
        date__starts_at__gt=now,
        date__starts_at__lte=now + BEFORE,
        date__cancelled_at=None,
        date__event__live=True,
    )
    due = due.exclude(reminded_for=F("date__starts_at"))
    return sum(_remind(pk, date_id) for pk, date_id in [*due.values_list("pk", "date_id")])


@transaction.atomic
def _remind(pk: int, date_id: int) -> bool:
    date = _dates([date_id]).get()
    registration = _locked(pk, date)
    if registration is None or date.is_cancelled or registration.reminded_for == date.starts_at:
        return False
    registration.reminded_for = date.starts_at
    registration.save(update_fields=["reminded_for"])
    mails.reminder(registration, links.make(registration)).send()
    return True


def _dates(pks):
    return EventDate.objects.filter(pk__in=pks).select_related("event")


def _locked(pk: int, date: EventDate) -> Registration | None:
    """Who confirms or cancels at the same moment waits, or is waited for."""
    registration = Registration.objects.select_for_update().filter(pk=pk).first()
    if registration:
        registration.date = date
    return registration
