"""schema.org: an organisation, with no more of its address than it has released."""

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
    if facts.precision != "form" and facts.place:
        data["address"] = {
            "@type": "PostalAddress",
            "addressLocality": facts.place,
            "addressRegion": facts.get_state_display(),
            "addressCountry": "DE",
        }
        if facts.shows_address:
            data["address"] |= {"streetAddress": facts.street, "postalCode": facts.postal_code}
    if facts.phone:
        data["telephone"] = facts.phone
    return data
