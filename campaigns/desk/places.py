"""Which state a postal code lies in, as far as its first digits tell.

Some codes near a border belong to places in two states; they are counted where most of their people live.
"""

import csv
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.db.models import Q

RANGES = Path(__file__).with_name("postal_codes.csv")


@cache
def ranges() -> list[tuple[str, str, str]]:
    """First code, last code, state; in order."""
    with RANGES.open(encoding="utf-8") as file:
        return [(row["first"], row["last"], row["state"]) for row in csv.DictReader(file)]


def state_of(code: str) -> str:
    """Two letters, or nothing where no town has such a code."""
    found = bisect_right(ranges(), (code, "99999", "ZZ")) - 1
    if found < 0:
        return ""
    first, last, state = ranges()[found]
    return state if first <= code <= last else ""


def by_state(codes: Iterable[tuple[str, int]]) -> Counter:
    """Numbers of people by state, made of numbers by postal code."""
    counted = Counter()
    for code, number in codes:
        counted[state_of(code)] += number
    return counted


def within(state: str, field: str = "postal_code") -> Q:
    lies = Q(pk__in=[])
    for first, last, of in ranges():
        if of == state:
            lies |= Q(**{f"{field}__range": (first, last)})
    return lies
