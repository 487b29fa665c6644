"""One question to the directory, as it stands in an address, and its answer: for list, map and open data alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.models.vocabulary import Label
from core.search import MAX_CHARACTERS, normalise, ranks
from organisations import places
from organisations.facets import FACETS, LABELS, OTHERS, Facet, FacetChoice, options, read_keys, vocabularies
from organisations.index import LANGUAGE, DirectoryIndex, directory_index
from organisations.languages import language_name
from organisations.models import OrganisationPage

RADII = (5, 10, 25, 50, 100)  # km
RADIUS = 25
LONGEST_PLACE = 80
RELEVANCE, DISTANCE, NAME = "relevance", "distance", "name"


SORTS = {RELEVANCE: _("best match"), DISTANCE: _("nearest"), NAME: _("by name")}


@dataclass(frozen=True)
class Order:
    label: str
    chosen: bool
    query: str


class DirectorySearch:
    def __init__(self, parameters: QueryDict, language: str, index: DirectoryIndex | None = None):
        """Unknown parameters and unusable values are left out. Without an index it is asked as of now."""
        self.language = language
        self.index = index or directory_index()
        self._options = {}
        self.typed = parameters.get("q", "")[:MAX_CHARACTERS]
        self.words = normalise(self.typed)
        self.near = " ".join(parameters.get("near", "")[:LONGEST_PLACE].split())
        self.radius = _radius(parameters.get("radius", ""))
        self.with_old = parameters.get("old") == "1"
        self.keys = {name: self._known(name, read_keys(name, parameters.getlist(name))) for name in FACETS}
        self._wished_sort = parameters.get("sort", "")

    # The question

    def _known(self, name: str, keys: list[str]) -> list[str]:
        """Those that some organisation has or that are offered anyway."""
        return [key for key in keys if (name, key) in self.index.sets or name == LANGUAGE or key in self._offered(name)]

    def _offered(self, name: str) -> set[str]:
        return {label.key for label in self.options(name)}

    def options(self, name: str) -> list[Label]:
        """What there is to choose from, in the reader's language."""
        if name not in self._options:
            if name in OTHERS:
                self._options[name] = options(name, self.index, self.language)
            else:
                self._options |= vocabularies(self.language)
        return self._options[name]

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked."""
        return not (self.words or self.near or any(self.keys.values()))

    @cached_property
    def location(self) -> places.Location | None:
        """Where `near` is; None where nothing was asked or no such place is known."""
        return places.locate(self.near, self.index.position) if self.near else None

    @property
    def sorts(self) -> list[str]:
        """The orders this question allows, the natural one first."""
        return [*([DISTANCE] if self.location else []), *([RELEVANCE] if self.words else []), NAME]

    @property
    def sort(self) -> str:
        return self._wished_sort if self._wished_sort in self.sorts else self.sorts[0]

    def parameters(self, **changes) -> list[tuple[str, str]]:
        """The question as it stands in an address, in a fixed order; `changes` replaces values, None drops them."""
        asked = {
            "q": self.words,
            "near": self.near,
            "radius": str(self.radius) if self.near and self.radius != RADIUS else None,
            **self.keys,
            "old": "1" if self.with_old else None,
            "sort": self.sort if self.sort != self.sorts[0] else None,
        }
        found = []
        for name, values in (asked | changes).items():
            values = values if isinstance(values, list) else [values]
            found += [(name, value) for value in values if value]
        return found

    @property
    def near_is_number(self) -> bool:
        return any(character.isdigit() for character in self.near)

    @property
    def radii(self) -> tuple[int, ...]:
        return RADII

    @property
    def standard_radius(self) -> int:
        return RADIUS

    @property
    def narrowed(self) -> int:
        """How many choices narrow the answer."""
        return sum(map(len, self.keys.values()))

    @property
    def silent(self) -> list[tuple[str, str]]:
        """What a form has to carry along without asking for it."""
        return [(name, value) for name, value in self.parameters() if name in ("old", "sort")]

    @property
    def orders(self) -> list[Order]:
        return [
            Order(SORTS[sort], sort == self.sort, urlencode(self.parameters(sort=None if sort == first else sort)))
            for first in self.sorts[:1]
            for sort in self.sorts
        ]

    @property
    def query_with_old(self) -> str:
        return urlencode(self.parameters(old="1"))

    def query(self, **changes) -> str:
        """To be put before `page=` in links; empty or with an ampersand at its end."""
        chosen = self.parameters(**changes)
        return f"{urlencode(chosen)}&" if chosen else ""

    # The answer

    @cached_property
    def ranks(self) -> dict[int, int] | None:
        """Primary key to place among what the words find, the same for all of very many; None without words."""
        if not self.words:
            return None
        # The index knows who is listed; asking the database again costs more than the search.
        return ranks(OrganisationPage.objects.order_by(), self.words, self.language)

    @cached_property
    def distances(self) -> dict[int, float] | None:
        """Primary key to kilometres for all within the radius; None where no known place was given."""
        return places.within(self.location, self.radius) if self.location else None

    @cached_property
    def parts(self) -> dict[str, int]:
        """For each part of the question, the set of those who satisfy it."""
        asked = {name: self.index.having(name, keys) for name, keys in self.keys.items() if keys}
        if self.words:
            asked["q"] = self.index.of(self.ranks)
        if self.near:
            asked["near"] = self.index.of(self.distances or ())
        return asked

    def selection(self, *without: str) -> int:
        """The set of those who satisfy all parts, or all but some."""
        chosen = self.index.everything if self.with_old else self.index.current
        for name, found in self.parts.items():
            if name not in without:
                chosen &= found
        return chosen

    @cached_property
    def selected(self) -> int:
        return self.selection()

    @property
    def count(self) -> int:
        return self.selected.bit_count()

    def ordered(self) -> list[int]:
        """Primary keys of all that is found, in the order that was asked for; among equals as in every list."""
        pks = self.index.pks(self.selected)
        if self.sort == DISTANCE:
            pks.sort(key=lambda pk: round(self.distances[pk], 1))
        elif self.sort == RELEVANCE:
            pks.sort(key=lambda pk: (self.index.is_overdue(pk), self.ranks[pk]))
        return pks

    def cards(self, pks: Iterable[int], distances: dict[int, float] | None = None) -> list[OrganisationPage]:
        """Pages in that order, with `km` where distances are known; without those hidden a moment ago."""
        distances = distances or self.distances or {}
        found = OrganisationPage.objects.listed().with_cards().in_bulk(pks)
        pages = [found[pk] for pk in pks if pk in found]
        for page in pages:
            page.km = distances.get(page.pk)
        return pages

    def facet(self, name: str) -> Facet:
        """With how many would be found for each choice, everything else staying as it is."""
        among, chosen = self.selection(name), self.keys[name]
        labels, choices = self.options(name), []
        if name == LANGUAGE:
            missing = [key for key in chosen if key not in self._offered(name)]
            labels = [*labels, *(Label(key, language_name(key, self.language), self.language) for key in missing)]
        for label in labels:
            count = (self.index.having(name, [label.key]) & among).bit_count()
            if count or label.key in chosen:
                choices.append(FacetChoice(label.key, label.text, label.language, label.key in chosen, count))
        return Facet(name, LABELS[name], choices)

    @cached_property
    def facets(self) -> list[Facet]:
        return [self.facet(name) for name in FACETS]


def _radius(text: str) -> int:
    """The nearest radius that is offered."""
    if not (text.isascii() and text.isdigit()):
        return RADIUS
    return min(RADII, key=lambda radius: abs(radius - int(text[:6])))
