"""The texts of a translation as the editor shows them."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from wagtail.admin.utils import get_user_display_name
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
)

from translations.editor import differences
from translations.editor.marks import Mark, marks, shown, to_text
from translations.editor.structure import Place, kind_name
from translations.glossary import Match, matches
from translations.models import DraftText


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
    language: str
    earlier: StringTranslation | None = None
    number: int = 0
    typed: str | None = None
    problem: str = ""
    theirs: StringTranslation | None = None
    was_saved: bool = False
    findings: list = field(default_factory=list)
    draft: DraftText | None = None
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
    def origin(self) -> str:
        """Whom the text is from: a person, a machine or a file, and when."""
        if not self.saved:
            return ""
        person = self.saved.last_translated_by
        names = [self.saved.tool_name, str(get_user_display_name(person)) if person else ""]
        return " · ".join([*filter(None, names), date_format(localtime(self.saved.updated_at), "SHORT_DATE_FORMAT")])

    @property
    def theirs_text(self) -> str:
        return to_text(self.theirs.data) if self.theirs else ""

    @property
    def draft_text(self) -> str:
        return to_text(self.draft.data) if self.draft else ""

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
        attributes = json.loads(self.row.attrs or "null") or {}
        return [(mark, attributes.get(f"a{mark.name}", {}).get("href", "")) for mark in self.marks]

    def german_as_html(self) -> SafeString:
        return shown(self.source, {self.source[term.start : term.end] for term in self.terms})

    @cached_property
    def terms(self) -> list[Match]:
        return matches(self.source, self.language)

    @property
    def rows(self) -> int:
        """How many lines the field begins with."""
        text = self.text or self.german
        return min(12, max(1, text.count("\n") + len(text) // 52 + 1))

    @property
    def wanted_terms(self) -> list[Match]:
        """One for each word that the glossary has a translation for."""
        return list({term.wanted: term for term in self.terms if term.wanted}.values())

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
    theirs: SegmentOverride | None = None
    was_saved: bool = False

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
