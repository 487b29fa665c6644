"""What of a release is ready, and what is missing: pages × languages in a fixed number of queries.

A language is ready for a page when its text is complete, without faults, and somebody responsible for the language
stands for it as it is: by having published it, or by having called it ready for this release.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.languages import SOURCE_LANGUAGE
from translations.editor.checks import check_translation
from translations.models import Release, ReleaseItem, ReleaseText
from translations.releases.german import German, german_of
from translations.releases.problems import Problem
from translations.rights import languages_of

Key = tuple[UUID, int]


@dataclass
class Cell:
    item: ReleaseItem
    title: str
    locale: Locale
    is_required: bool
    page: Page | None = None
    translation: Translation | None = None
    text: ReleaseText | None = None
    problem: Problem | None = None

    @property
    def is_ready(self) -> bool:
        return self.problem is None

    @property
    def went_live_at(self) -> datetime | None:
        return self.text.went_live_at if self.text else None

    @property
    def awaits_word(self) -> bool:
        """Complete, so that a lead may call it ready."""
        return bool(self.problem and self.problem.code in ("not ready", "changed"))

    @property
    def is_called_ready(self) -> bool:
        return bool(self.text and self.text.ready_at and self.is_ready)


@dataclass
class Row:
    german: German
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Readiness:
    release: Release
    languages: list
    rows: list[Row]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def german_problems(self) -> list[Problem]:
        found = [row.german.problem for row in self.rows if row.german.problem]
        return found if self.rows else [Problem("empty")]

    @property
    def problems(self) -> list[Problem]:
        """Everything that keeps the release from going live."""
        return self.german_problems + [cell.problem for cell in self.cells if cell.is_required and cell.problem]


def readiness(release: Release) -> Readiness:
    sources = german_of(release)
    languages = list(release.languages.select_related("locale").order_by("-is_required", "locale__language_code"))
    keys = [found.item.translation_key for found in sources]
    locales = [language.locale_id for language in languages]
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys, locale_id__in=locales, alias_of=None)
    }
    translations = _translations(keys, locales)
    texts = {(text.translation_key, text.locale_id): text for text in release.texts.select_related("ready_by").all()}
    leads = _Leads()
    rows = []
    for found in sources:
        row, item = Row(found), found.item
        for language in languages:
            place = item.translation_key, language.locale_id
            cell = Cell(item, row.german.title, language.locale, language.is_required)
            cell.page, cell.translation, cell.text = pages.get(place), translations.get(place), texts.get(place)
            if row.german.page:
                cell.problem = _problem(cell, leads)
            row.cells.append(cell)
        rows.append(row)
    return Readiness(release, languages, rows)


def _translations(keys: Iterable, locales: Iterable) -> dict[Key, Translation]:
    """With `missing`, and `written_at`: when the newest text that is on the page was written."""
    found = Translation.objects.filter(
        source__object_id__in=keys,
        source__locale__language_code=SOURCE_LANGUAGE,
        target_locale_id__in=locales,
        enabled=True,
    )
    segments = StringSegment.objects.filter(source_id=OuterRef("source_id")).annotate(
        target_locale_id=OuterRef("target_locale_id")
    )
    text = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("target_locale_id"),
        has_error=False,
    )
    missing = segments.filter(~Exists(text)).order_by().values("source_id").annotate(n=Count("pk")).values("n")
    written = segments.annotate(at=Subquery(text.values("updated_at")[:1])).order_by().values("source_id")
    found = found.annotate(
        missing=Coalesce(Subquery(missing), 0, output_field=IntegerField()),
        written_at=Subquery(written.annotate(latest=Max("at")).values("latest"), output_field=DateTimeField()),
    ).select_related("source", "source__specific_content_type", "target_locale")
    return {(translation.source.object_id, translation.target_locale_id): translation for translation in found}


def is_unchanged(cell: Cell) -> bool:
    """Whether the texts are those that the cell was made from."""
    place = cell.item.translation_key, cell.locale.pk
    now, before = _translations(place[:1], place[1:]).get(place), cell.translation
    return bool(now) and (now.missing, now.written_at) == (before.missing, before.written_at)


class _Leads:
    """Whether somebody may still publish in a language, asked once for each."""

    def __init__(self):
        self.known: dict[int, set[str]] = {}

    def include(self, user, language: str) -> bool:
        if user is None:
            return False
        if user.pk not in self.known:
            self.known[user.pk] = languages_of(user, "publish")
        return language in self.known[user.pk]


def _problem(cell: Cell, leads: _Leads) -> Problem | None:
    found = _fault(cell, leads)
    if found is None:
        return None
    code, details = found
    return Problem(code, cell.title, cell.locale.language_code, details)


def _fault(cell: Cell, leads: _Leads) -> tuple[str, dict] | None:
    translation, page = cell.translation, cell.page
    if page is None or (translation is None and not page.latest_revision_id):
        return "not requested", {}
    if page.locked:
        return "locked", {}
    if translation and translation.missing:
        return "missing", {"count": translation.missing}
    written_at = translation.written_at if translation else page.latest_revision_created_at
    if not _is_vouched_for(cell, written_at, leads):
        return ("changed" if cell.text and cell.text.ready_at else "not ready"), {}
    if translation:
        for finding in check_translation(translation):
            if finding.is_error:
                return "check", {"place": finding.place, "text": finding.message}
    return None


def _is_vouched_for(cell: Cell, written_at: datetime | None, leads: _Leads) -> bool:
    page, text = cell.page, cell.text
    if page.live and page.last_published_at and (written_at is None or written_at <= page.last_published_at):
        return True
    if not text or not text.ready_at or not leads.include(text.ready_by, cell.locale.language_code):
        return False
    return written_at is None or written_at <= text.ready_at
