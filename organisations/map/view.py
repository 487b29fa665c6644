"""Which part of Germany a map shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from organisations.map.outlines import GERMANY, Box, outlines, project, units
from organisations.places import Location

WIDTH = 720  # of every picture, in its own units, so that type and dots have one size at all scales
TALLEST = 1.35
SMALLEST = 80  # across, in units of the map: about 70 km


@dataclass(frozen=True)
class View:
    box: Box
    whole: bool = False

    @cached_property
    def scale(self) -> float:
        return WIDTH / self.box.width

    @property
    def height(self) -> int:
        return round(self.box.height * self.scale)

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """From the map into the picture."""
        return (point[0] - self.box.left) * self.scale, (point[1] - self.box.top) * self.scale

    @property
    def transform(self) -> str:
        """The same for outlines, as SVG wants it."""
        return f"scale({self.scale:.3f}) translate({-self.box.left:.1f} {-self.box.top:.1f})"

    def outlines(self) -> dict[str, str]:
        """Paths of the states that are in sight."""
        seen = {state: outline for state, outline in outlines().items() if outline.box.meets(self.box)}
        return {state: outline.coarse if self.whole else outline.fine for state, outline in seen.items()}


WHOLE = View(GERMANY, whole=True)


def of_state(state: str) -> View:
    box = outlines()[state].box
    return View(_shaped(box.grown(max(box.width, box.height) * 0.05)))


def around(location: Location, radius: int) -> View:
    x, y = project(location.latitude, location.longitude)
    return View(Box(x, y, x, y).grown(units(radius, location.latitude) * 1.15))


def of_points(points: Iterable[tuple[float, float]]) -> View:
    """What holds them all; the whole country where there are none."""
    points = list(points)
    if not points:
        return WHOLE
    across, down = zip(*points, strict=True)
    box = Box(min(across), min(down), max(across), max(down))
    return View(_shaped(box.grown(max(box.width, box.height) * 0.2)))


def _shaped(box: Box) -> Box:
    """Neither tiny nor very tall or flat."""
    width = max(box.width, box.height / TALLEST, SMALLEST)
    height = max(box.height, width / TALLEST)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
