"""How many were registered and came: counted from the list while there is one, kept when it is deleted."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils import timezone

from campaigns.models import EventDate, Turnout


@dataclass(frozen=True)
class Figures:
    """Numbers of people. `came` is None where nobody has noted it."""

    registered: int
    came: int | None
    walk_ins: int
    waiting: int
    languages: dict[str, int]

    @property
    def guests(self) -> int | None:
        """All who came, registered or not."""
        return None if self.came is None else self.came + self.walk_ins


def figures(date: EventDate) -> Figures:
    kept = Turnout.objects.filter(date=date).first()
    if kept and kept.deleted_at:
        return Figures(kept.registered, kept.came, kept.walk_ins, 0, kept.languages)
    seated = date.registrations.seated()
    sums = seated.aggregate(registered=Sum("people", default=0), came=Sum("came"))
    waiting = date.registrations.confirmed().filter(seated_at=None).aggregate(people=Sum("people", default=0))["people"]
    by_language = seated.order_by().values_list("language").annotate(people=Sum("people"))
    return Figures(sums["registered"], sums["came"], kept.walk_ins if kept else 0, waiting, dict(by_language))


def note_walk_ins(date: EventDate, number: int) -> None:
    Turnout.objects.update_or_create(date=date, defaults={"walk_ins": number})


def keep(date: EventDate) -> None:
    """Call in the transaction that deletes the list, with the date locked."""
    counted = figures(date)
    values = {"registered": counted.registered, "came": counted.came, "languages": counted.languages}
    Turnout.objects.update_or_create(date=date, defaults=values | {"deleted_at": timezone.now()})


def states(date: EventDate) -> dict[str, int]:
    """How many registrations are pending, waiting and seated."""
    rows = date.registrations.aggregate(all=Count("pk"), confirmed=Count("confirmed_at"), seated=Count("seated_at"))
    return {
        "pending": rows["all"] - rows["confirmed"],
        "waiting": rows["confirmed"] - rows["seated"],
        "seated": rows["seated"],
    }
