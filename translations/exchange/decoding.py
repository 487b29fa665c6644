"""From the bytes somebody sent to text: every fault gets a sentence."""

import codecs
import re

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from translations.exchange.entries import RefusedFile

MEGABYTES = 10
MARKS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
DECLARED = re.compile(rb"""(?:encoding\s*=\s*["']|charset=)([A-Za-z0-9._-]{1,40})""")
# Python knows "encodings" that are none, such as zip.
KNOWN = re.compile(r"(us-)?ascii|utf-?(8|16)|iso[-_]?8859-\d{1,2}|latin-?\d|(windows-|cp)125\d|koi8-[ru]", re.I)
ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


def read(files: list[UploadedFile]) -> list[str]:
    if not files:
        raise RefusedFile(_("Choose a PO or XLIFF file first."))
    if sum(file.size for file in files) > MEGABYTES * 1024 * 1024:
        raise RefusedFile(_("The file is larger than %(size)s MB.") % {"size": MEGABYTES})
    return [decode(file.read()) for file in files]


def decode(raw: bytes) -> str:
    if raw.startswith(ARCHIVES):
        raise RefusedFile(_("Archives are not taken. Unpack it and send the files, several at once if you like."))
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise RefusedFile(_("The file is empty."))
    if "\0" in text:
        raise RefusedFile(_("This is neither a PO nor an XLIFF file."))
    return text


def _decoded(raw: bytes) -> str:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strict(raw.removeprefix(mark), encoding)
    if raw[1:2] == b"\0":
        return _strict(raw, "utf-16-le")
    if raw[:1] == b"\0":
        return _strict(raw, "utf-16-be")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _strict(raw, _declared(raw))


def _declared(raw: bytes) -> str:
    found = DECLARED.search(raw[:4000])
    name = found.group(1).decode() if found else ""
    if not KNOWN.fullmatch(name):
        raise RefusedFile(_("The file is not encoded in UTF-8. Save it as UTF-8 and try again."))
    return name


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise RefusedFile(
            _("The file says that it is encoded in %(encoding)s, but it is not. Save it as UTF-8 and try again.")
            % {"encoding": encoding}
        ) from error
