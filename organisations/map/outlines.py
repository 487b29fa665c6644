"""Germany's states as outlines, and where among them a point lies.

From Natural Earth (public domain), simplified twice: coarse for the whole country, fine for a part of it. Spherical
Mercator with the north-west corner at 55.15° N, 5.70° E; 80 units are a degree of longitude.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, log, pi, radians, tan
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "bundeslaender.json"
WEST, NORTH, UNITS = 5.70, 55.15, 80
KM_A_DEGREE = 111.32


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def grown(self, margin: float) -> "Box":
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)


GERMANY = Box(0, 0, 760, 1018)


@dataclass(frozen=True)
class Outline:
    """What `d` of an SVG path takes."""

    box: Box
    coarse: str
    fine: str


@cache
def outlines() -> dict[str, Outline]:
    """By state."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return {state: Outline(Box(*row["box"]), row["coarse"], row["fine"]) for state, row in found.items()}


def project(latitude: float, longitude: float) -> tuple[float, float]:
    return (longitude - WEST) * UNITS, (_mercator(NORTH) - _mercator(latitude)) * UNITS


def _mercator(latitude: float) -> float:
    return 180 / pi * log(tan(pi / 4 + radians(max(-85, min(85, latitude))) / 2))


def units(kilometres: float, latitude: float) -> float:
    """How long a distance is on the map."""
    return kilometres * UNITS / (KM_A_DEGREE * cos(radians(latitude)))
