"""One address of every page type, in German and in Arabic, and of the views that are no pages."""

from dataclasses import dataclass

from django.apps import apps

from core.addresses import page_address
from core.models import BasePage

LANGUAGES = ("de", "ar")


MAX_QUERIES = 12
MAX_WEIGHT = 60 * 1024


@dataclass(frozen=True)
class Address:
    """Where to measure, and what it may cost: queries, and compressed bytes of HTML, CSS and JavaScript."""

    name: str
    path: str
    max_queries: int = MAX_QUERIES
    max_weight: int = MAX_WEIGHT


# What the directory is asked: words, filters, a place, the map of a state, the page nobody turns to.
QUESTIONS = {
    "directory, words": "q=Beratung",
    "directory, filtered": "service=migrationssozialberatung&language=ar&state=NW",
    "directory, near": "near=Braunschweig&radius=50",
    "directory, near and filtered": "near=44137&service=sprachkurse&language=tr",
    "directory, a state": "state=NI",
    "directory, last page": "page=99999",
}
MAX_DIRECTORY_QUERIES = 15
OPEN_DATA = {
    "open data, 100": "organisationen.json?per_page=100",
    "open data, map": "organisationen.geojson?per_page=100",
    "open data, HSDS": "hsds/organizations?per_page=100",
}
MAX_OPEN_DATA_QUERIES = 10
MAX_OPEN_DATA_WEIGHT = 200 * 1024


def addresses() -> list[Address]:
    found = []
    for language in LANGUAGES:
        for model in page_types():
            page = _example(model)
            if page:
                found.append(Address(f"{model.__name__} {language}", page_address(page, language)))
        found.append(Address(f"search {language}", f"/{language}/suche/?q=Beratung"))
        found += [
            Address(f"{name} {language}", f"/{language}/organisationen/?{question}", MAX_DIRECTORY_QUERIES)
            for name, question in QUESTIONS.items()
        ]
    return found + [
        Address(name, f"/daten/{path}", MAX_OPEN_DATA_QUERIES, MAX_OPEN_DATA_WEIGHT) for name, path in OPEN_DATA.items()
    ]


def page_types() -> list:
    return sorted((model for model in apps.get_models() if issubclass(model, BasePage)), key=lambda m: m.__name__)


def _example(model):
    """The page with most to show: the longest body."""
    pages = model.objects.listed().defer(None)
    return max(pages[:200], key=lambda page: len(page.body.raw_data), default=None)
