"""Who is at an import; see core.leases."""

from datetime import datetime

from django.db.models import QuerySet

from core import leases
from core.leases import waiting, working
from organisations.models import MemberImport

__all__ = ["UNFINISHED", "abandoned", "renew", "take", "waiting", "working"]

UNFINISHED = (MemberImport.CHECKING, MemberImport.APPLYING)


def unfinished() -> QuerySet:
    return MemberImport.objects.filter(state__in=UNFINISHED)


def take(pk: int, ticket: datetime | None = None) -> MemberImport | None:
    return leases.take(unfinished(), pk, ticket)


def renew(pk: int, **values) -> bool:
    return leases.renew(unfinished(), pk, **values)


def abandoned() -> QuerySet:
    return leases.abandoned(unfinished()).defer("content")
