"""Under which terms the open data may be used, and how its source is to be named."""

from datetime import date

from django.conf import settings

NAME = "CC BY 4.0"
URL = "https://creativecommons.org/licenses/by/4.0/deed.de"
PUBLISHER = "Bundesverband NeMO"


def attribution(as_of: date) -> str:
    """German, as everything that is to be quoted word by word."""
    return (
        f"{PUBLISHER}, Verzeichnis der Migrant*innenorganisationen, {settings.BASE_URL}/daten/, Stand {as_of:%d.%m.%Y}"
    )


def terms(as_of: date) -> dict:
    """What every answer in JSON begins with."""
    return {
        "licence": {"name": NAME, "url": URL},
        "attribution": attribution(as_of),
        "as_of": as_of.isoformat(),
        "documentation": f"{settings.BASE_URL}/daten/",
    }
