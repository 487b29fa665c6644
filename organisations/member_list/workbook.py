"""Excel files. They are looked through as a stream before openpyxl opens them: it trusts what it reads."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from core import documents
from organisations.member_list.problems import Refused

MAX_COLUMNS = 200
MAX_UNPACKED = 120 * 1024 * 1024
MAX_CELLS_OF_A_ROW = 16_384  # Excel's own limit; far more is an attack
LAST_ROW = 1_048_576
MAX_SHEETS = 30
CHUNK = 256 * 1024
NAMESPACE_END = "}"
# What zipfile, expat and openpyxl raise when somebody has cut up or changed a file.
DAMAGES = (
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, ArithmeticError),
    *(SyntaxError, OSError, EOFError, RuntimeError, struct.error),
    *(expat.ExpatError, zipfile.BadZipFile, zlib.error, InvalidFileException),
)

Source = Callable[[], Iterator[tuple[int, tuple]]]


def too_many_columns(row: int) -> Refused:
    return Refused(
        _("Row %(row)d has cells beyond column %(limit)d. Delete what stands to the right of the list and retry.")
        % {"row": row, "limit": MAX_COLUMNS}
    )


def sheets(extension: str, content: bytes) -> Iterator[tuple[str, int, Source, dict]]:
    """(name, number of rows, source of rows, cells that cannot be read) of every sheet that is shown."""
    if extension != ".xlsx":
        raise Refused(_("Only .xlsx and .csv files can be imported. Save this workbook as .xlsx without macros."))
    try:
        documents.check("list.xlsx", io.BytesIO(content))
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    try:
        yield from _sheets(content)
    except DAMAGES as error:
        raise _damaged() from error


def _damaged() -> Refused:
    return Refused(_("This file is damaged. Open it in your spreadsheet program, save it again and retry."))


def _sheets(content: bytes) -> Iterator[tuple[str, int, Source, dict]]:
    _refuse_too_large(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown or len(shown) > MAX_SHEETS:
        raise Refused(
            _("This workbook has %(count)d sheets. Save the list on its own and retry.") % {"count": len(shown)}
        )
    for sheet in shown:
        with book._archive.open(sheet._worksheet_path) as part:
            scan = _scan(part)
        yield sheet.title, scan.rows, _source(sheet, scan), scan.faults()


def _source(sheet, scan: "_Scan") -> Source:
    def rows() -> Iterator[tuple[int, tuple]]:
        sheet.reset_dimensions()
        if not scan.rows:
            return
        try:
            cells = sheet.iter_rows(max_row=scan.last_row, max_col=min(scan.columns, MAX_COLUMNS), values_only=True)
            yield from enumerate(islice(cells, scan.last_row), start=1)
        except DAMAGES as error:
            raise _damaged() from error

    return rows


def _refuse_too_large(content: bytes) -> None:
    """And no document types: a list needs no entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist() if "/media/" not in entry.filename)
        if size > MAX_UNPACKED:
            raise Refused(
                _("Unpacked, this file has %(size)d MB; at most %(limit)d MB can be imported.")
                % {"size": size // 1024**2, "limit": MAX_UNPACKED // 1024**2}
            )
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")) and "/worksheets/sheet" not in entry.filename:
                with archive.open(entry) as part:
                    _parse(part, lambda *_: None, lambda *_: None)


def _parse(part, start, end) -> None:
    parser = expat.ParserCreate(namespace_separator=NAMESPACE_END)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while chunk := part.read(CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _refuse_doctype(*_args) -> None:
    raise _damaged()


@dataclass
class _Scan:
    """What a sheet has that openpyxl does not tell, or not in time: its true size, merged cells, unsolved formulas."""

    rows: int = 0
    last_row: int = 0
    columns: int = 0
    formulas: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    # Of the cell that is being read.
    _column: int = 0
    _count: int = 0
    _place: str = ""
    _formula: bool = False
    _value: bool = False

    def start(self, name: str, attributes: dict) -> None:
        match name.rpartition(NAMESPACE_END)[2]:
            case "row":
                self._start_row(attributes)
            case "c":
                self._start_cell(attributes)
            case "f":
                self._formula = True
            case "v" | "is":
                self._value = True
                self.columns = max(self.columns, self._column)
                if self._column > MAX_COLUMNS:
                    raise too_many_columns(self.last_row)
            case "mergeCell" if len(self.merged) < 1000:
                self.merged.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name.rpartition(NAMESPACE_END)[2] == "c" and self._formula and not self._value and len(self.formulas) < 1000:
            self.formulas.append(self._place)

    def _start_row(self, attributes: dict) -> None:
        self.rows += 1
        self.last_row = max(self.last_row, int(attributes.get("r") or self.last_row + 1))
        self._column = self._count = 0
        if not 1 <= self.last_row <= LAST_ROW:
            raise _damaged()

    def _start_cell(self, attributes: dict) -> None:
        self._place, self._formula, self._value = attributes.get("r", ""), False, False
        self._column = coordinate_to_tuple(self._place)[1] if self._place else self._column + 1
        self._count += 1
        if max(self._column, self._count) > MAX_CELLS_OF_A_ROW:
            raise too_many_columns(self.last_row)

    def faults(self) -> dict[tuple[int, int], str]:
        found = {coordinate_to_tuple(place): _("This formula has no result.") for place in self.formulas if place}
        for place in self.merged:
            left, top, _right, bottom = range_boundaries(place)
            for row in range(top, min(bottom, top + 1000) + 1):
                found[row, left] = _("These cells are merged (%(range)s). Undo that.") % {"range": place}
        return found


def _scan(part) -> _Scan:
    scan = _Scan()
    _parse(part, scan.start, scan.end)
    return scan
