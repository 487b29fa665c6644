"""How often readers ask for a page in their language: by page, language and day, and nothing about who asked."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone

from translations.models import Demand

KEPT_FOR = timedelta(days=400)


def count(key: UUID, locale_id: int) -> None:
    """One reader more, today. The database adds, so that twenty at once are twenty."""
    row = {"translation_key": key, "locale_id": locale_id, "day": timezone.localdate()}
    Demand.objects.get_or_create(**row)
    Demand.objects.filter(**row).update(count=F("count") + 1)


def demand(since: date) -> dict[tuple[UUID, int], int]:
    """By page and language, what was asked for from that day on."""
    rows = Demand.objects.filter(day__gte=since).order_by().values_list("translation_key", "locale_id")
    return {(key, locale): wishes for key, locale, wishes in rows.annotate(Sum("count"))}


def forget_old() -> int:
    """What was wished for so long ago says nothing about today; returns how many days were deleted."""
    return Demand.objects.filter(day__lt=timezone.localdate() - KEPT_FOR).delete()[0]
