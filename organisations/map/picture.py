"""What a map shows of an answer of the directory: states and dots with their names, and where each of them leads."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, log2, radians
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.addresses import page_address
from organisations.directory_search import RADII, RADIUS, DirectorySearch
from organisations.index import STATE
from organisations.index import places as positions
from organisations.map import grid
from organisations.map.names import cities, name_near
from organisations.map.outlines import KM_A_DEGREE, UNITS, project, units
from organisations.map.view import WHOLE, View, around, of_points, of_state
from organisations.models import DirectoryEntry, OrganisationPage
from organisations.states import STATES

SMALLEST, LARGEST = 14, 27  # radius of a dot
BELOW, LETTER = 44, 13  # names of cities: distance from the middle of a dot, and the width of a letter


@dataclass(frozen=True)
class State:
    name: str
    path: str
    count: int
    chosen: bool
    address: str

    @property
    def label(self) -> str:
        return _named(self.name, self.count)


@dataclass(frozen=True)
class Mark:
    """A dot as it is drawn. `language` is that of the label, where it is a title."""

    x: int
    y: int
    radius: int
    count: int
    label: str
    address: str
    language: str = ""

    @property
    def text_y(self) -> int:
        """Where the baseline of the number is: browsers disagree about text centred by other means."""
        return self.y + 9


class DirectoryMap:
    address = ""  # of the directory; empty on the directory itself

    def __init__(self, search: DirectorySearch):
        self.search = search
        self.atlas = grid.atlas_of(search.index)

    @cached_property
    def state(self) -> str:
        """The one state that was asked for, and nothing nearer."""
        chosen = self.search.keys[STATE]
        return chosen[0] if len(chosen) == 1 and not self.search.location else ""

    @cached_property
    def view(self) -> View:
        if self.search.location:
            return around(self.search.location, self.search.radius)
        return of_state(self.state) if self.state else WHOLE

    @property
    def title(self) -> str:
        if self.search.location:
            return _("Around %(place)s") % {"place": self.search.location.name}
        return str(dict(STATES)[self.state]) if self.state else _("Germany")

    @property
    def whole_country(self) -> str:
        """Where the same question is asked of the whole country; empty where it is already."""
        return "" if self.view.whole else self._link(state=None, near=None, radius=None)

    @cached_property
    def states(self) -> list[State]:
        found = self._wherever()
        names, chosen = dict(STATES), self.search.keys[STATE]
        return [
            State(
                str(names[state]),
                path,
                (self.search.index.having(STATE, [state]) & found).bit_count(),
                state in chosen,
                "" if state == self.state else self._link(state=state, near=None, radius=None),
            )
            for state, path in self.view.outlines().items()
        ]

    @cached_property
    def marks(self) -> list[Mark]:
        """Larger ones are drawn first, and named first."""
        dots = grid.dots(self._squares(), self.search.selected)
        single = {id(dot): self._only(dot) for dot in dots if dot.count == 1}
        pages = self._pages([self.search.index.entries[place].pk for place in single.values()])
        marks = []
        for dot in dots:
            page = pages.get(self.search.index.entries[single[id(dot)]].pk) if id(dot) in single else None
            marks.append(self._mark_of_one(self.atlas.points[single[id(dot)]], page) if page else self._mark(dot))
        return marks

    @property
    def cities(self) -> list[tuple[str, int, int]]:
        """To find one's way by: name and place, below the city; left out where a dot would lie on it."""
        return [(name, x, y + BELOW) for name, x, y in cities(self.view) if not self._is_covered(name, x, y + BELOW)]

    def _is_covered(self, name: str, x: int, y: int) -> bool:
        half = len(name) * LETTER / 2
        return any(
            abs(mark.x - x) < half + mark.radius and abs(mark.y - y + 9) < mark.radius + 14 for mark in self.marks
        )

    @property
    def reach(self) -> dict | None:
        """The circle that was searched."""
        if not self.search.location:
            return None
        x, y = self.view.place(project(self.search.location.latitude, self.search.location.longitude))
        radius = units(self.search.radius, self.search.location.latitude) * self.view.scale
        return {"x": round(x), "y": round(y), "radius": round(radius)}

    @property
    def unplaced(self) -> int:
        """How many are in the list only."""
        return (self.search.selected & ~self.atlas.placed).bit_count()

    def _squares(self) -> list[grid.Square]:
        if self.view.whole or self.state:
            return self.atlas.grid(self.view)
        return self.atlas.squares(self.view, positions(self.search.selected))

    def _wherever(self) -> int:
        """What the question finds in all states."""
        found = self.search.index.everything if self.search.with_old else self.search.index.current
        for name, part in self.search.parts.items():
            if name not in (STATE, "near"):
                found &= part
        return found

    def _only(self, dot: grid.Dot) -> int:
        """The position of its only member."""
        return (dot.middle.members & self.search.selected).bit_length() - 1

    def _pages(self, keys: list[int]) -> dict[int, OrganisationPage]:
        columns = ("title", "summary", "url_path", "locale", "alias_of")
        found = OrganisationPage.objects.filter(pk__in=keys).with_text().only(*columns) if keys else ()
        return {page.pk: page for page in found}

    def _mark_of_one(self, point: tuple[float, float], page: OrganisationPage) -> Mark:
        x, y = self.view.place(point)
        text = page.text
        return Mark(round(x), round(y), SMALLEST, 1, text.title, page_address(page), text.language)

    def _mark(self, dot: grid.Dot) -> Mark:
        middle = dot.middle
        latitude, longitude = self._degrees(dot)
        name = name_near(middle.name, latitude, longitude)
        kilometres = dot.reach / self.view.scale / UNITS * KM_A_DEGREE * cos(radians(latitude))
        radius = next((radius for radius in RADII if radius >= kilometres), RADII[-1])
        size = round(min(LARGEST, SMALLEST + 3 + 2 * log2(dot.count)))
        address = self._link(near=name, radius=str(radius) if radius != RADIUS else None)
        if address == self._link():
            address = ""  # as narrow as can be asked already
        return Mark(
            round(middle.x),
            round(middle.y),
            size,
            dot.count,
            _named(middle.name or name, dot.count),
            f"{address}#results",
        )

    def _degrees(self, dot: grid.Dot) -> tuple[float, float]:
        """Where one of its members is."""
        members = dot.middle.members
        entry = self.search.index.entries[members.bit_length() - 1]
        return entry.latitude, entry.longitude

    def _link(self, **changes) -> str:
        """The same question narrowed."""
        asked = self.search.parameters(**changes)
        return f"{self.address}?{urlencode(asked)}" if asked else self.address or "?"


class NetworkMap(DirectoryMap):
    """The part of the map where a network's organisations are; its links lead into the directory."""

    @cached_property
    def view(self) -> View:
        points = (self.atlas.points[place] for place in positions(self.search.selected))
        return of_points(point for point in points if point)

    @property
    def title(self) -> str:
        return _("Where they are")

    whole_country = ""

    def _squares(self) -> list[grid.Square]:
        return self.atlas.squares(self.view, positions(self.search.selected))


class Locator:
    """One organisation on the map of Germany."""

    def __init__(self, entry: DirectoryEntry):
        self.entry = entry
        self.point = grid.point(entry.latitude, entry.longitude)

    @property
    def view(self) -> View:
        return WHOLE

    @property
    def states(self) -> list[tuple[str, bool]]:
        """Paths, and whether it is there."""
        return [(path, state == self.entry.state) for state, path in self.view.outlines().items()]

    @property
    def mark(self) -> tuple[int, int]:
        x, y = self.view.place(self.point)
        return round(x), round(y)

    @property
    def nearby(self) -> str:
        """The question that finds what else is near; 25 km is what the directory takes if nothing is said."""
        name = name_near(self.entry.place, self.entry.latitude, self.entry.longitude)
        return urlencode({"near": name})


def _named(place: str, count: int) -> str:
    text = ngettext("%(place)s: %(count)d organisation", "%(place)s: %(count)d organisations", count)
    return text % {"place": place, "count": count}
