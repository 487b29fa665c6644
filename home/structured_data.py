"""schema.org: who publishes this site."""

from django.conf import settings
from django.templatetags.static import static


def organisation(home, request) -> dict:
    return {
        "@context": "https://schema.org",
        "@type": "NGO",
        "name": "Bundesverband NeMO",
        "alternateName": "Bundesverband Netzwerke von Migrant*innenorganisationen",
        "url": settings.BASE_URL + "/",
        "logo": settings.BASE_URL + static("icons/mark.svg"),
        "description": home.search_description or home.summary,
        "areaServed": {"@type": "Country", "name": "DE"},
    }
