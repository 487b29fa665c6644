"""iCalendar (RFC 5545) for one event."""

from icalendar import Calendar, Event

from core.addresses import absolute


def calendar(page) -> bytes:
    """`page` is a source page; its `text` decides the language of title and summary."""
    entry = Event()
    entry.add("uid", f"{page.translation_key}@nemo")
    entry.add("dtstamp", page.last_published_at or page.starts_at)
    entry.add("dtstart", page.starts_at)
    entry.add("dtend", page.ends_at)
    entry.add("summary", page.text.title)
    entry.add("description", page.text.summary)
    entry.add("location", _location(page))
    entry.add("url", absolute(page))
    result = Calendar()
    result.add("prodid", "-//Bundesverband NeMO//NeMO CMS//DE")
    result.add("version", "2.0")
    result.add_component(entry)
    result.add_missing_timezones()
    return result.to_ical()


def _location(page) -> str:
    place = ", ".join(
        part for part in (page.location_name, page.street, f"{page.postal_code} {page.place}".strip()) if part
    )
    return place or page.online_url
