"""Fills the texts of one translation that nobody has written yet. Nothing a person wrote is ever replaced."""

import time
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.glossary import visible
from translations.machine import budget
from translations.machine.failures import Broken
from translations.machine.providers import Provider
from translations.machine.shielding import shield, unshield
from translations.machine.verifying import verified

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
MOST_TEXTS = 40
MOST_CHARACTERS = 20_000
SECONDS = 40  # after which no further request is begun, so that a job is not taken for abandoned
SHOWN = 60  # characters of a text that is named in a problem


def open_segments(translation: Translation, provider: Provider) -> list[StringSegment]:
    """Those without a text, and those with a machine's text that is faulty or another machine's."""
    segments = StringSegment.objects.filter(source=translation.source_id).select_related("string", "context")
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    present = {(text.translation_of_id, text.context_id): text for text in texts}
    return [
        segment
        for segment in segments.order_by("order", "pk")
        if _may_replace(present.get((segment.string_id, segment.context_id)), provider)
    ]


def _may_replace(text: StringTranslation | None, provider: Provider) -> bool:
    return text is None or (text.translation_type == MACHINE and (text.has_error or text.tool_name != provider.label))


def chunks(segments: list[StringSegment]) -> Iterator[list[StringSegment]]:
    chunk, size = [], 0
    for segment in segments:
        length = len(segment.string.data)
        if chunk and (len(chunk) == MOST_TEXTS or size + length > MOST_CHARACTERS):
            yield chunk
            chunk, size = [], 0
        chunk.append(segment)
        size += length
    if chunk:
        yield chunk


def fill(translation: Translation, provider: Provider, user) -> Iterator[str]:
    """Yields what went wrong, text by text. Raises a Failure where nothing more can be done for now."""
    began = time.monotonic()
    for chunk in chunks(open_segments(translation, provider)):
        if time.monotonic() - began > SECONDS:
            yield _("There is more to translate here than fits into one go. Start it once more.")
            return
        yield from _fill_chunk(chunk, translation, provider, user)


def _fill_chunk(chunk: list[StringSegment], translation: Translation, provider: Provider, user) -> Iterator[str]:
    language = translation.target_locale.language_code
    wordless = [segment for segment in chunk if not any(letter.isalpha() for letter in visible(segment.string.data))]
    for segment in wordless:
        _store(segment, segment.string.data, translation, provider, user)
    sources = {segment.string_id: segment.string.data for segment in chunk if segment not in wordless}
    answers = _ask(list(sources.values()), language, provider) if sources else []
    shown = dict(zip(sources, answers, strict=True))
    for segment in chunk:
        if segment.string_id not in shown:
            continue
        source, (shielded, answer) = segment.string.data, shown[segment.string_id]
        try:
            text = verified(source, unshield(answer, shielded, provider), language, limit(translation, segment))
        except Broken as broken:
            yield f"“{visible(source)[:SHOWN]}”: {broken}"
        else:
            _store(segment, text, translation, provider, user)


def _ask(sources: list[str], language: str, provider: Provider) -> list[tuple]:
    """Outside of any transaction. Words are given back only where the service has not translated them."""
    shielded = [shield(source, language, provider) for source in sources]
    words = budget.words(sources)
    use = budget.reserve(language, provider.label, words)
    try:
        answers = provider.translate([piece.html for piece in shielded], language)
    except Exception:
        budget.give_back(use, words)
        raise
    return list(zip(shielded, answers, strict=True))


def limit(translation: Translation, segment: StringSegment) -> int | None:
    """How many characters fit into the field, where the text fills a field of its own."""
    model = translation.source.specific_content_type.model_class()
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return getattr(fields.get(segment.context.path), "max_length", None)


@transaction.atomic
def _store(segment: StringSegment, text: str, translation: Translation, provider: Provider, user) -> None:
    """Unless a person has written something there meanwhile."""
    values = {
        "data": text,
        "translation_type": MACHINE,
        "tool_name": provider.label,
        "last_translated_by": user,
        "has_error": False,
        "field_error": "",
    }
    stored, created = StringTranslation.objects.select_for_update().get_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults=values,
    )
    if not created and _may_replace(stored, provider):
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save()
