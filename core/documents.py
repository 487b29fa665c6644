"""Downloads are what their name says, or they are refused: a web page named .pdf, a zip bomb, a macro."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024  # a small part may well be packed tightly
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
OFFICE = {"docx": WORD, "xlsx": SHEET, "pptx": SLIDES}
OPEN_DOCUMENT = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
MARKUP = re.compile(
    rb"\s*<(!doctype|!--|\?|/?(html|head|body|title|script|style|svg|iframe|object|embed|img|link|meta|form|a|p|div"
    rb"|table|h1|br|b|font)[\s>/])",
    re.IGNORECASE,
)
MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^(basic|scripts)/", re.IGNORECASE)
# What a cut-up or changed archive makes zipfile raise.
DAMAGES = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, KeyError)


class CheckedDocumentForm(BaseDocumentForm):
    """Base of all forms that take documents: single upload, multiple upload, chooser, replacing a file."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check(file.name, file)
        return file


def check(name: str, file) -> None:
    """ValidationError unless the content of `file` is what the extension in `name` promises."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    try:
        file.seek(0)
        CHECKS.get(extension, _refuse)(extension, file)
    except DAMAGES as error:
        raise ValidationError(_not_what_it_says(extension)) from error
    finally:
        file.seek(0)


def _not_what_it_says(extension: str) -> str:
    return _("The content of this file is not that of a .%(extension)s file. Export it again and retry.") % {
        "extension": extension
    }


def _refuse(extension: str, file=None) -> None:
    raise ValidationError(_not_what_it_says(extension), code="wrong_content")


def _check_pdf(extension: str, file) -> None:
    if file.read(5) != b"%PDF-":
        _refuse(extension)


def _check_text(extension: str, file) -> None:
    start = file.read(4096)
    if MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        _refuse(extension)
    if extension == "ics" and not start.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        _refuse(extension)
    file.seek(0)
    if any(b"\x00" in chunk for chunk in iter(lambda: file.read(64 * 1024), b"")):
        raise ValidationError(
            _("This file is not plain text. Save it as text in UTF-8 encoding and retry."), code="not_text"
        )


def _check_office(extension: str, file) -> None:
    with _open_archive(extension, file) as archive:
        types = archive.read("[Content_Types].xml")
        if f'"{OFFICE[extension]}"'.encode() not in types.replace(b"'", b'"') or b"macroEnabled" in types:
            _refuse(extension)
        _check_parts(archive)


def _check_open_document(extension: str, file) -> None:
    with _open_archive(extension, file) as archive:
        if (
            archive.read("mimetype").strip()
            != f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[extension]}".encode()
        ):
            _refuse(extension)
        _check_parts(archive)


def _open_archive(extension: str, file) -> zipfile.ZipFile:
    """The archive, once its list of contents has been found harmless; nothing has been unpacked yet."""
    if file.read(4) != b"PK\x03\x04":
        _refuse(extension)
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        _refuse_because(_("it has %(count)d parts; %(limit)d are allowed"), count=len(entries), limit=MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        size, limit = filesizeformat(unpacked), filesizeformat(MAX_UNPACKED)
        _refuse_because(_("unpacked it has %(size)s; %(limit)s are allowed"), size=size, limit=limit)
    for entry in entries:
        _check_entry(entry)
    return archive


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        _refuse_because(_("a part of it is packed more than %(limit)d times smaller than it is"), limit=MAX_RATIO)
    if entry.flag_bits & 0x1:
        _refuse_because(_("it is protected by a password"))
    if MACROS.search(entry.filename):
        _refuse_because(_("it contains macros; save it without them"))
    if entry.filename.startswith(("/", "\\")) or ".." in PurePath(entry.filename.replace("\\", "/")).parts:
        _refuse_because(_("its parts have forbidden names"))


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Every part must unpack to the size and checksum it announces."""
    if damaged := archive.testzip():
        raise zipfile.BadZipFile(damaged)


def _refuse_because(reason: str, **details) -> None:
    reason = reason % details if details else reason
    raise ValidationError(_("This file was refused: %(reason)s.") % {"reason": reason}, code="dangerous_content")


CHECKS: dict[str, Callable[[str, io.IOBase], None]] = {
    "pdf": _check_pdf,
    **dict.fromkeys(["csv", "ics", "txt"], _check_text),
    **dict.fromkeys(OFFICE, _check_office),
    **dict.fromkeys(OPEN_DOCUMENT, _check_open_document),
}
