"""iCalendar (RFC 5545): one event for download, many as a feed to subscribe to.

The rows of `EventDate` are the truth; the rule only says how a series goes on after the last of them. So what the rule
has and the rows lack is an EXDATE, what they have beside the rule an RDATE, and what is moved or cancelled an instance
of its own with RECURRENCE-ID. No series begins before its rule does: earlier dates are entries of their own.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vRecur

from campaigns.events import words
from campaigns.events.dates import BACK
from campaigns.events.plan import by_rule
from campaigns.models.event_date import EventDate
from core.addresses import absolute
from core.languages import reader_language
from core.typed_text import CONTROL

PRODUCT = "-//Bundesverband NeMO//NeMO CMS//DE"
OFTEN = "PT6H"
LAST_DAY = date(2037, 12, 31)  # the same end for every zone that is described
KEPT = timedelta(days=60)  # what is over stays in people's calendars as long
ORGANISER = "Bundesverband NeMO"


def calendar(events: Iterable, name: str = "", address: str = "") -> bytes:
    """`events` are public source pages `with_text()`; `name` and `address` are those of a feed."""
    found = _with_rows(list(events))
    result = empty()
    if name:
        for key in ("name", "x-wr-calname"):
            result.add(key, name)
        result.add("refresh-interval", vDuration.from_ical(OFTEN), parameters={"VALUE": "DURATION"})
        result.add("x-published-ttl", OFTEN)
        result.add("source", address, parameters={"VALUE": "URI"})
    for zone, day in sorted(_first_days(found).items()):
        result.add_component(zone_since(zone, day))
    for event, rows in found:
        for entry in _entries(event, rows):
            result.add_component(entry)
    return result.to_ical()


def empty() -> Calendar:
    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    return result


def zone_since(name: str, day: date) -> Timezone:
    """The clock of a time zone, from the year of `day` on."""
    last = max(LAST_DAY, date(day.year + 1, 12, 31))
    return Timezone.from_tzid(name, first_date=date(day.year, 1, 1), last_date=last)


def framed(event, uid: str, starts_at: datetime, ends_at: datetime, row: EventDate | None = None) -> Event:
    """Which entry this is, as of when, who tells of it, and when it takes place."""
    zone, changed = ZoneInfo(event.time_zone), _changed_at(event, row)
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", _sequence(event, changed))
    entry.add("organizer", _organiser())
    entry.add("dtstart", _at(starts_at, zone))
    if ends_at > starts_at:  # none may end when it begins; without an end it says the same
        entry.add("dtend", _at(ends_at, zone))
    is_cancelled = row.is_cancelled if row else event.is_cancelled
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return entry


def whole_uid(event) -> str:
    return f"{event.translation_key}@nemo"


def single_uid(event, row: EventDate) -> str:
    """Of one date of several that stands for itself: the same when it is moved, or all of them are."""
    return f"{event.translation_key}-{row.pk}@nemo"


def readable(text: str) -> str:
    """Without control characters, such as line breaks of word processors: RFC 5545 knows none of them."""
    return CONTROL.sub(" ", text.replace("\r\n", "\n"))


def _with_rows(events: list) -> list[tuple[object, list[EventDate]]]:
    """One query for the dates of all."""
    rows = defaultdict(list)
    for row in EventDate.objects.filter(event__in=[event.pk for event in events]).order_by("original_start"):
        rows[row.event_id].append(row)
    return [(event, rows[event.pk]) for event in events if rows[event.pk]]


def _first_days(found: list[tuple[object, list[EventDate]]]) -> dict[str, date]:
    """By time zone, the first day on which anything takes place, or was to."""
    first = {}
    for event, rows in found:
        moments = [event.starts_at, *(moment for row in rows for moment in (row.starts_at, row.original_start))]
        day = min(moments).astimezone(ZoneInfo(event.time_zone)).date()
        first[event.time_zone] = min(first.get(event.time_zone, day), day)
    return first


def _entries(event, rows: list[EventDate]) -> list[Event]:
    if not event.rule and len(rows) == 1:
        (only,) = rows
        return [_entry(event, whole_uid(event), only.starts_at, only.ends_at, only)]
    start = event.starts_at if event.rule else rows[0].original_start
    earlier = [row for row in rows if row.original_start < start]
    return [*_series(event, start, rows[len(earlier) :]), *_alone(event, earlier)]


def _series(event, start: datetime, rows: list[EventDate]) -> list[Event]:
    """One entry with the rule, and one for each date that is not as the others. `rows` may begin long after `start`."""
    zone = ZoneInfo(event.time_zone)
    master = _entry(event, whole_uid(event), start, start + (event.ends_at - event.starts_at))
    known, ruled = {row.original_start for row in rows}, []
    if event.rule:
        master.add("rrule", _rule(event.rule, zone))
        ruled = by_rule(event, min(known) - BACK, max(known)) if known else []
    left_out = [moment for moment in ruled if moment not in known]
    beside = sorted(known - {*ruled, start})
    for key, moments in (("exdate", left_out), ("rdate", beside)):
        if moments:
            master.add(key, [_at(moment, zone) for moment in moments])
    return [master, *(_instance(event, row, zone) for row in rows if _is_special(event, row))]


def _alone(event, rows: list[EventDate]) -> list[Event]:
    """Dates from before the rule begins, because it was another one then or they were added."""
    since = timezone.now() - KEPT
    return [
        _entry(event, single_uid(event, row), row.starts_at, row.ends_at, row) for row in rows if row.ends_at >= since
    ]


def _is_special(event, row: EventDate) -> bool:
    usual = (event.ends_at - event.starts_at) == (row.ends_at - row.starts_at)
    return row.is_moved or not usual or bool(row.note) or row.is_cancelled != event.is_cancelled


def _instance(event, row: EventDate, zone: ZoneInfo) -> Event:
    entry = _entry(event, whole_uid(event), row.starts_at, row.ends_at, row)
    entry.add("recurrence-id", _at(row.original_start, zone))
    return entry


def _entry(event, uid: str, starts_at: datetime, ends_at: datetime, row: EventDate | None = None) -> Event:
    entry, language = framed(event, uid, starts_at, ends_at, row), {"LANGUAGE": event.text.language}
    entry.add("summary", readable(_summary(event)), parameters=language)
    entry.add("description", readable(_description(event, row)), parameters=language)
    if place := _location(event):
        entry.add("location", readable(place))
    entry.add("url", absolute(event))
    entry.add("class", "PUBLIC")
    return entry


def _summary(event) -> str:
    """Marked where nobody has translated it yet."""
    if event.text.language == reader_language():
        return event.text.title
    return _("%(title)s (in German)") % {"title": event.text.title}


def _description(event, row: EventDate | None) -> str:
    parts = [event.text.summary, words.price(event), row.note if row else "", absolute(event)]
    if event.needs_registration:
        parts.insert(-1, _("Please register on the page of the event."))
    return "\n\n".join(part for part in parts if part)


def _location(event) -> str:
    return place(event) or event.join_url or (_("Online") if event.online_url else "")


def place(event) -> str:
    parts = (event.location_name, event.street, f"{event.postal_code} {event.place}".strip())
    return ", ".join(part for part in parts if part)


def _organiser() -> vCalAddress:
    _name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{email}")
    organiser.params["CN"] = ORGANISER
    return organiser


def _changed_at(event, row: EventDate | None) -> datetime:
    moments = [event.last_published_at or event.starts_at, row.changed_at if row else None]
    return max(moment for moment in moments if moment).replace(microsecond=0)


def _sequence(event, changed: datetime) -> int:
    """Seconds since the first publication: it grows with every change, and nobody has to count."""
    first = event.first_published_at or changed
    return max(0, int((changed - first).total_seconds()))


def _rule(rule: str, zone: ZoneInfo) -> vRecur:
    """With the last day as the moment in UTC that RFC 5545 wants where the beginning has a time zone."""
    recur = vRecur.from_ical(rule)
    if "UNTIL" in recur:
        last = [datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC) for day in recur["UNTIL"]]
        recur["UNTIL"] = last
    return recur


def _at(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(microsecond=0)
