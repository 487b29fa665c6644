"""Names on the map: of cities to find one's way by, and of places to ask the directory for."""

from functools import lru_cache

from organisations import gazetteer
from organisations.gazetteer import Place
from organisations.map.outlines import project
from organisations.map.view import WIDTH, View

CITY = 10_000  # inhabitants
CITIES = 7  # on one map
CLEAR = (170, 60)  # units of the picture, across and down, between two of them
NEAR = 0.15  # degrees: about 17 km


@lru_cache(maxsize=4096)
def name_near(name: str, latitude: float, longitude: float) -> str:
    """The name given, with its state where a larger place has the same; of another place if no such place is near."""

    def apart(place: Place) -> float:
        """Roughly, in degrees of latitude; good enough to compare places in Germany."""
        return ((place.latitude - latitude) ** 2 + ((place.longitude - longitude) * 0.63) ** 2) ** 0.5

    namesakes = gazetteer.find(name)
    meant = min(namesakes, key=apart, default=None)
    if meant is None or apart(meant) > NEAR:
        around = sorted(gazetteer.places(), key=apart)
        return next(place.full_name for place in around if gazetteer.find(place.full_name)[0] == place)
    return name if meant == namesakes[0] else meant.full_name


@lru_cache(maxsize=1)
def _cities() -> list[tuple[str, tuple[float, float]]]:
    """The largest first, by the short form of their names, and where they are."""
    places = sorted(gazetteer.places(), key=lambda place: -place.population)
    return [
        (place.name.partition(" am ")[0], project(place.latitude, place.longitude))
        for place in places
        if place.population >= CITY
    ]


@lru_cache(maxsize=64)
def cities(view: View) -> list[tuple[str, int, int]]:
    """Names with their place in the picture, none over another or over the edge."""
    found = []
    for name, point in _cities():
        if len(found) == CITIES:
            break
        if not view.box.holds(point):
            continue
        x, y = view.place(point)
        inside = CLEAR[0] / 2 < x < WIDTH - CLEAR[0] / 2 and y < view.height - CLEAR[1]
        if inside and all(abs(x - x2) > CLEAR[0] or abs(y - y2) > CLEAR[1] for _name, x2, y2 in found):
            found.append((name, round(x), round(y)))
    return found
