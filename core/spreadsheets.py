"""Tables that people open in a spreadsheet program, as CSV and as Excel. Rows are written one by one, never kept."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = {XLSX: 1_048_575}  # of a sheet, beside its header
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def harmless(value: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def writable(value: str) -> str:
    """Without characters that no Excel file can hold."""
    return UNWRITABLE.sub("", value)


def cell(value: object) -> str:
    """What is left of a text once nothing hides its beginning, made harmless; nothing is an empty cell."""
    return harmless(writable("" if value is None else str(value)))


def as_csv(table: Iterable[list[str]]) -> Iterator[bytes]:
    """Semicolons and a mark at the beginning, as a German spreadsheet program expects it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\ufeff".encode()
    for row in table:
        writer.writerow(row)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def as_xlsx(table: Iterable[list[str]], file, title: str, first_cell: str = "A2") -> None:
    """Every cell is text, so that postal codes keep their zeros. What scrolls begins with `first_cell`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = first_cell
    rows = iter(table)
    header = next(rows, [])
    for place, heading in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(len(heading) + 2, 14)
    sheet.append(_cells(sheet, header, font=Font(bold=True)))
    for row in rows:
        sheet.append(_cells(sheet, row))
    book.save(file)


def _cells(sheet, row: list[str], font: Font | None = None) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, value=text or None) for text in row]
    for cell in cells:
        cell.number_format = "@"
        if cell.data_type == "f":
            cell.data_type = "s"
        if font:
            cell.font = font
    return cells
