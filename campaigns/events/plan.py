"""When an event takes place by its own facts: first date, rule, days left out, single dates added."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.events import recurrence

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Planned:
    starts_at: datetime
    ends_at: datetime


def planned(event, since: datetime, until: datetime) -> list[Planned]:
    """The dates that begin between the two moments, in order. Without any rule its one date, whenever it is."""
    zone = ZoneInfo(event.time_zone)
    starts = set(_by_rule(event, zone, since, until)) if event.rule else {local(event.starts_at, zone)}
    left_out = [(row.first_day, row.last_day or row.first_day) for row in event.days_left_out.all()]
    length = local(event.ends_at, zone) - local(event.starts_at, zone)
    kept = [start for start in starts if not any(first <= start.date() <= last for first, last in left_out)]
    dates = {_placed(start, start + length, zone) for start in kept}
    dates |= {_placed(*row.times(event, zone), zone) for row in event.extra_dates.all()}
    return sorted({date.starts_at: date for date in dates}.values())


def by_rule(event, since: datetime, until: datetime) -> list[datetime]:
    """What the rule alone says, days that are left out included."""
    zone = ZoneInfo(event.time_zone)
    return [_at(start, zone) for start in _by_rule(event, zone, since, until)]


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows there."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _by_rule(event, zone: ZoneInfo, since: datetime, until: datetime) -> list[datetime]:
    start = local(event.starts_at, zone)
    rest = timedelta(microseconds=start.microsecond)  # rules count in seconds
    times = recurrence.read(event.rule).times(start - rest)
    # A day more on both sides, because the clock may have been changed in between.
    found = times.between(local(since, zone) - ONE_DAY, local(until, zone) + ONE_DAY, inc=True)
    return [time + rest for time in found if since <= _at(time + rest, zone) <= until]


def _placed(start: datetime, end: datetime, zone: ZoneInfo) -> Planned:
    starts_at = _at(start, zone)
    return Planned(starts_at, max(starts_at, _at(end, zone)))


def _at(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)
