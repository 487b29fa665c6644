"""Writes the dates of an event ahead, so that lists, calendars and registrations need not know its rule.

A row stands for its date as long as anybody may have registered for it: a date that a changed rule no longer has stays,
cancelled, where something points to it.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from campaigns.events.plan import Planned, local, planned
from campaigns.models.event_date import EventDate

AHEAD = timedelta(days=400)
BACK = timedelta(days=366)  # of a series that had begun when it was entered
# What is put right on the day after publication was a slip of the pen; later, readers have to be told.
SLIPS = timedelta(days=1)
WRITTEN = ["original_start", "starts_at", "ends_at", "cancelled_at", "is_dropped", "changed_at"]


@transaction.atomic
def write_dates(event) -> None:
    """`event` is a source page, as it stands in the table, where its row is locked. Safe to repeat."""
    now = timezone.now()
    known = list(EventDate.objects.select_for_update().filter(event=event).order_by("pk"))
    since = now - (timedelta(days=1) if known else BACK)
    wanted = planned(event, since, now + AHEAD)
    if not wanted and all(row.starts_at > now for row in known):
        wanted = [Planned(event.starts_at, max(event.starts_at, event.ends_at))]
    _bring_in_line(event, known, wanted, now)
    _cancel_with(event, now)


def _bring_in_line(event, known: list[EventDate], wanted: list[Planned], now) -> None:
    rows = {row.original_start: row for row in known}
    pairs = [(rows.pop(plan.starts_at, None), plan) for plan in wanted]
    loose = sorted(rows.values(), key=lambda row: row.starts_at)
    repeats = bool(event.rule) or len(wanted) > 1
    new, changed = [], []
    for row, plan in pairs:
        row = row or _moved(event, plan, loose, known if not repeats else [], now)
        if row in loose:
            loose.remove(row)
        if row and _follows(row, plan, event, repeats, now):
            changed.append(row)
        # What lies behind is no longer added, except that an event has one date at least.
        if row is None and (plan.ends_at >= now or not known or not repeats):
            new.append(EventDate(event=event, original_start=plan.starts_at, **vars(plan)))
    EventDate.objects.bulk_update(changed, WRITTEN)
    EventDate.objects.bulk_create(new)
    _drop([row for row in loose if row.starts_at > now], now)


def _moved(event, plan: Planned, loose: list[EventDate], only: list[EventDate], now) -> EventDate | None:
    """The row that this date had before the event's rule or time was changed."""
    zone = ZoneInfo(event.time_zone)
    day = local(plan.starts_at, zone).date()
    same = [row for row in loose if row.starts_at == plan.starts_at]
    same += [row for row in loose if row.starts_at > now and local(row.original_start, zone).date() == day]
    # The one date of an event stays itself, wherever it is moved to.
    same += [row for row in loose if row in only and (row.starts_at > now or len(only) == 1)]
    return same[0] if same else None


def _follows(row: EventDate, plan: Planned, event, repeats: bool, now) -> bool:
    """Whether the row had to be changed."""
    if repeats and row.ends_at < now:
        return False
    before, moved = [getattr(row, name) for name in WRITTEN], row.is_moved
    slip = not event.live or not event.first_published_at or now - event.first_published_at < SLIPS
    if repeats or slip:
        row.original_start = plan.starts_at
    # A single date of a series that somebody moved keeps its own time.
    if not repeats or not moved:
        row.starts_at, row.ends_at = plan.starts_at, plan.ends_at
    if row.is_dropped:
        row.is_dropped, row.cancelled_at = False, None
    if before == [getattr(row, name) for name in WRITTEN]:
        return False
    row.changed_at = now
    return True


def _drop(rows: list[EventDate], now) -> None:
    """No longer in the plan. Whoever registered for one has to be told, so that one is only cancelled."""
    kept = _pointed_to(rows)
    EventDate.objects.filter(pk__in=[row.pk for row in rows if row.pk not in kept]).delete()
    cancelled = EventDate.objects.filter(pk__in=kept, cancelled_at=None)
    cancelled.update(cancelled_at=now, changed_at=now, is_dropped=True)


def _pointed_to(rows: list[EventDate]) -> set[int]:
    """Those that anything in the database is about."""
    found = set()
    for relation in EventDate._meta.related_objects:
        name = relation.field.attname
        pointing = relation.related_model.objects.filter(**{f"{name}__in": [row.pk for row in rows]})
        found |= {*pointing.values_list(name, flat=True)}
    return found


def _cancel_with(event, now) -> None:
    """A cancelled event cancels all that is to come; called back, only what it had cancelled takes place again."""
    dates = EventDate.objects.filter(event=event)
    if event.is_cancelled:
        to_come = dates.filter(cancelled_at=None, ends_at__gte=now)
        to_come.update(cancelled_at=now, changed_at=now, is_cancelled_with_event=True)
    else:
        back = dates.filter(is_cancelled_with_event=True)
        back.update(cancelled_at=None, changed_at=now, is_cancelled_with_event=False)


def write_ahead() -> int:
    """For all series that readers can see; each in a transaction of its own. Returns their number."""
    # Asked at call time: events themselves write their dates when they are saved.
    from campaigns.models import EventPage

    series = EventPage.objects.live().exclude(rule="").filter(is_cancelled=False)
    return sum(_write_anew(series.filter(pk=pk)) for pk in series.values_list("pk", flat=True))


@transaction.atomic
def _write_anew(events) -> bool:
    """Read under the lock that publishing takes, too: neither writes by what the other has changed."""
    event = events.select_for_update().first()
    if event is None or event.source.pk != event.pk:
        return False
    write_dates(event)
    return True
