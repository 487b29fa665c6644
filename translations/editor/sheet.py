"""Everything the editor shows of a translation, read in a fixed number of queries."""

import json
from collections import defaultdict
from functools import cached_property
from itertools import groupby

from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)

from translations.editor import differences
from translations.editor.marks import to_text
from translations.editor.segments import Group, Link, Segment
from translations.editor.structure import Structure, kinds_in

ALIKE = 0.4


class Sheet:
    """A translation with all its texts, in the order of the page."""

    def __init__(self, translation: Translation):
        self.translation = translation
        self.source = translation.source
        self.language = translation.target_locale.language_code
        model = self.source.specific_content_type.model_class()
        self.structure = Structure(model, json.loads(self.source.content_json))
        self.segments = self._segments()
        self.links = self._links()

    @property
    def total(self) -> int:
        return len(self.segments)

    @property
    def done(self) -> int:
        return sum(segment.is_done for segment in self.segments)

    @property
    def open(self) -> list[Segment]:
        return [segment for segment in self.segments if not segment.is_done]

    @cached_property
    def groups(self) -> list[Group]:
        links = defaultdict(list)
        for link in self.links:
            links[link.place.group].append(link)
        grouped = [(key, list(texts)) for key, texts in groupby(self.segments, key=lambda s: s.place.group)]
        return [Group(texts[0].place, texts, links.pop(key, [])) for key, texts in grouped]

    def segment(self, pk: int) -> Segment | None:
        return next((segment for segment in self.segments if segment.pk == pk), None)

    def link(self, pk: int) -> Link | None:
        return next((link for link in self.links if link.pk == pk), None)

    def _segments(self) -> list[Segment]:
        rows = self.source.stringsegment_set.select_related("string", "context").order_by("order")
        by_context = defaultdict(list)
        for row in rows:
            by_context[row.context_id].append(row)
        kinds, texts = self._kinds(), self._texts()
        segments = []
        for context, members in by_context.items():
            segments += self._of_context(members, kinds.get(context, []), texts[context])
        segments.sort(key=lambda segment: (self.structure.order(segment.place), segment.row.order))
        for number, segment in enumerate(segments, 1):
            segment.number = number
        return segments

    def _of_context(self, rows: list, kinds: list[str], texts: list[StringTranslation]) -> list[Segment]:
        place = self.structure.place(rows[0].context.path)
        of_string = {text.translation_of_id: text for text in texts}
        segments = []
        for position, row in enumerate(rows):
            kind = kinds[position] if position < len(kinds) else place.kind
            saved = of_string.pop(row.string_id, None) or _same(segments, row)
            segments.append(Segment(row, place, kind, saved, self.language))
        _find_earlier([s for s in segments if not s.saved], list(of_string.values()))
        return segments

    def _kinds(self) -> dict[int, list[str]]:
        templates = TemplateSegment.objects.filter(source=self.source).select_related("template")
        return {row.context_id: kinds_in(row.template.template) for row in templates}

    def _texts(self) -> dict[int, list[StringTranslation]]:
        """All that was ever written for this page in this language, the newest first, by context."""
        rows = StringTranslation.objects.filter(
            context__object_id=self.source.object_id, locale_id=self.translation.target_locale_id
        )
        texts = defaultdict(list)
        for row in rows.select_related("translation_of", "last_translated_by").order_by("-updated_at", "-pk"):
            texts[row.context_id].append(row)
        return texts

    def _links(self) -> list[Link]:
        """Other synchronised values (pictures, pages) are facts and are not offered."""
        overrides = {
            override.context_id: override
            for override in SegmentOverride.objects.filter(
                context__object_id=self.source.object_id, locale_id=self.translation.target_locale_id
            )
        }
        rows = OverridableSegment.objects.filter(source=self.source).select_related("context").order_by("order")
        places = [(row, self.structure.place(row.context.path)) for row in rows if isinstance(row.data, str)]
        return [Link(row, place, overrides.get(row.context_id)) for row, place in places if place.is_rich]


def _same(segments: list[Segment], row: StringSegment) -> StringTranslation | None:
    """A sentence that occurs twice in one text is translated once."""
    return next((segment.saved for segment in segments if segment.row.string_id == row.string_id), None)


def _find_earlier(segments: list[Segment], texts: list[StringTranslation]) -> None:
    """Give each open text the translation of what stood there before the German text changed."""
    if len(segments) == 1 and not segments[0].place.is_rich:
        segments[0].earlier = texts[0] if texts else None
        return
    pairs = [
        (differences.similarity(segment.german, to_text(text.translation_of.data)), -number, segment, text)
        for segment in segments[:40]
        for number, text in enumerate(texts[:40])
    ]
    for ratio, _number, segment, text in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if ratio >= ALIKE and not segment.earlier and text in texts:
            segment.earlier = text
            texts.remove(text)
