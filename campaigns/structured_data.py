"""schema.org: an event, or a series of them."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from campaigns.events.recurrence import DAILY, DAYS, MONTHLY, WEEKLY, read
from campaigns.models.event_conditions import FREE, SLIDING
from campaigns.models.event_date import EventDate
from core.addresses import absolute

SCHEMA = "https://schema.org"
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PERIODS = {DAILY: "D", WEEKLY: "W", MONTHLY: "M"}


def event(page) -> dict:
    outlook = page.outlook
    what = _what(page)
    data = {"@context": SCHEMA, "@type": "EventSeries" if outlook.is_series else "Event", **what, **_about(page)}
    data |= _when(page, outlook.date)
    if outlook.is_series:
        data["subEvent"] = [{"@type": "Event", **what, **_when(page, date)} for date in outlook.dates]
        if page.facts.rule:
            data["eventSchedule"] = _schedule(page.facts)
    return data


def _what(page) -> dict:
    facts = page.facts
    return {
        "name": page.title,
        "url": absolute(page, page.text_language),
        "eventAttendanceMode": f"{SCHEMA}/{_mode(facts)}EventAttendanceMode",
        "location": _location(page),
    }


def _about(page) -> dict:
    facts = page.facts
    data = {
        "description": page.summary,
        "inLanguage": page.text_language,
        "organizer": {"@type": "NGO", "name": "Bundesverband NeMO"},
    }
    if facts.price_kind == FREE:
        data["isAccessibleForFree"] = True
    if facts.capacity:
        data["maximumAttendeeCapacity"] = facts.capacity
    return data


def _when(page, date: EventDate) -> dict:
    data = {
        "startDate": _at(date.starts_at, page),
        "endDate": _at(date.ends_at, page),
        "eventStatus": f"{SCHEMA}/{_status(page, date)}",
    }
    if date.is_moved:
        data["previousStartDate"] = _at(date.original_start, page)
    offers = _offers(page, date)
    return data | ({"offers": offers} if offers else {})


def _status(page, date: EventDate) -> str:
    if date.is_cancelled or (page.facts.is_cancelled and not date.is_over):
        return "EventCancelled"
    return "EventRescheduled" if date.is_moved else "EventScheduled"


def _at(moment: datetime, page) -> str:
    return moment.astimezone(ZoneInfo(page.facts.time_zone)).isoformat()


def _offers(page, date: EventDate) -> dict | None:
    facts = page.facts
    if not facts.price_kind or (facts.price_kind != FREE and facts.price is None):
        return None
    is_full = page.outlook.is_full_on(date)
    data = {
        "@type": "Offer",
        "priceCurrency": "EUR",
        "availability": f"{SCHEMA}/{'SoldOut' if is_full else 'InStock'}",
        "url": facts.registration_url or absolute(page, page.text_language),
    }
    if facts.price_kind == SLIDING:
        return data | {"@type": "AggregateOffer", "lowPrice": str(facts.price), "highPrice": str(facts.highest_price)}
    return data | {"price": str(Decimal(0) if facts.price_kind == FREE else facts.price)}


def _schedule(facts) -> dict:
    rule, start = read(facts.rule), facts.local_start
    data = {
        "@type": "Schedule",
        "repeatFrequency": f"P{rule.interval}{PERIODS.get(rule.frequency, 'Y')}",
        "startDate": f"{start:%Y-%m-%d}",
        "startTime": f"{start:%H:%M:%S}",
        "scheduleTimezone": facts.time_zone,
    }
    if rule.weekdays and not rule.position:
        data["byDay"] = [f"{SCHEMA}/{DAY_NAMES[day]}" for day in rule.weekdays]
    elif rule.position:
        data["byDay"] = [f"{rule.position}{DAYS[day]}" for day in rule.weekdays]
    if rule.until:
        data["endDate"] = rule.until.isoformat()
    return data | ({"repeatCount": rule.count} if rule.count else {})


def _mode(facts) -> str:
    if facts.online_url:
        return "Mixed" if facts.place else "Online"
    return "Offline"


def _location(page) -> dict:
    facts = page.facts
    if not facts.place and facts.online_url:
        return {"@type": "VirtualLocation", "url": page.join_url or absolute(page, page.text_language)}
    address = {
        "@type": "PostalAddress",
        "streetAddress": facts.street,
        "postalCode": facts.postal_code,
        "addressLocality": facts.place,
        "addressCountry": "DE",
    }
    return {"@type": "Place", "name": facts.location_name or facts.place, "address": address}
