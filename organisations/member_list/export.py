"""The member list as a file, with the columns of the import: what is exported can be imported again."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from organisations.member_list.checking import record_of
from organisations.member_list.columns import COLUMNS, current, guarded
from organisations.member_list.scope import reachable, readable
from organisations.member_list.words import Words
from organisations.models import NetworkPage

CHUNK = 200
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def organisations(network: NetworkPage | None) -> QuerySet:
    return reachable(network).order_by("sort_name", "pk")


def rows(network: NetworkPage | None, chosen: QuerySet | None = None) -> Iterator[list[str]]:
    """The header, then one row for each organisation. In chunks, so that thousands need no more memory than some."""
    words = Words(network)
    yield [column.header for column in COLUMNS]
    pages = organisations(network) if chosen is None else chosen
    for page in readable(pages).iterator(chunk_size=CHUNK):
        record = record_of(page)
        yield [UNWRITABLE.sub("", guarded(current(page, record, column, words))) for column in COLUMNS]


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


def as_xlsx(table: Iterable[list[str]], file) -> None:
    """Every cell is text, so that postal codes keep their zeros."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Members")[:31])
    sheet.freeze_panes = "C2"
    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(len(column.header) + 2, 14)
    for number, row in enumerate(table):
        cells = [WriteOnlyCell(sheet, value=text or None) for text in row]
        for cell in cells:
            cell.number_format = "@"
            if number == 0:
                cell.font = Font(bold=True)
        sheet.append(cells)
    book.save(file)
