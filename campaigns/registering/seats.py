"""Places of a date: given, freed, passed on to the waiting list. The last one is never given twice.

Whoever gives or frees places locks the date's row first, so one after the other looks at its counter; and the counter
itself goes up only where the places are there, in one statement. Call everything here in the transaction that does it.

The waiting list moves in its order. Who waits with more people than there are free places is passed over and keeps
their turn. Whoever moves up has the place at once, without having to accept it: a mail that is read late loses nobody
their place.
"""

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from campaigns.models import EventDate, EventPage, Registration
from campaigns.registering import links, mails, telling


def lock(date_id: int) -> EventDate:
    """The date as it is now, with its event. Others who give or free places of it wait here."""
    date = EventDate.objects.select_for_update(no_key=True).get(pk=date_id)
    date.event = EventPage.objects.get(pk=date.event_id)
    return date


def give(date: EventDate, registration: Registration) -> bool:
    """Counts the places and marks the registration, unless there are fewer places left than people."""
    free = EventDate.objects.filter(pk=date.pk)
    if date.event.capacity is not None:
        free = free.filter(taken__lte=date.event.capacity - registration.people)
    if not free.update(taken=F("taken") + registration.people):
        return False
    registration.seated_at = timezone.now()
    telling.note(registration, date)
    registration.save(update_fields=["seated_at", *telling.NOTED])
    return True


def free(date: EventDate, registration: Registration) -> None:
    """The places of somebody who does not come; the waiting list moves."""
    if registration.seated_at:
        EventDate.objects.filter(pk=date.pk).update(taken=F("taken") - registration.people)


def move_up(date: EventDate) -> int:
    """Give free places to those who wait, and tell them; how many moved. Nobody moves once the event has begun."""
    if date.is_cancelled or date.starts_at <= timezone.now() or not date.event.live or places_left(date) == 0:
        return 0
    moved = 0
    for registration in date.registrations.waiting():
        registration.date = date
        if give(date, registration):
            mails.moved_up(registration, links.make(registration)).send()
            moved += 1
        elif places_left(date) == 0:
            break
    return moved


def places_left(date: EventDate) -> int | None:
    """As counted now; None where there are as many as people come. Fewer than nothing after a capacity was cut."""
    capacity = date.event.capacity
    if capacity is None:
        return None
    return max(0, capacity - EventDate.objects.values_list("taken", flat=True).get(pk=date.pk))


def move_all_up() -> int:
    """Where more places have been made, or somebody has been away; how many moved."""
    waited_for = Registration.objects.waiting().order_by().filter(date__starts_at__gt=timezone.now())
    return sum(_move_up(date_id) for date_id in {*waited_for.values_list("date_id", flat=True)})


@transaction.atomic
def _move_up(date_id: int) -> int:
    return move_up(lock(date_id))


def recount() -> int:
    """Bring the counters of dates to come in line with the rows; how many were wrong, because of changes by hand."""
    to_come = EventDate.objects.filter(ends_at__gt=timezone.now())
    return sum(_recount(date_id) for date_id in [*to_come.values_list("pk", flat=True)])


@transaction.atomic
def _recount(date_id: int) -> int:
    found = Registration.objects.seated().filter(date=date_id).aggregate(people=Sum("people", default=0))["people"]
    if EventDate.objects.filter(pk=date_id, taken=found).exists():
        return 0
    date = lock(date_id)
    found = date.registrations.seated().aggregate(people=Sum("people", default=0))["people"]
    return EventDate.objects.filter(pk=date_id).exclude(taken=found).update(taken=found)
