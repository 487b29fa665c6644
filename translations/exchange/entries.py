"""What the formats have in common: files hold parts (one page in one language), parts hold entries (one text)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.models import DraftText


class RefusedFile(Exception):
    """Says to the translator what is wrong with the file."""


@dataclass(frozen=True)
class Entry:
    """One text as a file has it. Texts are in wagtail-localize's HTML: inline tags without attributes."""

    number: int
    source: str
    target: str = ""
    context: str = ""
    key: str = ""  # where the format keeps ids: that of the text it was made from
    unsure: bool = False
    broken: str = ""  # why the tags of `target` could not be read
    left_out: str = ""  # an outcome that follows from the file alone

    as_dict = asdict


@dataclass
class Part:
    uuid: UUID | None
    entries: list[Entry] = field(default_factory=list)
    made_at: datetime | None = None
    tool: str = ""


@dataclass(frozen=True)
class Text:
    """One text that is on the page now."""

    segment: StringSegment
    translation: StringTranslation | None
    draft: DraftText | None

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def path(self) -> str:
        return self.segment.context.path

    @property
    def key(self) -> str:
        """The same for the same words at the same place, in every database."""
        return f"u{self.segment.string.data_hash.hex}-{self.segment.context.path_id.hex}"

    @property
    def target(self) -> str:
        return self.translation.data if self.translation else ""


def texts_of(translations: Iterable[Translation]) -> dict[int, list[Text]]:
    """The texts of translations into one language, by id of the translation, in three queries."""
    translations = list(translations)
    if not translations:
        return {}
    locale, sources = translations[0].target_locale_id, {t.source_id: t.pk for t in translations}
    objects = {t.source.object_id for t in translations}
    written = {
        (text.translation_of_id, text.context_id): text
        for text in StringTranslation.objects.filter(locale_id=locale, context__object_id__in=objects)
    }
    drafts = {
        (draft.string_id, draft.context_id): draft
        for draft in DraftText.objects.filter(locale_id=locale, context__object_id__in=objects)
    }
    texts: dict[int, dict] = {pk: {} for pk in sources.values()}
    segments = StringSegment.objects.filter(source_id__in=sources).select_related("string", "context")
    for segment in segments.order_by("source_id", "order"):
        place = segment.string_id, segment.context_id
        # The same sentence twice in one text is one translation.
        texts[sources[segment.source_id]].setdefault(place, Text(segment, written.get(place), drafts.get(place)))
    return {pk: list(found.values()) for pk, found in texts.items()}
