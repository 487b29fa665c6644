"""schema.org: an organisation, with what it has released of its address."""

from core.addresses import absolute


def ngo(page) -> dict:
    facts = page.facts
    data = {
        "@context": "https://schema.org",
        "@type": "NGO",
        "name": page.title,
        "description": page.summary,
        "url": facts.website or absolute(page, page.text_language),
        "knowsLanguage": [spoken.language for spoken in facts.spoken_languages.all()],
    }
    entry = facts.entry
    if entry.place or entry.state:
        address = {
            "streetAddress": entry.street,
            "postalCode": entry.postal_code,
            "addressLocality": entry.place,
            "addressRegion": entry.get_state_display(),
            "addressCountry": "DE",
        }
        data["address"] = {"@type": "PostalAddress", **{name: value for name, value in address.items() if value}}
    if entry.phone:
        data["telephone"] = entry.phone
    return data
