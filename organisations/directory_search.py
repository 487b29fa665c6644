"""One question to the directory, as it stands in an address, and its answer: for list, map and open data alike."""

from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from core.search import normalise, query_for
from organisations import places
from organisations.facets import FACETS, Facet, FacetChoice, options, read_keys
from organisations.index import directory_index
from organisations.models import OrganisationPage

RADII = (5, 10, 25, 50, 100)  # km
RADIUS = 25
RELEVANCE, DISTANCE, NAME = "relevance", "distance", "name"


class DirectorySearch:
    def __init__(self, parameters: QueryDict, language: str):
        """Unknown parameters and unusable values are left out."""
        self.language = language
        self.index = directory_index()
        self.words = normalise(parameters.get("q", ""))
        self.near = parameters.get("near", "").strip()[:80]
        self.radius = _radius(parameters.get("radius", ""))
        self.with_old = parameters.get("old") == "1"
        self.keys = {name: read_keys(name, parameters.getlist(name)) for name in FACETS}
        self._wished_sort = parameters.get("sort", "")

    # The question

    @cached_property
    def location(self) -> places.Location | None:
        """Where `near` is; None where nothing was asked or no such place is known."""
        return places.locate(self.near) if self.near else None

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

    def query(self, **changes) -> str:
        """To be put before `page=` in links; empty or with an ampersand at its end."""
        chosen = self.parameters(**changes)
        return f"{urlencode(chosen)}&" if chosen else ""

    # The answer

    @cached_property
    def ranks(self) -> dict[int, int] | None:
        """Primary key to place among what the words find; None where there are no words."""
        if not self.words:
            return None
        found = OrganisationPage.objects.listed().order_by().search(query_for(self.words, self.language))
        return {pk: rank for rank, pk in enumerate(found.get_queryset().values_list("pk", flat=True))}

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

    def selection(self, without: str = "") -> int:
        """The set of those who satisfy all parts, or all but one."""
        chosen = self.index.everything if self.with_old else self.index.current
        for name, found in self.parts.items():
            if name != without:
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
            pks.sort(key=self.ranks.__getitem__)
        return pks

    def facet(self, name: str) -> Facet:
        """With how many would be found for each choice, everything else staying as it is."""
        among, chosen = self.selection(without=name), self.keys[name]
        choices = []
        for label in options(name, self.index, self.language):
            count = (self.index.having(name, [label.key]) & among).bit_count()
            if count or label.key in chosen:
                choices.append(FacetChoice(label.key, label.text, label.language, label.key in chosen, count))
        return Facet(name, FACETS[name].label, choices)

    def facets(self) -> list[Facet]:
        return [self.facet(name) for name in FACETS]


def _radius(text: str) -> int:
    """The nearest radius that is offered."""
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return RADIUS
    return min(RADII, key=lambda radius: abs(radius - int(text)))
