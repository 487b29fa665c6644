"""schema.org: an event."""

from core.addresses import absolute


def event(page) -> dict:
    facts = page.facts
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.text_language,
        "url": absolute(page, page.text_language),
        "startDate": facts.starts_at.isoformat(),
        "endDate": facts.ends_at.isoformat(),
        "eventAttendanceMode": f"https://schema.org/{_mode(facts)}EventAttendanceMode",
        "location": _location(facts),
        "organizer": {"@type": "NGO", "name": "Bundesverband NeMO"},
    }


def _mode(facts) -> str:
    if facts.online_url:
        return "Mixed" if facts.place else "Online"
    return "Offline"


def _location(facts) -> dict:
    if not facts.place and facts.online_url:
        return {"@type": "VirtualLocation", "url": facts.online_url}
    address = {
        "@type": "PostalAddress",
        "streetAddress": facts.street,
        "postalCode": facts.postal_code,
        "addressLocality": facts.place,
        "addressCountry": "DE",
    }
    return {"@type": "Place", "name": facts.location_name or facts.place, "address": address}
