"""Places in Germany by name and by postal code."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.collation import plain
from organisations.models.places import PostalCode

FILE = Path(__file__).parent / "data" / "orte.csv"
NEAR = 0.15  # degrees: about 17 km


@dataclass(frozen=True)
class Place:
    name: str
    state: str
    population: int
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def _places() -> dict[str, list[Place]]:
    """By plain name, the most populous first. From GeoNames (CC BY 4.0), 500 inhabitants and more."""
    found = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = Place(row["place"], row["state"], int(row["population"]), float(row["lat"]), float(row["lon"]))
            found[plain(place.name)].append(place)
    for namesakes in found.values():
        namesakes.sort(key=lambda place: -place.population)
    return dict(found)


def centre_of(name: str, state: str = "") -> tuple[float, float] | None:
    """Latitude and longitude of the largest place of that name, in that state where one is given."""
    for place in _places().get(plain(name), []):
        if not state or place.state == state:
            return place.latitude, place.longitude
    return None


@lru_cache(maxsize=4096)
def name_near(name: str, latitude: float, longitude: float) -> str:
    """The name to look from in order to find what is there: the one given, or that of the nearest place we know.

    A name leads to the largest of its namesakes, so "Neustadt" may be far away.
    """
    middle = centre_of(name) if name else None
    if middle and _apart(*middle, latitude, longitude) < NEAR:
        return name
    places = (namesakes[0] for namesakes in _places().values())
    return min(places, key=lambda place: _apart(place.latitude, place.longitude, latitude, longitude)).name


def _apart(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Roughly, in degrees of latitude; good enough to compare places in Germany."""
    return ((latitude - other_latitude) ** 2 + ((longitude - other_longitude) * 0.63) ** 2) ** 0.5


def centre_of_postal_code(code: str) -> tuple[float, float] | None:
    """Only where postal codes have been imported."""
    found = PostalCode.objects.filter(code=code).values_list("latitude", "longitude").first() if code else None
    return found or None


@dataclass(frozen=True)
class Location:
    """Where somebody looks from. `exact` is False where a postal code was not known and its neighbours were taken."""

    name: str
    latitude: float
    longitude: float
    exact: bool = True


def locate(text: str) -> Location | None:
    """A postal code or the name of a place."""
    return _by_code(text) if text.isascii() and text.isdigit() else _by_name(text)


def _by_name(text: str) -> Location | None:
    found = _places().get(plain(text))
    return Location(found[0].name, found[0].latitude, found[0].longitude) if found else None


def _by_code(code: str) -> Location | None:
    found = PostalCode.objects.filter(code=code).first()
    return Location(f"{found.code} {found.place}", found.latitude, found.longitude) if found else None
