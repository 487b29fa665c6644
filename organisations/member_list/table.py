"""Finds the member list in a file: its sheet, its header, its columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from organisations.member_list.columns import BY_NAME, REQUIRED_HEADERS, Column, column_of
from organisations.member_list.problems import Refused
from organisations.member_list.reading import HEADER_WITHIN, MAX_ROWS, Sheet, as_text, sheets, too_many_rows
from organisations.member_list.words import shown

MANY_NAMES = 15


@dataclass
class Table:
    sheet: Sheet
    header: int
    columns: dict[int, Column]
    ignored: list[str]

    @property
    def total(self) -> int:
        return max(self.sheet.total - 1, 0)

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(row of the sheet, column name to cell), for rows with anything in a known column."""
        count = 0
        for number, cells in self.sheet.rows():
            row = {column.name: cells[place] for place, column in self.columns.items() if place < len(cells)}
            if number > self.header and any(cell not in (None, "") for cell in row.values()):
                count += 1
                if count > MAX_ROWS:
                    raise too_many_rows()
                yield number, row

    def faults_of(self, number: int) -> dict[str, str]:
        """Cells that the reader could not read, such as merged ones: column name to reason."""
        return self._faults.get(number, {})

    def __post_init__(self):
        self._faults: dict[int, dict[str, str]] = {}
        for (row, place), reason in self.sheet.faults.items():
            if column := self.columns.get(place - 1):
                self._faults.setdefault(row, {})[column.name] = reason


def find(name: str, content: bytes) -> Table:
    """Refused, saying what is missing, where no sheet holds the list."""
    found, seen = None, []
    for sheet in sheets(name, content):
        number, columns, headers = _best_header(sheet)
        missing = [BY_NAME[key].header for key in REQUIRED_HEADERS if key not in {c.name for c in columns.values()}]
        if not missing:
            found = found or _table(sheet, number, columns, headers)
        seen.append((len(columns), sheet.name, missing, headers))
    if found:
        return found
    raise Refused(_complaint(seen))


def _best_header(sheet: Sheet) -> tuple[int, dict[int, Column], list[str]]:
    """The row with most names of columns among the first."""
    best = (0, {}, [])
    for tried, (number, cells) in enumerate(sheet.rows()):
        if tried >= HEADER_WITHIN:
            break
        columns = {place: column for place, cell in enumerate(cells) if (column := column_of(cell))}
        if not best[2] or len(columns) > len(best[1]):
            best = (number, columns, [as_text(cell).strip() for cell in cells])
    return best


def _table(sheet: Sheet, number: int, columns: dict[int, Column], headers: list[str]) -> Table:
    names = [column.name for column in columns.values()]
    for column in columns.values():
        if names.count(column.name) > 1:
            twice = " · ".join(headers[place] for place, other in columns.items() if other is column)
            raise Refused(_("Two columns mean the same (%(headers)s). Delete or rename one.") % {"headers": twice})
    ignored = [header for place, header in enumerate(headers) if header and place not in columns]
    return Table(sheet, number, columns, ignored)


def _complaint(seen: list) -> str:
    """About the sheet that comes closest."""
    if not seen:
        return _("This file has no rows.")
    _known, name, missing, headers = max(seen, key=lambda sheet: sheet[0])
    read = ", ".join(shown(header, 30) for header in headers if header)[:600] or "–"
    complaint = _("These columns are missing: %(missing)s. The header reads: %(headers)s.") % {
        "missing": ", ".join(missing),
        "headers": read,
    }
    if len(seen) > 1:
        names = ", ".join(f"“{shown(title, 30)}”" for _known, title, *_rest in seen[:MANY_NAMES])
        complaint += " " + _("None of the sheets (%(sheets)s) has them; the closest is “%(sheet)s”.") % {
            "sheets": names,
            "sheet": shown(name, 30),
        }
    return complaint
