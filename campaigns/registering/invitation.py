"""The calendar file that the registered get: like the public one, and with the join link of an online event."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from campaigns.events.calendar import empty, framed, place, readable, single_uid, whole_uid, zone_since
from campaigns.models import EventDate, Registration
from core.addresses import absolute

KIND = "text/calendar; method=PUBLISH"


def calendar(registration: Registration, title: str) -> bytes:
    date = registration.date
    event = date.event
    link = event.online_url or absolute(event, registration.language)
    entry = framed(event, _uid(date), date.starts_at, date.ends_at, date)
    # Whoever has the public entry already, gets the link to join with this one: it is newer.
    entry.DTSTAMP = timezone.now()
    entry.add("summary", readable(title))
    if where := place(event) or event.online_url:
        entry.add("location", readable(where))
    entry.add("url", link)
    entry.add("description", link)
    result = empty()
    result.add_component(zone_since(event.time_zone, date.starts_at.astimezone(ZoneInfo(event.time_zone)).date()))
    result.add_component(entry)
    return result.to_ical()


def _uid(date: EventDate) -> str:
    """An event with one date is the same as in the public calendar; one date of several stands for itself."""
    event = date.event
    if event.rule or event.dates.exclude(pk=date.pk).exists():
        return single_uid(event, date)
    return whole_uid(event)
