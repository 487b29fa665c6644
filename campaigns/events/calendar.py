"""iCalendar (RFC 5545): one event for download, many as a feed to subscribe to.

The rows of `EventDate` are the truth; the rule only says how a series goes on after the last of them. So what the rule
has and the rows lack is an EXDATE, what they have beside the rule an RDATE, and what is moved or cancelled an instance
of its own with RECURRENCE-ID.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vRecur

from campaigns.events import words
from campaigns.events.dates import BACK
from campaigns.events.plan import by_rule
from campaigns.models.event_date import EventDate
from core.addresses import absolute
from core.languages import reader_language

PRODUCT = "-//Bundesverband NeMO//NeMO CMS//DE"
OFTEN = "PT6H"
LAST_DAY = datetime(2037, 12, 31, tzinfo=UTC)  # the same end for every zone that is described
ORGANISER = "Bundesverband NeMO"


def calendar(events: Iterable, name: str = "", address: str = "") -> bytes:
    """`events` are public source pages `with_text()`; `name` and `address` are those of a feed."""
    events = list(events)
    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    if name:
        for key in ("name", "x-wr-calname"):
            result.add(key, name)
        result.add("refresh-interval", vDuration.from_ical(OFTEN), parameters={"VALUE": "DURATION"})
        result.add("x-published-ttl", OFTEN)
        result.add("source", address, parameters={"VALUE": "URI"})
    entries = [entry for event, rows in _with_rows(events) for entry in _entries(event, rows)]
    for zone in _zones(events):
        result.add_component(zone)
    for entry in entries:
        result.add_component(entry)
    return result.to_ical()


def _with_rows(events: list) -> list[tuple[object, list[EventDate]]]:
    """One query for the dates of all."""
    rows = defaultdict(list)
    for row in EventDate.objects.filter(event__in=[event.pk for event in events]).order_by("original_start"):
        rows[row.event_id].append(row)
    return [(event, rows[event.pk]) for event in events if rows[event.pk]]


def _zones(events: list) -> list[Timezone]:
    first = {}
    for event in events:
        first[event.time_zone] = min(first.get(event.time_zone, event.starts_at), event.starts_at)
    return [
        Timezone.from_tzid(name, first_date=start.date().replace(month=1, day=1), last_date=LAST_DAY.date())
        for name, start in sorted(first.items())
    ]


def _entries(event, rows: list[EventDate]) -> list[Event]:
    zone = ZoneInfo(event.time_zone)
    if not event.rule and len(rows) == 1:
        (only,) = rows
        return [_entry(event, only.starts_at, only.ends_at, only)]
    first, span = rows[0].original_start, rows[-1].original_start
    ruled = by_rule(event, event.starts_at, span) if event.rule else []
    start = min(event.starts_at, first) if event.rule else first
    master = _entry(event, start, start + (event.ends_at - event.starts_at))
    if event.rule:
        master.add("rrule", _rule(event.rule, zone))
    known = {row.original_start for row in rows}
    left_out = [moment for moment in ruled if moment >= first - BACK and moment not in known]
    beside = sorted(known - {*ruled, start})
    for key, moments in (("exdate", left_out), ("rdate", beside)):
        if moments:
            master.add(key, [_at(moment, zone) for moment in moments])
    instances = [_instance(event, row, zone) for row in rows if _is_special(event, row)]
    return [master, *instances]


def _is_special(event, row: EventDate) -> bool:
    usual = (event.ends_at - event.starts_at) == (row.ends_at - row.starts_at)
    return row.is_moved or not usual or bool(row.note) or row.is_cancelled


def _instance(event, row: EventDate, zone: ZoneInfo) -> Event:
    entry = _entry(event, row.starts_at, row.ends_at, row)
    entry.add("recurrence-id", _at(row.original_start, zone))
    return entry


def _entry(event, starts_at: datetime, ends_at: datetime, row: EventDate | None = None) -> Event:
    zone, text, changed = ZoneInfo(event.time_zone), event.text, _changed_at(event, row)
    entry = Event()
    entry.add("uid", f"{event.translation_key}@nemo")
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", _sequence(event, changed))
    entry.add("dtstart", _at(starts_at, zone))
    entry.add("dtend", _at(ends_at, zone))
    is_cancelled = event.is_cancelled or bool(row and row.is_cancelled)
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    entry.add("summary", _summary(event), parameters={"LANGUAGE": text.language})
    entry.add("description", _description(event, row), parameters={"LANGUAGE": text.language})
    if place := _location(event):
        entry.add("location", place)
    entry.add("url", absolute(event))
    entry.add("organizer", _organiser())
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
    parts = (event.location_name, event.street, f"{event.postal_code} {event.place}".strip())
    place = ", ".join(part for part in parts if part)
    return place or event.join_url or (_("Online") if event.online_url else "")


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
