"""PO files in the shape wagtail-localize gives them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import polib
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.exchange.entries import Entry, Part, RefusedFile, Text
from translations.exchange.outcomes import Outcome

HEADER = "X-WagtailLocalize-TranslationID"
MADE_AT = "POT-Creation-Date"


def write(translation: Translation, texts: Iterable[Text]) -> bytes:
    po = polib.POFile(wrapwidth=200)
    po.metadata = {
        "Project-Id-Version": translation.source.object_repr.replace("\n", " "),
        MADE_AT: timezone.now().isoformat(" ", "seconds"),
        "Language": translation.target_locale.language_code.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        HEADER: str(translation.uuid),
    }
    for text in texts:
        unsure = not text.target and text.draft
        entry = polib.POEntry(msgid=text.source, msgctxt=text.path, msgstr=text.draft.data if unsure else text.target)
        if unsure:
            entry.flags.append("fuzzy")
        po.append(entry)
    for old in _obsolete(translation):
        po.append(
            polib.POEntry(msgid=old.translation_of.data, msgctxt=old.context.path, msgstr=old.data or "", obsolete=True)
        )
    return str(po).encode()


def _obsolete(translation: Translation):
    """What was translated before and has left the page, for reference."""
    present = StringSegment.objects.filter(source=translation.source).values("string_id")
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    )
    return texts.exclude(translation_of_id__in=present).select_related("translation_of", "context").order_by("pk")


def parse(text: str) -> Part:
    try:
        # polib takes a text without line break for the name of a file on the server.
        po = polib.pofile("#\n" + text)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise RefusedFile(_("This is not a PO file, or it is damaged.")) from error
    return Part(
        uuid=_uuid(po.metadata),
        entries=[_entry(number, entry) for number, entry in enumerate(po, start=1)],
        made_at=_made_at(po.metadata.get(MADE_AT, "")),
        tool=po.metadata.get("X-Generator", "") or _("PO file"),
    )


def _uuid(metadata: dict) -> UUID:
    if not metadata.get(HEADER):
        raise RefusedFile(
            _("The file lacks the header %(header)s. Download the file here and translate that one.")
            % {"header": HEADER}
        )
    try:
        return UUID(metadata[HEADER].strip())
    except ValueError as error:
        raise RefusedFile(_("The file belongs to another page or another language.")) from error


def _made_at(value: str) -> datetime | None:
    try:
        made_at = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return made_at if made_at.tzinfo else None


def _entry(number: int, entry: polib.POEntry) -> Entry:
    left_out = ""
    if entry.obsolete:
        left_out = Outcome.OBSOLETE
    elif entry.msgid_plural:
        left_out = Outcome.PLURAL
    return Entry(
        number=number,
        source=entry.msgid,
        target=entry.msgstr or next(iter(entry.msgstr_plural.values()), ""),
        context=entry.msgctxt or "",
        unsure=entry.fuzzy,
        left_out=left_out,
    )
