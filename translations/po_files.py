"""Reading a PO file that somebody sent: every fault gets a sentence, none an error page."""

from dataclasses import dataclass

import polib
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

HEADER = "X-WagtailLocalize-TranslationID"
MEGABYTES = 10


class RefusedFile(Exception):
    """Says to the translator what is wrong with the file."""


@dataclass(frozen=True)
class Imported:
    texts: int
    unsure: int
    unknown: int


def read(file: UploadedFile | None) -> polib.POFile:
    if file is None:
        raise RefusedFile(_("Choose a PO file first."))
    if file.size > MEGABYTES * 1024 * 1024:
        raise RefusedFile(_("The file is larger than %(size)s MB.") % {"size": MEGABYTES})
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFile(_("The file is not encoded in UTF-8. Save it as UTF-8 and try again.")) from error
    if "\0" in text:
        raise RefusedFile(_("This is not a PO file."))
    try:
        # polib takes a text without line break for the name of a file on the server.
        return polib.pofile("#\n" + text)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise RefusedFile(_("This is not a PO file, or it is damaged.")) from error


def check(po: polib.POFile, translation: Translation) -> None:
    ours = po.metadata.get(HEADER)
    if not ours:
        raise RefusedFile(
            _("The file lacks the header %(header)s. Download the file here and translate that one.")
            % {"header": HEADER}
        )
    if ours != str(translation.uuid):
        raise RefusedFile(_("The file belongs to another page or another language."))


def import_file(file: UploadedFile | None, translation: Translation, user) -> Imported:
    """Take over every translated text; those marked as unsure (fuzzy) stay out."""
    po = read(file)
    check(po, translation)
    unsure = [entry for entry in po if entry.fuzzy]
    for entry in unsure:
        po.remove(entry)
    try:
        with transaction.atomic():
            unknown = translation.import_po(po, user=user, tool_name=_("PO file"))
    except (DatabaseError, ValueError) as error:
        raise RefusedFile(_("A text in the file does not fit its field. Nothing was taken over.")) from error
    texts = sum(bool(entry.msgstr) for entry in po) - len(unknown)
    return Imported(texts=max(texts, 0), unsure=len(unsure), unknown=len(unknown))
