"""What waits for somebody: their own, what is everybody's in their languages, and what their word is needed for.

Nothing is ticked off. What is up to date, or has left the site, is no longer in anybody's inbox.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Locale

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE, direction
from translations.assigning import assignments
from translations.inbox import standing
from translations.inbox.standing import Standing
from translations.models import Assignment
from translations.rights import languages_of

FAR = date.max


@dataclass
class Task(Standing):
    """One page or term in one language, as far as it is, and with whom."""

    assignment: Assignment | None = None

    @classmethod
    def of(cls, found: Standing, assignment: Assignment | None) -> "Task":
        return cls(found.cell, found.source, found.now, assignment)

    @property
    def due(self) -> date | None:
        return self.assignment.due if self.assignment else None

    @property
    def is_urgent(self) -> bool:
        return bool(self.assignment and self.assignment.is_urgent)

    @property
    def is_overdue(self) -> bool:
        return bool(self.assignment and self.assignment.is_overdue)

    @property
    def person(self):
        return self.assignment.person if self.assignment else None

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def identity(self) -> str:
        """The cell, as forms name it."""
        return f"{self.cell[0]}:{self.cell[1]}"

    @property
    def address(self) -> str:
        """Where the work is done: the editor, or the form that begins it."""
        if self.is_page and self.now.target_pk:
            return reverse("wagtailadmin_pages:edit", args=[self.now.target_pk])
        if self.now.translation_pk:
            return reverse("translations:open_text", args=[self.now.translation_pk])
        return self._begin

    @property
    def _begin(self) -> str:
        if self.language == EASY_LANGUAGE:
            return reverse("translations:easy_create", args=[self.source.pk])
        if self.is_page:
            form = reverse("wagtail_localize:submit_page_translation", args=[self.source.pk])
        else:
            meta = self.source._meta
            arguments = [meta.app_label, meta.model_name, self.source.pk]
            form = reverse("wagtail_localize:submit_snippet_translation", args=arguments)
        return f"{form}?select_locale={self.language}"

    @property
    def german_address(self) -> str:
        """Where editors look after the text that is translated."""
        return reverse("wagtailadmin_pages:edit", args=[self.source.pk]) if self.is_page else self.address

    @property
    def assign_address(self) -> str:
        return f"{reverse('translations:assign')}?cell={self.identity}"

    @property
    def order(self) -> tuple:
        """Overdue first, then urgent, then by date; within that the oldest. What is handed in comes last."""
        first = self.now.since or (self.assignment.created_at if self.assignment else None)
        return (
            self.now.in_review,
            not self.is_overdue,
            not self.is_urgent,
            self.due or FAR,
            first.timestamp() if first else float("inf"),
            self.title,
        )


def mine(user) -> list[Task]:
    """Given to the user, or taken."""
    return _open(Assignment.objects.filter(person=user, locale__in=locales_of(user)))


def everybodys(user) -> list[Task]:
    """In the user's languages, and nobody's own: given to a group or to nobody, or begun and not even assigned."""
    locales = [*locales_of(user)]
    rows = {row.cell: row for row in Assignment.objects.filter(locale__in=locales).select_related("person", "group")}
    found = standing.begun(locales)
    found |= standing.standings(rows.keys() - found.keys())
    mine_too = _groups_seen_by(user)
    return _sorted(
        Task.of(each, _still(rows.get(cell), each))
        for cell, each in found.items()
        if not each.is_done and not each.now.in_review and _is_shared(_still(rows.get(cell), each), mine_too)
    )


def _groups_seen_by(user) -> set[int] | None:
    """None stands for all: leads and administrators see what is with any group."""
    return None if languages_of(user, "publish") else {*user.groups.values_list("pk", flat=True)}


def _is_shared(row: Assignment | None, groups: set[int] | None) -> bool:
    if row is None:
        return True
    return row.person_id is None and (row.group_id is None or groups is None or row.group_id in groups)


def group_work(user) -> list[Task]:
    """Of what is everybody's, what somebody has asked for."""
    groups = Q(group=None) | Q(group__in=user.groups.all())
    return _open(Assignment.objects.filter(groups, person=None, locale__in=locales_of(user)))


def asked_for(user) -> list[Task]:
    """What the user has asked for and is not there yet."""
    return _open(Assignment.objects.filter(requested_by=user).exclude(person=user))


def given_back(user) -> list[Task]:
    """What came back to the user, and nobody else has taken."""
    rows = Assignment.objects.filter(requested_by=user, person=None).exclude(returned_at=None)
    return _open(rows.select_related("returned_by"))


def for_review(user) -> list[Task]:
    """Translations that wait for the user's word: handed in for review, or complete and never published."""
    languages = languages_of(user, "publish") - {SOURCE_LANGUAGE}
    found = standing.begun(Locale.objects.filter(language_code__in=languages))
    waiting = {cell: each for cell, each in found.items() if each.waits_for_release}
    rows = assignments(waiting)
    return _sorted(Task.of(each, rows.get(cell)) for cell, each in waiting.items())


def locales_of(user) -> QuerySet[Locale]:
    """Languages the user translates into, or writes Leichte Sprache."""
    return Locale.objects.filter(language_code__in=languages_of(user) - {SOURCE_LANGUAGE})


def _open(rows: QuerySet[Assignment]) -> list[Task]:
    rows = {row.cell: row for row in rows.select_related("person", "group", "requested_by")}
    found = standing.standings(rows) if rows else {}
    return _sorted(
        Task.of(each, rows[cell]) for cell, each in found.items() if not each.is_done and _still(rows[cell], each)
    )


def _still(row: Assignment | None, found: Standing) -> Assignment | None:
    return row if row and row.holds_for(found.now) else None


def _sorted(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: task.order)
