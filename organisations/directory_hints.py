"""What the directory says around its list: what was chosen, what it made of a place, and what to do if nothing is found."""

from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from organisations import gazetteer, places
from organisations.directory_search import DirectorySearch
from organisations.facets import LABELS
from organisations.index import STEP_FREE
from organisations.states import STATES

FURTHER_OUT = (100, 1000)  # km: where to look for the nearest when there is nothing within the radius
MOST_NEAREST = 3


@dataclass(frozen=True)
class Chosen:
    """Something that was asked for; `query` is the address without it."""

    name: str
    text: str
    language: str
    query: str
    count: int = 0


@dataclass(frozen=True)
class Meant:
    """A place that may have been meant instead."""

    text: str
    query: str


class DirectoryHints:
    def __init__(self, search: DirectorySearch):
        self.search = search

    def chosen(self) -> list[Chosen]:
        """Everything that was asked for, each with the way to take it back."""
        search, language = self.search, self.search.language
        found = []
        if search.words:
            found.append(Chosen("q", search.words, language, search.query(q=None)))
        if search.near:
            found.append(Chosen("near", self._circle(), language, search.query(near=None, radius=None)))
        for facet in search.facets:
            for choice in facet.chosen:
                rest = [key for key in search.keys[facet.name] if key != choice.key]
                text = f"{LABELS[facet.name]}: {choice.text}" if facet.name == STEP_FREE else choice.text
                found.append(Chosen(facet.name, text, choice.language, search.query(**{facet.name: rest})))
        return found

    def to_loosen(self) -> list[Chosen]:
        """Each single part of the question without which something would be found, the most fruitful first; each pair
        of parts where no single one is to blame."""
        for size in (1, 2):
            tried = [self._without(*parts) for parts in combinations(self.search.parts, size)]
            if found := [part for part in tried if part.count]:
                return sorted(found, key=lambda part: -part.count)
        return []

    def _without(self, *parts: str) -> Chosen:
        search = self.search
        dropped = dict.fromkeys([*parts, "radius"] if "near" in parts else parts)
        text = " + ".join(self._said(part) for part in parts)
        count = search.selection(*parts).bit_count()
        return Chosen(" ".join(parts), text, search.language, search.query(**dropped), count)

    def _said(self, part: str) -> str:
        if part == "near":
            return self._circle()
        if part == "q":
            return self.search.words
        return ", ".join(choice.text for choice in self.search.facet(part).chosen)

    def nearest(self) -> dict[int, float]:
        """Kilometres to those who meet everything else, nearest first, when nobody does within the radius."""
        search = self.search
        others = search.selection("near") if search.location and not search.count else 0
        for radius in FURTHER_OUT if others else ():
            distances = places.within(search.location, radius)
            found = search.index.pks(search.index.of(distances) & others)
            if found:
                return {pk: distances[pk] for pk in sorted(found, key=distances.__getitem__)[:MOST_NEAREST]}
        return {}

    def nearest_cards(self) -> list:
        nearest = self.nearest()
        return self.search.cards(nearest, nearest)

    def unknown_place(self) -> bool:
        return bool(self.search.near) and self.search.location is None

    def meant(self) -> list[Meant]:
        """Namesakes of the place that was taken, or places whose names are nearly as written."""
        location = self.search.location
        if location:
            return [self._meant(place) for place in location.namesakes]
        return [self._meant(place) for place in gazetteer.nearly(self.search.near)] if self.search.near else []

    def _meant(self, place: gazetteer.Place) -> Meant:
        name = _("%(place)s in %(state)s") % {"place": place.name, "state": dict(STATES)[place.state]}
        return Meant(name, self.search.query(near=place.full_name))

    def _circle(self) -> str:
        location = self.search.location
        if not location:
            return self.search.near
        return _("%(place)s, %(radius)s km around") % {"place": location.name, "radius": self.search.radius}

    def with_old(self) -> int:
        """How many more there are whose profiles nobody has confirmed for long."""
        everything = self.search.index.everything
        for part in self.search.parts.values():
            everything &= part
        return 0 if self.search.with_old else everything.bit_count() - self.search.count
