"""The calendar file that the registered get: like the public one, and with the join link of an online event."""

from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from campaigns.events.calendar import PRODUCT
from campaigns.models import EventDate, Registration
from core.addresses import absolute


def calendar(registration: Registration, title: str) -> bytes:
    date = registration.date
    event = date.event
    zone = ZoneInfo(event.time_zone)
    entry = Event()
    entry.add("uid", _uid(date))
    changed = max(date.changed_at, event.last_published_at or date.changed_at)
    entry.add("dtstamp", changed.replace(microsecond=0))
    # Grows with every change, as that of the public calendar does: minutes since the first publication.
    entry.add("sequence", max(0, int((changed - (event.first_published_at or changed)).total_seconds() // 60)))
    entry.add("dtstart", date.starts_at.astimezone(zone).replace(microsecond=0))
    entry.add("dtend", date.ends_at.astimezone(zone).replace(microsecond=0))
    entry.add("summary", title)
    entry.add("location", place(event))
    entry.add("url", event.online_url or absolute(event, registration.language))
    entry.add("description", event.online_url or absolute(event, registration.language))
    entry.add("status", "CANCELLED" if date.is_cancelled else "CONFIRMED")
    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add_component(entry)
    result.add_missing_timezones()
    return result.to_ical()


def _uid(date: EventDate) -> str:
    """A single event is the same as in the public calendar; one date of a series stands for itself."""
    event = date.event
    return (
        f"{event.translation_key}-{date.original_start:%Y%m%dT%H%M}@nemo"
        if event.rule
        else f"{event.translation_key}@nemo"
    )


def place(event) -> str:
    town = f"{event.postal_code} {event.place}".strip()
    return ", ".join(part for part in (event.location_name, event.street, town) if part)
