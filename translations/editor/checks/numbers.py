"""Numbers in a text, whichever digits and separators a language writes them with."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Points, commas, colons and slashes stand inside numbers, dates and times; spaces only before three digits.
NUMBER = re.compile(r"\d+(?:[.,:/'’٫٬]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
ARABIC_INDIC = {"٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"}
DATE = re.compile(r"(\d{1,4})[./](\d{1,2})[./](\d{1,4})")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
NOON = 12
LONGEST_MONTH = 31
LONGEST = 40


@dataclass(frozen=True)
class Number:
    """`written` as in the text; `readings` are all values that it can stand for."""

    written: str
    readings: frozenset

    def is_like(self, other: "Number") -> bool:
        return bool(self.readings & other.readings)


def numbers(text: str) -> list[Number]:
    return [number for match in NUMBER.finditer(text) for number in _read(match.group(), text[match.end() :][:5])]


def missing(source: str, target: str) -> list[str]:
    """Numbers of the source that the target does not have, as the source writes them."""
    rest, lost = numbers(target), []
    for number in numbers(source):
        found = next((other for other in rest if number.is_like(other)), None)
        if found:
            rest.remove(found)
        else:
            lost.append(number.written)
    return lost


def as_digits(written: str) -> str:
    """With European digits: ١٤ is 14."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in written)


def in_digits_of(pattern: str, number: str) -> str:
    """The number in Arabic digits where the pattern has them."""
    if ARABIC_INDIC.isdisjoint(pattern):
        return number
    return "".join(chr(ord("٠") + int(c)) if c.isascii() and c.isdigit() else c for c in number)


def _read(written: str, after: str) -> Iterator[Number]:
    digits = as_digits(written)
    if date := DATE.fullmatch(digits):
        # Months may be written out; the day and the year may not.
        first, month, last = map(int, date.groups())
        day, year = (last, first) if first > LONGEST_MONTH else (first, last)
        yield Number(written, frozenset({day, month}))
        yield Number(written, frozenset({year}))
        return
    if time := TIME.fullmatch(digits):
        hour, minute = map(int, time.groups())
        if hour < 25 and minute < 60 and (":" in digits or after.lstrip().startswith("Uhr")):
            yield Number(written, frozenset({("time", hour % NOON, minute), *_values(digits)}))
            return
    readings = _values(digits)
    if after.lstrip().startswith("Uhr") and len(digits) < 3 and int(digits) <= 24:
        readings |= {int(digits) % NOON, ("time", int(digits) % NOON, 0)}
    yield Number(written, frozenset(readings))


def _values(digits: str) -> set:
    if len(digits) > LONGEST:
        return {digits}
    parts = re.split(r"\D", digits)
    if len(parts) == 1:
        return {int(digits)}
    values: set = {tuple(map(int, parts))}
    if len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]):
        values.add(int("".join(parts)))
    if len(parts) == 2 or all(len(part) == 3 for part in parts[1:-1]):
        values.add(Decimal(f"{''.join(parts[:-1])}.{parts[-1]}").normalize())
    return values
