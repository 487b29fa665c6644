"""Reads GeoNames' file of postal codes: tab separated, one line for each place that has a code.

Columns: country, postal code, place, state, state's code, three pairs of smaller units, latitude, longitude, accuracy.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisations import gazetteer, safety
from organisations.models import OfficeRecord, PostalCode
from organisations.models.entry import DISTRICT, EXACT
from organisations.states import STATES

COLUMNS = 12
COUNTRY, CODE, PLACE, STATE, LATITUDE, LONGITUDE, ACCURACY = 0, 1, 2, 4, 9, 10, 11
# Codes of companies and post office boxes have no area: GeoNames puts them somewhere in their town and says so.
ESTIMATED = "1"
COMPANY = re.compile(r"\b(?:GmbH|gGmbH|mbH|AG|KG|KGaA|SE|e\.\s?V\.|Postfach|Großempfänger)(?!\w)")
GERMANY = (47.2, 55.1), (5.8, 15.1)
CODE_FORMAT = re.compile(r"[0-9]{5}")
LONGEST_NAME = PostalCode._meta.get_field("place").max_length
BATCH = 2000


class NotPostalCodes(ValueError):
    """The file is something else."""


class BadLine(ValueError):
    """What is wrong with a line, for whoever reads it."""


@dataclass(frozen=True)
class Line:
    code: str
    place: str
    state: str
    latitude: float
    longitude: float
    is_company: bool


@dataclass
class Reading:
    """The usable lines of a file, and what is wrong with the others by their number."""

    lines: list[Line]
    problems: list[tuple[int, str]]

    @property
    def companies(self) -> int:
        return sum(line.is_company for line in self.lines)

    def postal_codes(self) -> list[PostalCode]:
        """One for each code, whose lines are its places."""
        by_code = defaultdict(list)
        for line in self.lines:
            if not line.is_company:
                by_code[line.code].append(line)
        return [_merged(lines) for _code, lines in sorted(by_code.items())]


def read(lines: Iterable[str]) -> Reading:
    reading = Reading([], [])
    for number, text in enumerate(lines, start=1):
        try:
            if text.strip():
                reading.lines.append(_line(text.lstrip("\ufeff").rstrip("\r\n").split("\t")))
        except BadLine as problem:
            reading.problems.append((number, str(problem)))
    if len(reading.problems) >= len(reading.lines):
        raise NotPostalCodes(
            _("This is not GeoNames' file of German postal codes: tab separated, %(columns)s columns, country DE.")
            % {"columns": COLUMNS}
        )
    return reading


def _line(cells: list[str]) -> Line:
    if len(cells) != COLUMNS:
        raise BadLine(_("%(found)s columns instead of %(columns)s.") % {"found": len(cells), "columns": COLUMNS})
    if cells[COUNTRY] != "DE":
        raise BadLine(_("The country is “%(country)s”, not DE.") % {"country": cells[COUNTRY][:20]})
    if not CODE_FORMAT.fullmatch(cells[CODE]):
        raise BadLine(_("“%(code)s” is no postal code.") % {"code": cells[CODE][:20]})
    if cells[STATE] not in dict(STATES):
        raise BadLine(_("“%(state)s” is no German state.") % {"state": cells[STATE][:20]})
    place = " ".join(cells[PLACE].replace("\0", "").split())
    if not place or len(place) > LONGEST_NAME:
        raise BadLine(_("The name of the place is missing or too long."))
    latitude, longitude = (
        _degrees(cells[column], limits) for column, limits in zip((LATITUDE, LONGITUDE), GERMANY, strict=True)
    )
    is_company = cells[ACCURACY] == ESTIMATED or bool(COMPANY.search(place))
    return Line(cells[CODE], place, cells[STATE], latitude, longitude, is_company)


def _degrees(text: str, limits: tuple[float, float]) -> float:
    try:
        degrees = float(text)
    except ValueError:
        raise BadLine(_("“%(text)s” is no position.") % {"text": text[:20]}) from None
    if not limits[0] <= degrees <= limits[1]:
        raise BadLine(_("The position %(text)s lies outside Germany.") % {"text": text[:20]})
    return degrees


def _merged(lines: list[Line]) -> PostalCode:
    """The middle of all places, under the name of the largest; where none is known, of the one named most often."""
    latitude, longitude = (
        round(sum(getattr(line, name) for line in lines) / len(lines), 4) for name in ("latitude", "longitude")
    )
    towns = [(town.population, line) for line in lines if (town := _town(line))]
    if towns:
        line = max(towns, key=lambda town: town[0])[1]
        name = _town_name(line)
    else:
        line = lines[0]
        name = Counter(line.place for line in lines).most_common(1)[0][0]
    return PostalCode(code=line.code, place=name, state=line.state, latitude=latitude, longitude=longitude)


def _town(line: Line) -> gazetteer.Place | None:
    return gazetteer.in_state(_town_name(line), line.state)


def _town_name(line: Line) -> str:
    """As the file has it, without the district that may follow the town."""
    words = line.place.split()
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        if gazetteer.in_state(name, line.state):
            return name
    return line.place


@transaction.atomic
def replace_all(codes: list[PostalCode]) -> None:
    """Those that are no longer in the file go."""
    gone = set(PostalCode.objects.values_list("pk", flat=True)) - {code.pk for code in codes}
    for batch in batched(sorted(gone), BATCH):
        PostalCode.objects.filter(pk__in=batch).delete()
    PostalCode.objects.bulk_create(
        codes,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["place", "state", "latitude", "longitude"],
    )


def release_anew() -> int:
    """Public positions that are the middle of a postal code's area move there. The number of those that did."""
    in_area = Q(precision=DISTRICT) | Q(precision=EXACT, latitude=None)
    moved = 0
    for record in OfficeRecord.objects.filter(in_area).select_related("organisation__entry").iterator(BATCH):
        entry, released = record.organisation.entry, safety.released(record)
        if (entry.latitude, entry.longitude) != (released["latitude"], released["longitude"]):
            safety.release(record.organisation)
            moved += 1
    return moved
