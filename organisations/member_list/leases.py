"""Who is at an import: a time until which nobody else takes it up. A killed worker stops renewing it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from organisations.models import MemberImport

AT_WORK = timedelta(seconds=90)
IN_THE_QUEUE = timedelta(minutes=10)
UNFINISHED = (MemberImport.CHECKING, MemberImport.APPLYING)


def working() -> datetime:
    return timezone.now() + AT_WORK


def waiting() -> datetime:
    return timezone.now() + IN_THE_QUEUE


def take(pk: int, ticket: datetime | None = None) -> MemberImport | None:
    """The import, if it is unfinished and free. A task in the queue shows the time it was put there with as its ticket."""
    free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
    if ticket:
        free |= Q(lease_until=ticket)
    taken = MemberImport.objects.filter(free, pk=pk, state__in=UNFINISHED).update(lease_until=working())
    return MemberImport.objects.get(pk=pk) if taken else None


def renew(pk: int, **values) -> bool:
    """False if the import has been cancelled meanwhile: then stop."""
    return bool(MemberImport.objects.filter(pk=pk, state__in=UNFINISHED).update(lease_until=working(), **values))


def abandoned() -> QuerySet:
    """Unfinished ones that nobody is at any more."""
    return MemberImport.objects.filter(state__in=UNFINISHED, lease_until__lt=timezone.now()).defer("content")
