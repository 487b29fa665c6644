"""How an event repeats: a rule of RFC 5545, of the kinds the editor offers.

Everything here is wall-clock time without a zone, so that a weekly 18:00 stays 18:00 when the clocks change.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from dateutil.rrule import rrule, rrulestr

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
FREQUENCIES = (DAILY, WEEKLY, MONTHLY, YEARLY)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


@dataclass(frozen=True)
class Rule:
    """`weekdays` (Monday is 0) are for weeks; `position` makes it the second or last weekday of a month."""

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    position: int = 0
    count: int | None = None
    until: date | None = None

    def __str__(self):
        days = ",".join(f"{self.position or ''}{DAYS[day]}" for day in self.weekdays)
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYDAY": days,
            "COUNT": self.count or "",
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def beginning(self, start: datetime) -> "Rule":
        """With the weekday of `start` where the rule counts the weekdays of a month."""
        if self.frequency != MONTHLY or not self.position:
            return self
        nth = (start.day - 1) // 7 + 1
        return replace(self, weekdays=(start.weekday(),), position=LAST if self.position == LAST or nth > 4 else nth)

    def times(self, start: datetime) -> rrule:
        """The rule from `start` on; ask it for what lies between two moments."""
        parts = replace(self, until=None)
        until = f";UNTIL={datetime.combine(self.until, time.max):%Y%m%dT%H%M%S}" if self.until else ""
        return rrulestr(f"{parts}{until}", dtstart=start)

    def begins_with(self, start: datetime) -> bool:
        return next(iter(self.times(start)), None) == start.replace(microsecond=0)


def read(text: str) -> Rule | None:
    """The rule as it is stored; None for an event that does not repeat."""
    if not text:
        return None
    parts = dict(part.split("=", 1) for part in text.split(";"))
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    position = days[0][:-2] if days else ""
    return Rule(
        frequency=parts["FREQ"],
        interval=int(parts.get("INTERVAL", 1)),
        weekdays=tuple(DAYS.index(day[-2:]) for day in days),
        position=int(position or 0),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=datetime.strptime(parts["UNTIL"], "%Y%m%d").date() if "UNTIL" in parts else None,  # noqa: DTZ007
    )
