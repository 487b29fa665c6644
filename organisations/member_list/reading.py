"""From an uploaded file to rows of cells. Nothing is understood here but what a table is."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from organisations.member_list import workbook
from organisations.member_list.problems import Refused
from organisations.member_list.workbook import MAX_COLUMNS

MAX_BYTES = 30 * 1024 * 1024  # 20,000 organisations with every column filled are 18 MB
MAX_ROWS = 50_000
HEADER_WITHIN = 20  # lines that may stand above the header, such as a title and a date
DELIMITERS = ";,\t"
CHARACTERS = 1_000_000  # decoded at a time
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what an encrypted xlsx starts with
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass
class Sheet:
    """A table before anybody has looked for its header. `faults` are cells that cannot be read: (row, column)."""

    name: str
    total: int
    source: Any
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, tuple]]:
        """(number as a spreadsheet counts, cells) of every row that is not empty; may be asked for again."""
        seen = 0
        for number, cells in self.source():
            if any(cell not in (None, "") for cell in cells):
                seen += 1
                if seen > MAX_ROWS + HEADER_WITHIN:
                    raise too_many_rows()
                yield number, cells


def too_many_rows() -> Refused:
    return Refused(
        _("This file has more than %(limit)s rows. Please split it into several files.") % {"limit": f"{MAX_ROWS:,}"}
    )


def sheets(name: str, content: bytes) -> list[Sheet]:
    """Refused, with a reason for whoever uploaded it, where this is no table that can be read."""
    if len(content) > MAX_BYTES:
        raise Refused(
            _("This file has %(size)s MB; at most %(limit)s MB can be imported.")
            % {"size": -(-len(content) // 1024**2), "limit": MAX_BYTES // 1024**2}
        )
    if not content.strip():
        raise Refused(_("This file is empty."))
    extension = PurePath(name).suffix.lower()
    if content.startswith(OLD_EXCEL):
        if ENCRYPTED in content:
            raise Refused(_("This file is protected by a password. Save it without one and retry."))
        raise Refused(_("This is a file of the old Excel format (.xls). Save it as .xlsx or .csv and retry."))
    if extension == ".xlsx" or content.startswith(b"PK\x03\x04"):
        return [
            Sheet(title, total, source, faults) for title, total, source, faults in workbook.sheets(extension, content)
        ]
    if extension in {".csv", ".txt", ".tsv"}:
        return [_csv(content)]
    raise Refused(_("Only .xlsx and .csv files can be imported."))


def _csv(content: bytes) -> Sheet:
    text = Text(content)
    delimiter = _delimiter(text)
    total = sum(1 for _row in _csv_rows(text, delimiter))
    return Sheet("", total, lambda: _csv_rows(text, delimiter))


class Text:
    """Decoded as it is read, because a large file would be in memory several times otherwise.

    UTF-8 with or without mark, UTF-16 with mark or recognisably without, otherwise what Windows writes in Germany.
    """

    def __init__(self, content: bytes):
        self.content, self.encoding = content, _utf_16(content[:2000])
        try:
            self._read_through(self.encoding or "utf-8-sig")
        except UnicodeDecodeError as error:
            if self.encoding:
                raise _no_text() from error
            # Latin-1 has control signs where Windows-1252 has quotes and dashes; the few gaps of the latter are none.
            self.encoding = "cp1252"
            self._read_through(self.encoding)
        else:
            self.encoding = self.encoding or "utf-8-sig"

    def stream(self) -> io.TextIOWrapper:
        return self._opened(self.encoding)

    def _opened(self, encoding: str) -> io.TextIOWrapper:
        errors = "ignore" if encoding == "cp1252" else "strict"
        return io.TextIOWrapper(io.BytesIO(self.content), encoding, errors, newline="")

    def _read_through(self, encoding: str) -> None:
        stream = self._opened(encoding)
        while part := stream.read(CHARACTERS):
            if "\x00" in part:
                raise _no_text()


def _utf_16(start: bytes) -> str | None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if len(start) > 3 and start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if len(start) > 3 and start[::2].count(0) > len(start) // 4:
        return "utf-16-be"
    return None


def _no_text() -> Refused:
    return Refused(_("This file is not plain text. Save it as .xlsx or as .csv in UTF-8 and retry."))


def _delimiter(text: Text) -> str:
    """What the first line with at least two cells is divided by; a first line `sep=;` says so itself."""
    lines = [*islice((line for line in text.stream() if line.strip()), HEADER_WITHIN * 2)]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in DELIMITERS:
        return lines[0][4:5]
    for line in lines:
        counts = {sign: line.count(sign) for sign in DELIMITERS}
        best = max(counts, key=counts.get)
        if counts[best]:
            return best
    return ";"


def _csv_rows(text: Text, delimiter: str) -> Iterator[tuple[int, tuple]]:
    """Numbered as a spreadsheet shows it: a cell of several lines is one row."""
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(text.stream(), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS + HEADER_WITHIN:
                raise too_many_rows()
            if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                raise workbook.too_many_columns(number)
            if number == 1 and cells and cells[0].lower().startswith("sep="):
                continue
            yield number, tuple(cells[:MAX_COLUMNS])
    except csv.Error as error:
        raise Refused(
            _("Row %(row)d cannot be read: check the quotation marks around its cells.") % {"row": number + 1}
        ) from error


def as_text(cell: Any) -> str:
    """A cell as somebody would write it down. Numbers without the fraction that spreadsheets add."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nein"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return f"{cell:%d.%m.%Y}" if cell.time() == time.min else f"{cell:%d.%m.%Y %H:%M}"
        case date():
            return f"{cell:%d.%m.%Y}"
        case time():
            return f"{cell:%H:%M}"
    return str(cell)
