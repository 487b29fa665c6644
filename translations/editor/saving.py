"""Storing what somebody typed: checked, refused with a reason, and never over the head of somebody else."""

import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from translations.editor.marks import BrokenMarks, cleaned, to_data, to_plain
from translations.editor.segments import Link, Segment, version_of
from translations.editor.sheet import Sheet
from translations.models import DraftText

LONGEST = 20_000
LONGEST_TITLE = 255
LONGEST_ADDRESS = 2000


class Refused(Exception):
    """Says why a text was not stored."""


@dataclass
class Changed(Exception):
    """Somebody else has stored another text meanwhile."""

    theirs: StringTranslation | SegmentOverride | None


def locked_sheet(translation: Translation) -> Sheet:
    """Two people saving at once wait for each other. Inside a transaction."""
    Translation.objects.select_for_update().get(pk=translation.pk)
    return Sheet(translation)


@transaction.atomic
def save_text(sheet: Sheet, segment: Segment, text: str, version: str, user) -> bool:
    """Whether anything was stored. `version` names the text that the form was loaded with."""
    data = _data(segment, text)
    if data == segment.data or version_of(data) == version:
        return False
    if version != segment.version:
        raise Changed(segment.saved)
    if data:
        segment.saved, _created = StringTranslation.objects.update_or_create(
            translation_of_id=segment.row.string_id,
            locale_id=sheet.translation.target_locale_id,
            context_id=segment.row.context_id,
            defaults={
                "data": data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": "",
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
        _name_draft(sheet, segment, data)
        _forget_unsure_text(segment.saved)
    elif segment.saved:
        segment.saved.delete()
        segment.saved = None
    return True


def _data(segment: Segment, text: str) -> str:
    if "\0" in text:
        raise Refused(_("The text contains characters that cannot be stored."))
    is_title = segment.row.context.path == "title"
    longest = LONGEST_TITLE if is_title else LONGEST
    if is_title:
        text = " ".join(text.splitlines())  # the field for it has room for several lines, a title has one
    try:
        data = to_data(text, segment.source, is_rich=segment.place.is_rich)
    except BrokenMarks as broken:
        raise Refused(str(broken)) from broken
    if len(data) > longest:
        raise Refused(_("The text is too long: at most %(limit)s characters fit.") % {"limit": longest})
    return data


def _name_draft(sheet: Sheet, segment: Segment, data: str) -> None:
    """wagtail-localize names the draft after the stored text, in which & is written &amp;."""
    if segment.row.context.path == "title" and "&" in data:
        pages = Page.objects.filter(
            translation_key=sheet.source.object_id, locale_id=sheet.translation.target_locale_id
        )
        pages.update(draft_title=to_plain(data))


def _forget_unsure_text(saved: StringTranslation) -> None:
    place = {"string_id": saved.translation_of_id, "context_id": saved.context_id, "locale_id": saved.locale_id}
    DraftText.objects.filter(**place).delete()


@transaction.atomic
def save_link(sheet: Sheet, link: Link, text: str, version: str, user) -> bool:
    """An empty address takes the German one."""
    address = cleaned(text)
    if address == link.stored or version_of(address) == version:
        return False
    check_address(address)
    if version != link.version:
        raise Changed(link.override)
    if address:
        link.override, _created = SegmentOverride.objects.update_or_create(
            locale_id=sheet.translation.target_locale_id,
            context_id=link.row.context_id,
            defaults={
                "data_json": json.dumps(address),
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
    else:
        link.override.delete()
        link.override = None
    return True


def check_address(address: str) -> None:
    """Web, mail and telephone; nothing else may become a link, least of all a script."""
    if not address:
        return
    scheme, _colon, rest = address.partition(":")
    try:
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError("")
        if scheme.lower() == "mailto":
            EmailValidator()(rest.partition("?")[0])
        elif scheme.lower() == "tel":
            if not rest or set(rest) - set("+0123456789-() "):
                raise ValidationError("")
        else:
            URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise Refused(_("This is not an address. It begins with https:// or with mailto:")) from error
