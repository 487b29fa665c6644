"""Organisations close together, gathered once for each view, so that counting a selection costs about the same for
500 organisations and for 20,000.

First every organisation belongs to a small square of the picture. For a selection, squares that would overlap are then
joined to the fullest one near them: dots stand where most organisations are, bear the name of that place, and leave
room for a finger between them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

from organisations.index import DirectoryIndex, bits
from organisations.map.outlines import GERMANY, project
from organisations.map.view import WHOLE, View

SQUARE = 28  # units of the picture
GRIDS = 8  # kept at a time; one of 20,000 organisations far apart takes 3 MB
APART = 56  # between dots: 24 pixels where a picture of 720 units is 310 pixels wide


@dataclass(slots=True)
class Square:
    """Members as a set of the directory's index; the place most of them name, and where that is."""

    members: int
    name: str
    x: float
    y: float


@dataclass(slots=True)
class Dot:
    """The fullest of the squares it stands for comes first, and gives it place and name."""

    squares: list[tuple[int, Square]]

    @property
    def middle(self) -> Square:
        return self.squares[0][1]

    @property
    def count(self) -> int:
        return sum(count for count, _square in self.squares)

    @property
    def reach(self) -> float:
        """How far from the middle its members may be, in units of the picture."""
        return max(_apart(self.middle, square) for _count, square in self.squares) + SQUARE / 2


def _apart(one: Square, other: Square) -> float:
    return hypot(one.x - other.x, one.y - other.y)


class Atlas:
    """Where all organisations are, and the grids of views that come up again and again."""

    def __init__(self, index: DirectoryIndex):
        self.index = index
        self.points = [point(entry.latitude, entry.longitude) for entry in index.entries]
        self.placed = bits(place for place, found in enumerate(self.points) if found)
        self._grids: dict[View, list[Square]] = {}

    def grid(self, view: View) -> list[Square]:
        grid = self._grids.get(view)
        if grid is None:
            if len(self._grids) >= GRIDS:
                self._grids = {WHOLE: self._grids[WHOLE]} if WHOLE in self._grids else {}
            self._grids[view] = grid = self.squares(view, range(len(self.points)))
        return grid

    def squares(self, view: View, places: Iterable[int]) -> list[Square]:
        found, box = defaultdict(list), view.box
        for place in places:
            where = self.points[place]
            if where and box.holds(where):
                x, y = view.place(where)
                found[int(x // SQUARE), int(y // SQUARE)].append((place, x, y))
        return [self._square(members) for members in found.values()]

    def _square(self, members: list[tuple[int, float, float]]) -> Square:
        entries = self.index.entries
        if len(members) == 1:
            [(place, x, y)] = members
            return Square(1 << place, entries[place].place, x, y)
        name = Counter(entries[place].place for place, _x, _y in members).most_common(1)[0][0]
        named = [(x, y) for place, x, y in members if entries[place].place == name]
        x, y = (sum(values) / len(named) for values in zip(*named, strict=True))
        return Square(bits(place for place, _x, _y in members), name, x, y)


def dots(squares: list[Square], selected: int) -> list[Dot]:
    """The fullest first."""
    counted = [(count, square) for square in squares if (count := (square.members & selected).bit_count())]
    counted.sort(key=lambda pair: -pair[0])
    found, near = [], defaultdict(list)
    for count, square in counted:
        column, row = int(square.x // APART), int(square.y // APART)
        around = [
            (distance, number)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for number in near.get((column + i, row + j), ())
            if (distance := _apart(found[number].squares[0][1], square)) < APART
        ]
        if not around:
            near[column, row].append(len(found))
            found.append(Dot([(count, square)]))
        else:
            found[min(around)[1]].squares.append((count, square))
    return found


_atlas: Atlas | None = None


def atlas_of(index: DirectoryIndex) -> Atlas:
    """Kept until the directory changes."""
    global _atlas
    atlas = _atlas
    if atlas is None or atlas.index is not index:
        _atlas = atlas = Atlas(index)
    return atlas


@lru_cache(maxsize=2**16)
def point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """On the map; None without a public position, or with one outside Germany."""
    if latitude is None or longitude is None:
        return None
    found = project(latitude, longitude)
    return found if GERMANY.holds(found) else None
