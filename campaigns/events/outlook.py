"""What there is to say of an event today: which date comes next, and whether it is full, moved, cancelled or over."""

from datetime import timedelta

from django.utils import timezone
from django.utils.functional import cached_property

from campaigns.events.dates import AHEAD
from campaigns.events.plan import planned
from campaigns.models.event_date import EventDate
from campaigns.periods import FINISHED, PLANNED, RUNNING

SHOWN = 6


class Outlook:
    """Of one event. One query for a handful of dates, a second one where nothing is to come."""

    def __init__(self, page, from_draft: bool = False):
        self.event, self.from_draft = page.facts, from_draft

    @cached_property
    def _to_come(self) -> list[EventDate]:
        if self.from_draft:
            return self._drafted
        return list(EventDate.objects.filter(event=self.event.pk).to_come()[: SHOWN + 1])

    @property
    def _drafted(self) -> list[EventDate]:
        """As they would be written if the draft were published now."""
        now = timezone.now()
        rows = EventDate.objects.filter(event=self.event.pk) if self.event.pk else []
        known = {row.original_start: row for row in rows}
        dates = [
            known.get(plan.starts_at) or EventDate(original_start=plan.starts_at, **vars(plan))
            for plan in planned(self.event, now - timedelta(days=1), now + AHEAD)
        ]
        return [date for date in dates if not date.is_over][: SHOWN + 1]

    @property
    def dates(self) -> list[EventDate]:
        """Those to come, cancelled ones among them, as many as a page shows."""
        return self._to_come[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self._to_come) > SHOWN

    @cached_property
    def next(self) -> EventDate | None:
        """The next one that takes place."""
        found = next((date for date in self._to_come if not date.is_cancelled), None)
        if found or not self.has_more or self.from_draft:
            return found
        return EventDate.objects.filter(event=self.event.pk).taking_place().to_come().first()

    @cached_property
    def date(self) -> EventDate:
        """The one the page speaks of: the next, else a cancelled one to come, else the last."""
        first = self.next or next(iter(self._to_come), None)
        return first or EventDate.objects.filter(event=self.event.pk).over().first() or self._only

    @property
    def _only(self) -> EventDate:
        """Of an event that nobody has saved yet."""
        facts = self.event
        return EventDate(starts_at=facts.starts_at, ends_at=facts.ends_at, original_start=facts.starts_at)

    @property
    def is_series(self) -> bool:
        return bool(self.event.rule) or len(self._to_come) > 1

    @property
    def is_cancelled(self) -> bool:
        """Nothing of it takes place any more; a series that goes on is not cancelled."""
        return self.date.is_cancelled or (self.event.is_cancelled and not self.is_over)

    @property
    def is_over(self) -> bool:
        return self.date.is_over

    @property
    def is_running(self) -> bool:
        return not self.is_over and not self.is_cancelled and self.date.starts_at <= timezone.now()

    @property
    def is_moved(self) -> bool:
        return self.date.is_moved and not self.is_over and not self.is_cancelled

    @property
    def is_full(self) -> bool:
        return not self.is_over and not self.is_cancelled and self.is_full_on(self.date)

    def is_full_on(self, date: EventDate) -> bool:
        return self.event.capacity is not None and date.taken >= self.event.capacity

    @property
    def status(self) -> str:
        if self.is_over:
            return FINISHED
        return RUNNING if self.is_running else PLANNED
