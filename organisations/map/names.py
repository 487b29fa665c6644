"""What to ask the directory for in order to find what is at a point: the name of a place that leads there."""

from functools import lru_cache

from organisations import gazetteer
from organisations.gazetteer import Place

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
        return min(gazetteer.places(), key=apart).full_name
    return name if meant == namesakes[0] else meant.full_name
