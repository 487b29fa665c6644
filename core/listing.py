"""Filters and pages of a listing, read from the address: known parameters only, anything unusable is ignored."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict

PER_PAGE = 12


@dataclass(frozen=True)
class Choice:
    """One value of a filter as the form shows it."""

    key: str
    text: str
    language: str
    chosen: bool = False


@dataclass(frozen=True)
class Filter:
    """A question the listing can be narrowed by."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)
    may_be_open: bool = True

    @property
    def value(self) -> str:
        return next((choice.key for choice in self.choices if choice.chosen), "")


def choose(name: str, label: str, options, parameters: QueryDict, language: str, default: str = "") -> Filter:
    """A filter over `options` (labels with key, text and language), with the one of the address marked as chosen.

    Plain (key, text) pairs are taken to be in `language`. With a `default` there is no "all".
    """
    wanted = parameters.get(name) or default
    choices = []
    for option in options:
        key, text, spoken = (
            (option.key, option.text, option.language) if hasattr(option, "key") else (*option, language)
        )
        choices.append(Choice(str(key), str(text), spoken, str(key) == wanted))
    return Filter(name, label, choices, may_be_open=not default)


def page_number(parameters: QueryDict) -> int:
    number = parameters.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1


def paginate(pages, parameters: QueryDict, filters: list[Filter] = (), per_page: int = PER_PAGE) -> Page:
    """The page of results the address asks for (the nearest one where there is no such page).

    `query` on the result holds the chosen filters, to be put before `page=` in links.
    """
    page = Paginator(pages, per_page).get_page(page_number(parameters))
    page.object_list = list(page.object_list)
    chosen = [(item.name, item.value) for item in filters if item.value]
    page.query = f"{urlencode(chosen)}&" if chosen else ""
    return page
