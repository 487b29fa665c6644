"""Texts that nobody stands for yet: kept beside the translation, taken over or thrown away by whoever edits it."""

from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.models import DraftText


def keep(segment: StringSegment, locale_id: int, data: str, origin: str, user, tool_name: str = "") -> DraftText:
    """One per text: the last one counts."""
    draft, _created = DraftText.objects.update_or_create(
        string_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=locale_id,
        defaults={"data": data, "origin": origin, "created_by": user, "tool_name": tool_name[:255]},
    )
    return draft


@transaction.atomic
def accept(draft: DraftText, user) -> StringTranslation:
    """The draft becomes the translation; `user` stands for it from now on."""
    text, _created = StringTranslation.objects.update_or_create(
        translation_of_id=draft.string_id,
        context_id=draft.context_id,
        locale_id=draft.locale_id,
        defaults={
            "data": draft.data,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": draft.tool_name,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    draft.delete()
    return text


def translation_of(draft: DraftText) -> Translation | None:
    """The translation to which the draft belongs, if its text is still on the page."""
    translations = Translation.objects.filter(target_locale_id=draft.locale_id, enabled=True)
    return translations.filter(
        source__object_id=draft.context.object_id,
        source__stringsegment__string_id=draft.string_id,
        source__stringsegment__context_id=draft.context_id,
    ).first()
