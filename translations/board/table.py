"""The answer to a question: which rows there are, in which order, and what stands in their cells.

Everything is known of all rows before the first is shown, because states, urgency and demand decide which comes first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, Sum
from django.utils import timezone
from wagtail.models import Locale

from translations.board import scope
from translations.board.questions import DEMAND, PLACE, TITLE, Question, type_of
from translations.models import Assignment, Demand, Release
from translations.models.release import ReleaseItem
from translations.states import MISSING, Cell, State, cells_of

WANTED_FOR = timedelta(days=90)
LAST = date.max


@dataclass(slots=True)
class Row:
    """A German page or term."""

    pk: int
    key: UUID
    title: str
    place: str = ""
    url_path: str = ""
    is_live: bool = True
    type_id: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the board with all that is shown in it."""

    cell: Cell
    locale: Locale
    assignment: Assignment | None = None
    demand: int = 0
    release: datetime | None = None
    is_match: bool = False

    @property
    def is_open(self) -> bool:
        return self.cell.state != State.CURRENT


@dataclass
class Board:
    question: Question
    counts: Counter = field(default_factory=Counter)

    @cached_property
    def columns(self) -> list[Locale]:
        return self.question.columns

    @cached_property
    def candidates(self) -> list[Row]:
        return self._pages() if self.question.is_about_pages else self._terms()

    @cached_property
    def cells(self) -> dict[tuple[UUID, int], Cell]:
        keys = {row.key for row in self.candidates}
        return cells_of(self.question.model, keys, self.columns) if keys else {}

    @cached_property
    def demand(self) -> dict[tuple[UUID, int], int]:
        since = timezone.localdate() - WANTED_FOR
        rows = Demand.objects.filter(day__gte=since, locale__in=[locale.pk for locale in self.columns])
        summed = rows.values_list("translation_key", "locale_id").annotate(Sum("count"))
        return {(key, locale_id): count for key, locale_id, count in summed}

    @cached_property
    def releases(self) -> dict[tuple[UUID, int], datetime]:
        """When each is to go live together with others."""
        planned = ReleaseItem.objects.filter(release__state=Release.State.PLANNED, release__languages__isnull=False)
        rows = planned.order_by("-release__go_live_at")
        return {
            (key, locale_id): at
            for key, locale_id, at in rows.values_list(
                "translation_key", "release__languages__locale_id", "release__go_live_at"
            )
        }

    @cached_property
    def rows(self) -> list[Row]:
        """All that fit the question, in order; `counts` says how many cells are in which state."""
        found = []
        for row in self.candidates:
            matching = [locale for locale in self.columns if self._matches(row, locale)]
            if matching or not self.question.is_about_states:
                found.append(row)
                self.counts.update(self.cell(row, locale).state for locale in self.columns)
        return sorted(found, key=self._sort_key())

    def cell(self, row: Row, locale: Locale) -> Cell:
        return self.cells.get((row.key, locale.pk), MISSING)

    def assignment(self, row: Row, locale: Locale) -> Assignment | None:
        found = self.question.assignments.get((row.key, locale.pk))
        return found if found and found.holds_for(self.cell(row, locale)) else None

    def places(self, row: Row) -> list[Place]:
        return [
            Place(
                cell=self.cell(row, locale),
                locale=locale,
                assignment=self.assignment(row, locale),
                demand=self.demand.get((row.key, locale.pk), 0),
                release=self.releases.get((row.key, locale.pk)),
                is_match=self.question.is_about_states and self._matches(row, locale),
            )
            for locale in self.columns
        ]

    def fits(self, row: Row, locale: Locale) -> bool:
        """Whether just this cell is what was asked for."""
        return not self.question.is_about_states or self._matches(row, locale)

    def _matches(self, row: Row, locale: Locale) -> bool:
        question, cell = self.question, self.cell(row, locale)
        state, oldest = question.value("state"), question.oldest
        if state and cell.state != state:
            return False
        if oldest and not (cell.since and cell.since < oldest):
            return False
        return question.has_assignee(self.assignment(row, locale))

    def _sort_key(self):
        match self.question.sorted_by:
            case order if order == PLACE:
                return lambda row: (row.place, row.title)
            case order if order == TITLE:
                return lambda row: (row.title.casefold(), row.place)
            case order if order == DEMAND:
                return lambda row: (-self._wanted(row), row.place, row.title)
        return lambda row: (*self._urgency(row), row.place, row.title)

    def _wanted(self, row: Row) -> int:
        wanted = [(row.key, locale.pk) for locale in self.columns if self.cell(row, locale).state != State.CURRENT]
        return sum(self.demand.get(cell, 0) for cell in wanted)

    def _urgency(self, row: Row) -> tuple:
        """Of the most urgent cell: marked as urgent, then what is due first, then what is outdated for longest."""
        return min((self._urgency_of(row, locale) for locale in self.columns), default=(True, LAST, LAST))

    def _urgency_of(self, row: Row, locale: Locale) -> tuple:
        cell = self.cell(row, locale)
        if cell.state == State.CURRENT:
            return True, LAST, LAST
        assignment = self.assignment(row, locale)
        release = self.releases.get((row.key, locale.pk))
        dates = [timezone.localdate(release)] if release else []
        if assignment and assignment.due:
            dates.append(assignment.due)
        since = timezone.localdate(cell.since) if cell.since else LAST
        return not (assignment and assignment.is_urgent), min(dates, default=LAST), since

    def _pages(self) -> list[Row]:
        question, pages = self.question, scope.pages_seen_by(self.question.user)
        if place := question.places.get(question.value("section")):
            pages = pages.filter(path__startswith=place)
        if kind := question.value("page_type"):
            pages = pages.filter(content_type=ContentType.objects.get_for_model(type_of(kind)))
        if words := question.value("q"):
            pages = pages.filter(Q(title__icontains=words) | Q(draft_title__icontains=words))
        return [
            Row(pk, key, title if live else draft_title or title, path, url_path, live, type_id)
            for pk, key, title, draft_title, path, url_path, live, type_id in pages.values_list(
                "pk", "translation_key", "title", "draft_title", "path", "url_path", "live", "content_type_id"
            )
        ]

    def _terms(self) -> list[Row]:
        words = self.question.value("q").casefold()
        terms = scope.terms_seen_by(self.question.user, self.question.model)
        rows: Iterable[Row] = (Row(term.pk, term.translation_key, str(term)) for term in terms)
        return [row for row in rows if words in row.title.casefold()]
