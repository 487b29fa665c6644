"""Everything the editor shows of a translation, read in a fixed number of queries."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import groupby

from django.utils.safestring import SafeString
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)

from translations.editor import differences
from translations.editor.marks import Mark, marks, shown, to_text
from translations.editor.structure import Place, Structure, kind_name, kinds_in

ALIKE = 0.4


def version_of(data: str) -> str:
    """Names a stored text, so that a form can say which one it was loaded with."""
    return sha256(data.encode()).hexdigest()[:16] if data else ""


@dataclass
class Segment:
    """A text to translate, its German original, and what has been written for it."""

    row: StringSegment
    place: Place
    kind: str
    saved: StringTranslation | None
    earlier: StringTranslation | None = None
    number: int = 0
    typed: str | None = None
    problem: str = ""
    theirs: StringTranslation | None = None
    findings: list = field(default_factory=list)
    terms: list = field(default_factory=list)
    draft: object = None
    comments: list = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def source(self) -> str:
        return self.row.string.data

    @cached_property
    def german(self) -> str:
        return to_text(self.source)

    @property
    def data(self) -> str:
        return self.saved.data if self.saved else ""

    @property
    def text(self) -> str:
        """What stands in the field: what was typed and could not be saved, or what is stored."""
        return to_text(self.data) if self.typed is None else self.typed

    @property
    def version(self) -> str:
        return version_of(self.data)

    @property
    def is_done(self) -> bool:
        return bool(self.saved) and not self.saved.has_error

    @property
    def state(self) -> str:
        if self.is_done:
            return "machine" if self.is_machine else "done"
        return "outdated" if self.earlier else "open"

    @property
    def is_machine(self) -> bool:
        return bool(self.saved) and self.saved.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE

    @property
    def label(self) -> str:
        """What it is: a heading, a list item, a caption."""
        names = [*self.place.names]
        if not self.place.group.count("."):
            names.insert(0, self.place.label)
        if name := kind_name(self.kind) if self.place.is_rich or not names else "":
            names.append(name)
        return " · ".join(names)

    @property
    def where(self) -> str:
        """Label with the block in front, for lists."""
        return self.label if self.place.label in self.label else f"{self.place.label} · {self.label}"

    @cached_property
    def marks(self) -> list[Mark]:
        return marks(self.source) if self.place.is_rich else []

    @property
    def marks_with_addresses(self) -> list[tuple[Mark, str]]:
        attributes = json.loads(self.row.attrs or "{}")
        return [(mark, attributes.get(f"a{mark.name}", {}).get("href", "")) for mark in self.marks]

    def german_as_html(self) -> SafeString:
        return shown(self.source)

    @cached_property
    def earlier_german(self) -> str:
        return to_text(self.earlier.translation_of.data)

    def change_as_html(self) -> SafeString:
        return differences.drawn(differences.differences(self.earlier_german, self.german))

    def earlier_as_html(self) -> SafeString:
        return differences.with_changes_marked(to_text(self.earlier.data), self.earlier_german, self.german)

    @cached_property
    def adapted(self) -> str | None:
        """The earlier translation with the new numbers, where only numbers have changed."""
        return differences.with_changed_numbers(to_text(self.earlier.data), self.earlier_german, self.german)

    @property
    def starting_point(self) -> str:
        return self.adapted or to_text(self.earlier.data)


@dataclass
class Link:
    """An outside address in a rich text, which may be another one in this language."""

    row: OverridableSegment
    place: Place
    override: SegmentOverride | None
    typed: str | None = None
    problem: str = ""

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def german(self) -> str:
        return self.row.data

    @property
    def text(self) -> str:
        return self.stored if self.typed is None else self.typed

    @property
    def stored(self) -> str:
        return str(json.loads(self.override.data_json)) if self.override else ""

    @property
    def version(self) -> str:
        return version_of(self.stored)


@dataclass
class Group:
    """What belongs together: a block of the page, or a field with several texts."""

    place: Place
    segments: list[Segment]
    links: list[Link]

    @property
    def has_heading(self) -> bool:
        return "." in self.place.group or len(self.segments) > 1


class Sheet:
    """A translation with all its texts, in the order of the page."""

    def __init__(self, translation: Translation):
        self.translation = translation
        self.source = translation.source
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
            segments.append(Segment(row, place, kind, of_string.pop(row.string_id, None) or _same(segments, row)))
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
