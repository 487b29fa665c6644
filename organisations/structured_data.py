"""schema.org: an organisation, with what it has released of its address."""

from core.addresses import absolute
from organisations.models.entry import EXACT, DirectoryEntry

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ngo(page) -> dict:
    facts, entry = page.facts, page.facts.entry
    address = absolute(page, page.text_language)
    languages = list(dict.fromkeys(spoken.language for spoken in facts.spoken_languages.all()))
    data = {
        "@context": "https://schema.org",
        "@type": "NGO",
        "@id": f"{absolute(page.source, page.source.text_language)}#organisation",
        "name": page.title,
        "legalName": facts.legal_name,
        "alternateName": facts.short_name,
        "description": page.summary,
        "url": facts.website or address,
        "mainEntityOfPage": address,
        "foundingDate": str(facts.founded) if facts.founded else "",
        "knowsLanguage": languages,
        "areaServed": _area(entry),
        "address": _address(entry),
        "geo": _position(entry),
        "telephone": entry.phone,
        "contactPoint": _contact(entry, address, languages),
        "openingHoursSpecification": [_hours(hours) for hours in facts.opening_hours.all()],
        "sameAs": [link.url for link in facts.social_links.all()],
    }
    return {name: value for name, value in data.items() if value}


def _address(entry: DirectoryEntry) -> dict:
    if not entry.place and not entry.state:
        return {}
    address = {
        "@type": "PostalAddress",
        "streetAddress": entry.street,
        "postalCode": entry.postal_code,
        "addressLocality": entry.place,
        "addressRegion": entry.get_state_display(),
        "addressCountry": "DE",
    }
    return {name: value for name, value in address.items() if value}


def _area(entry: DirectoryEntry) -> dict:
    """The municipality, as far as it is public; else the state."""
    if name := entry.municipality or entry.place:
        return {"@type": "City", "name": name}
    return {"@type": "State", "name": entry.get_state_display()} if entry.state else {}


def _position(entry: DirectoryEntry) -> dict:
    """Only an exact one: the middle of a town would be taken for an address."""
    if entry.precision != EXACT or not entry.street or entry.latitude is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude}


def _contact(entry: DirectoryEntry, address: str, languages: list[str]) -> dict:
    contact = {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "telephone": entry.phone,
        "url": address,
        "availableLanguage": languages,
    }
    return {name: value for name, value in contact.items() if value}


def _hours(hours) -> dict:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[hours.weekday - 1]}",
        "opens": hours.opens.strftime("%H:%M"),
        "closes": hours.closes.strftime("%H:%M"),
    }
