"""Whether a point lies in Germany: roughly, by the places we know."""

from functools import lru_cache

from organisations.gazetteer import places

# Squares of about 11 by 10 kilometres.
HEIGHT, WIDTH = 0.1, 0.15


def in_germany(latitude: float, longitude: float) -> bool:
    """True in the square of a German place of 500 inhabitants and in those around it."""
    return _square(latitude, longitude) in _squares()


def _square(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude / HEIGHT), int(longitude / WIDTH)


@lru_cache(maxsize=1)
def _squares() -> frozenset[tuple[int, int]]:
    own = {_square(place.latitude, place.longitude) for place in places()}
    return frozenset((up + y, across + x) for up, across in own for y in (-1, 0, 1) for x in (-1, 0, 1))
