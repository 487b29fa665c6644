"""One address of every page type, in German and in Arabic, and of the views that are no pages."""

from dataclasses import dataclass

from django.apps import apps

from core.addresses import page_address
from core.models import BasePage

LANGUAGES = ("de", "ar")


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def addresses() -> list[Address]:
    found = []
    for language in LANGUAGES:
        for model in page_types():
            page = _example(model)
            if page:
                found.append(Address(f"{model.__name__} {language}", page_address(page, language)))
        found.append(Address(f"search {language}", f"/{language}/suche/?q=Beratung"))
        found.append(Address(f"directory, filtered {language}", f"/{language}/organisationen/?q=Beratung&language=ar"))
    return found


def page_types() -> list:
    return sorted((model for model in apps.get_models() if issubclass(model, BasePage)), key=lambda m: m.__name__)


def _example(model):
    """The page with most to show: the longest body."""
    pages = model.objects.listed().defer(None)
    return max(pages[:200], key=lambda page: len(page.body.raw_data), default=None)
