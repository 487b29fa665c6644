"""Where in Germany: places by name and by postal code, and who is how far from there."""

import re
from collections.abc import Container
from dataclasses import dataclass
from math import cos, radians
from statistics import fmean

from django.db.models import FloatField, Value
from django.db.models.functions import ASin, Cos, Greatest, Least, Power, Radians, Sin, Sqrt

from organisations import gazetteer
from organisations.gazetteer import Place
from organisations.models.entry import DirectoryEntry
from organisations.models.places import PostalCode

CODE = re.compile(r"(?:D[ -]?)?([0-9]{5})\b", re.I)
CODE_LENGTH = 5
SHORTEST_PREFIX = 2  # one digit alone covers several states
EARTH_RADIUS = 6371.0  # km
KM_PER_DEGREE = 111.19
MOST_NAMESAKES = 5


@dataclass(frozen=True)
class Location:
    """Where somebody looks from. `exact` is False where a postal code was not known and its neighbours were taken."""

    name: str
    latitude: float
    longitude: float
    exact: bool = True
    state: str = ""
    namesakes: tuple[Place, ...] = ()


def locate(text: str, listed: Container[int]) -> Location | None:
    """A postal code, with or without the place behind it, or the name of a place.

    `listed` are the keys of the organisations whose addresses may tell where an unknown postal code is.
    """
    if code := CODE.match(text.strip()):
        return _by_code(code[1]) or _by_neighbours(code[1], listed)
    found = gazetteer.find(text)
    if not found:
        return None
    first, *others = found
    return Location(
        first.name,
        first.latitude,
        first.longitude,
        state=first.state,
        namesakes=tuple(others[:MOST_NAMESAKES]),
    )


def name_near(name: str, latitude: float, longitude: float) -> str:
    """What `locate` finds this place by; where its name is unknown, the nearest known one."""
    return gazetteer.name_near(name, latitude, longitude) or gazetteer.nearest(latitude, longitude).full_name


def centre_of(name: str, state: str = "") -> tuple[float, float] | None:
    """Latitude and longitude of the largest place of that name, in that state where one is given."""
    for place in gazetteer.find(name.replace(",", " ")):
        if not state or place.state == state:
            return place.latitude, place.longitude
    return None


def centre_of_postal_code(code: str) -> tuple[float, float] | None:
    """Only where postal codes have been imported."""
    found = PostalCode.objects.filter(code=code).values_list("latitude", "longitude").first() if code else None
    return found or None


def _by_code(code: str) -> Location | None:
    found = PostalCode.objects.filter(code=code).first()
    return found and Location(f"{found.code} {found.place}", found.latitude, found.longitude, state=found.state)


def _by_neighbours(code: str, listed: Container[int]) -> Location | None:
    """The middle of the public addresses in the directory whose postal codes begin alike, as long as possible."""
    around = DirectoryEntry.objects.filter(postal_code__startswith=code[:SHORTEST_PREFIX], latitude__isnull=False)
    rows = around.values_list("organisation_id", "postal_code", "latitude", "longitude")
    entries = [entry for pk, *entry in rows if pk in listed]
    for length in range(CODE_LENGTH, SHORTEST_PREFIX - 1, -1):
        if alike := [place for known, *place in entries if known.startswith(code[:length])]:
            latitudes, longitudes = zip(*alike, strict=True)
            return Location(code, fmean(latitudes), fmean(longitudes), exact=False)
    return None


def within(location: Location, radius: float) -> dict[int, float]:
    """Primary key to kilometres, as the crow flies, for every organisation with a public position in that circle.

    A box around the circle, which an index answers, leaves few to calculate. Rounded to metres, because databases
    disagree beyond that.
    """
    height = radius / KM_PER_DEGREE * 1.01
    width = height / max(cos(radians(min(abs(location.latitude) + height, 89))), 0.01)
    entries = DirectoryEntry.objects.filter(
        organisation__isnull=False,
        latitude__range=(location.latitude - height, location.latitude + height),
        longitude__range=(location.longitude - width, location.longitude + width),
    )
    rows = entries.annotate(km=distance_from(location)).values_list("organisation_id", "km")
    return {pk: round(km, 3) for pk, km in rows if round(km, 3) <= radius}


def distance_from(location: Location):
    """The haversine formula. Rounding may lead just past 1, where no arcsine is."""
    latitude, longitude = Radians("latitude"), Radians("longitude")
    here = radians(location.latitude)
    north = Power(Sin((latitude - Value(here)) / 2), 2)
    east = Power(Sin((longitude - Value(radians(location.longitude))) / 2), 2)
    chord = north + Value(cos(here)) * Cos(latitude) * east
    clamped = Greatest(Value(0.0), Least(Value(1.0), chord, output_field=FloatField()), output_field=FloatField())
    return 2 * Value(EARTH_RADIUS) * ASin(Sqrt(clamped), output_field=FloatField())
