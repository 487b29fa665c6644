from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Prefetch, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.models.event_date import EventDate
from core.publishing import SourcePageQuerySet


class EventQuerySet(SourcePageQuerySet):
    def with_next_start(self):
        """With `next_start`: of the next date that takes place, else of a cancelled one that would still be to come."""
        dates = EventDate.objects.filter(event=OuterRef("pk")).to_come()
        return self.annotate(
            next_start=Coalesce(
                Subquery(dates.taking_place().values("starts_at")[:1]), Subquery(dates.values("starts_at")[:1])
            )
        )

    def to_come(self):
        """With `next_start`, by it."""
        return self.with_next_start().filter(next_start__isnull=False).order_by("next_start", "pk")

    def upcoming(self):
        """Public events that are not over, the next one first."""
        return self.listed().with_cards().to_come()

    def past(self):
        """Public events without any date to come, the last one first."""
        dates = EventDate.objects.filter(event=OuterRef("pk"))
        over = self.listed().with_cards().filter(~Exists(dates.to_come()))
        return over.annotate(last_start=Subquery(dates.over().values("starts_at")[:1])).order_by("-last_start", "-pk")

    def with_cards(self):
        """With the date a card shows, in one more query whatever the number of dates."""
        return super().with_cards().prefetch_related(Prefetch("dates", _nearest()[:1], to_attr="card_dates"))


def _nearest():
    """First what takes place next, then what would have, then what took place last."""
    to_come = {"ends_at__gte": timezone.now()}
    rank = Case(When(**to_come, cancelled_at=None, then=0), When(**to_come, then=1), default=2)
    soonest = Case(When(**to_come, then=F("ends_at")), default=Value(None), output_field=DateTimeField())
    return EventDate.objects.order_by(rank, soonest, "-ends_at", "pk")
