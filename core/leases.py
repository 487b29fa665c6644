"""Long work that a killed worker leaves unfinished: until when somebody is at a row, so that another one goes on with it.

The row has a field `lease_until`. Whoever works renews it; a killed worker stops renewing.
"""

from datetime import datetime, timedelta

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

AT_WORK = timedelta(seconds=90)
IN_THE_QUEUE = timedelta(minutes=10)


def working() -> datetime:
    return timezone.now() + AT_WORK


def waiting() -> datetime:
    return timezone.now() + IN_THE_QUEUE


def take(unfinished: QuerySet, pk: int, ticket: datetime | None = None) -> Model | None:
    """The row, if it is unfinished and free. A task in the queue shows the time it was put there with as its ticket."""
    free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
    if ticket:
        free |= Q(lease_until=ticket)
    taken = unfinished.filter(free, pk=pk).update(lease_until=working())
    return unfinished.model.objects.get(pk=pk) if taken else None


def renew(unfinished: QuerySet, pk: int, **values) -> bool:
    """False if the work has been cancelled meanwhile: then stop."""
    return bool(unfinished.filter(pk=pk).update(lease_until=working(), **values))


def abandoned(unfinished: QuerySet) -> QuerySet:
    """Unfinished ones that nobody is at any more."""
    return unfinished.filter(lease_until__lt=timezone.now())


def ticket_to_queue(row: Model) -> datetime | None:
    """The ticket for the task that is to go on with `row`; None if somebody else has put it in the queue meanwhile."""
    until = waiting()
    unchanged = type(row).objects.filter(pk=row.pk, lease_until=row.lease_until)
    return until if unchanged.update(lease_until=until) else None
