"""Places in Germany by the names people give them. From GeoNames (CC BY 4.0), 500 inhabitants and more."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from django.utils.translation import override

from core.collation import plain
from core.languages import LANGUAGE_NAMES
from organisations.states import STATES

DATA = Path(__file__).parent / "data"
LONGEST = 40
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# "Frankfurt am Main", "Frankfurt a. M.", "Frankfurt/Main" and "Frankfurt (Main)" are one name.
BINDING = {"a", "am", "an", "auf", "b", "bei", "d", "der", "dem", "den", "i", "im", "in", "ob", "v", "vor", "vom", "zu"}
ADDITION = re.compile(r"\s+(?:\(|(?:am|an|auf|bei|im|in|ob|vor|a|b|i|v)\b)|/", re.I)


@dataclass(frozen=True)
class Place:
    name: str
    state: str
    population: int
    latitude: float
    longitude: float

    @property
    def full_name(self) -> str:
        """Tells it from its namesakes elsewhere, and finds it again."""
        return f"{self.name}, {self.state}"


def find(text: str) -> list[Place]:
    """Places of that name, the most populous first; a state may follow after a comma. One for each name and state."""
    name, _comma, state = (part.strip() for part in text.rpartition(",")) if "," in text else (text, "", "")
    if not state:
        return _find(name)
    code = _state_codes().get(plain(state))
    found = [place for place in _find(name) if place.state == code] if code else []
    return sorted(found, key=lambda place: plain(place.name) != plain(name))


def in_state(name: str, state: str) -> Place | None:
    """The largest place that bears exactly this name there."""
    return max((place for place in _named(name) if place.state == state), key=_population, default=None)


def name_near(name: str, latitude: float, longitude: float) -> str:
    """What finds the place of that name that lies there: with its state where a larger one bears the name too."""
    found = find(name.replace(",", " "))
    if not found:
        return ""
    nearest = min(found, key=lambda place: abs(place.latitude - latitude) + abs(place.longitude - longitude))
    return name if nearest is found[0] else nearest.full_name


def nearest(latitude: float, longitude: float) -> Place:
    return min(places(), key=lambda place: abs(place.latitude - latitude) + abs(place.longitude - longitude) * 0.63)


def nearly(text: str) -> list[Place]:
    """What somebody may have meant who wrote a name wrong."""
    wanted = _key(text.partition(",")[0])[:LONGEST]
    keys = [key for key in _index() if key[:1] == wanted[:1]] if wanted else []
    found = [max(_index()[key], key=_population) for key in get_close_matches(wanted, keys, n=3, cutoff=0.75)]
    return list(dict.fromkeys(found))


def _find(name: str) -> list[Place]:
    found = _named(name) or _abbreviated(name) or _named(ADDITION.split(name.strip(), maxsplit=1)[0])
    found = sorted(found, key=_population, reverse=True)
    return list({place.full_name: place for place in reversed(found)}.values())[::-1]


def _named(name: str) -> set[Place]:
    return _index().get(_key(name), set()) if name else set()


def _abbreviated(name: str) -> set[Place]:
    """Those whose further words begin as the given ones do: "Frankfurt a. M."."""
    first, *rest = _key(name).split() or [""]
    if not rest:
        return set()
    found = set()
    for key in _by_first_word().get(first, ()):
        words = key.split()[1:]
        if len(words) == len(rest) and all(word.startswith(start) for word, start in zip(words, rest, strict=True)):
            found |= _index()[key]
    return found


def _population(place: Place) -> int:
    return place.population


def _key(name: str) -> str:
    words = ["sankt" if word == "st" else word for word in re.findall(r"\w+", plain(name))]
    return " ".join([*words[:1], *(word for word in words[1:] if word not in BINDING)])


@lru_cache(maxsize=1)
def places() -> list[Place]:
    with (DATA / "orte.csv").open(encoding="utf-8", newline="") as file:
        return [
            Place(row["place"], row["state"], int(row["population"]), float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(file)
        ]


@lru_cache(maxsize=1)
def _index() -> dict[str, set[Place]]:
    """By full and by short name, each with umlauts taken apart in both ways, and by what other languages say."""
    found = defaultdict(set)
    for place in places():
        for name in {place.name, ADDITION.split(place.name, maxsplit=1)[0]}:
            found[_key(name)].add(place)
            found[_key(name.lower().translate(UMLAUTS))].add(place)
    with (DATA / "fremdnamen.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            largest = max(found[_key(row["place"])], key=_population)
            for name in row["names"].split("|"):
                found[_key(name)].add(largest)
    return dict(found)


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[str]]:
    found = defaultdict(list)
    for key in _index():
        found[key.partition(" ")[0]].append(key)
    return found


@lru_cache(maxsize=1)
def _state_codes() -> dict[str, str]:
    """By code and by name in every language of the site."""
    found = {plain(code): code for code, _name in STATES}
    for language in LANGUAGE_NAMES:
        with override(language):
            found |= {plain(str(name)): code for code, name in STATES}
    return found
