"""Every public address of the small site."""

from core.languages import LANGUAGE_NAMES
from home.first_pages import INDEX_PAGES
from tests.site.world import PARENTS

INDEXES = [first.slug for first in INDEX_PAGES]
FEEDS = ["aktuelles/feed/", "aktuelles/feed/atom/"]
# Parameters that some page reads, with where.
PARAMETERS = {
    "aktuelles/": ("kind", "topic", "page"),
    "projekte/": ("status", "page"),
    "kampagnen/": ("status", "page"),
    "organisationen/": ("q", "service", "state", "language", "page"),
    "organisationen/networkpage/": ("page",),
    "gute-praxis/": ("kind", "state", "page"),
    "termine/": ("when", "network", "project", "language", "where", "price", "page"),
    "termine/kalender/termine.ics": ("network", "project", "language", "where", "price"),
    "suche/": ("q", "page"),
}


def path_of(model) -> str:
    """Of the page of this type that everybody may read."""
    return "/".join(part for part in (PARENTS[model], model.__name__.lower()) if part) + "/"


def paths() -> list[str]:
    """Below a language prefix."""
    pages = [path_of(model) for model in PARENTS]
    german = [f"{path.rstrip('/')}-nur-deutsch/" for path in pages]
    return [
        "",
        *(f"{slug}/" for slug in INDEXES),
        *pages,
        *german,
        "bezuege/",
        "suche/",
        "termine/eventpage.ics",
        "termine/kalender/termine.ics",
        *FEEDS,
    ]


def addresses(languages=LANGUAGE_NAMES) -> list[str]:
    return [f"/{language}/{path}" for language in languages for path in paths()]


OTHERS = ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/health/", "/daten/", "/daten/openapi.json"]
OPEN_DATA = [
    "/daten/organisationen.json",
    "/daten/organisationen.csv",
    "/daten/organisationen.geojson",
    "/daten/hsds/organizations",
    "/daten/hsds/services",
]
