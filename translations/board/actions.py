"""What can be done with many cells at once. Each says beforehand how much of the selection it would do.

The plan leaves out what is plainly not possible; each step then asks for the exact rights of its page and language again.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale

from core.languages import EASY_LANGUAGE
from translations import assigning, jobs
from translations.board import work
from translations.board.forms import AssignForm, DueForm
from translations.board.questions import name_of
from translations.board.selection import Selection
from translations.board.table import Row
from translations.machine.providers import available
from translations.models import Job
from translations.rights import SUBMIT, languages_of
from translations.states import Cell, State

UP_TO_DATE = gettext_lazy("There is nothing to do: it is up to date.")
ACTIONS: dict[str, type["Action"]] = {}


@dataclass
class Plan:
    """Items of the job, and how many of the selection are left out for which reason."""

    items: list[dict] = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)


class Action:
    name: str
    label: str
    form_class: type[forms.Form] = forms.Form
    do_not_call_in_templates = True  # the list of actions holds classes

    def __init_subclass__(cls):
        ACTIONS[cls.name] = cls

    def __init__(self, selection: Selection, user):
        self.selection, self.user, self.done = selection, user, 0

    @staticmethod
    def is_offered_to(user) -> bool:
        return user.has_perm(SUBMIT)

    @cached_property
    def plan(self) -> Plan:
        plan = Plan()
        for row, locale, cell in self.selection.cells:
            if reason := self.refusal(row, locale, cell):
                plan.left_out[str(reason)] += 1
            else:
                plan.items.append(self.item(row, locale, cell))
        return plan

    def refusal(self, row: Row, locale: Locale, cell: Cell) -> str | None:
        raise NotImplementedError

    def item(self, row: Row, locale: Locale, cell: Cell) -> dict:
        model = self.selection.question.model
        return work.item(model, row.key, row.title, locale, translation=cell.translation_pk)

    def form(self, data=None) -> forms.Form:
        return self.form_class(data)

    def perform(self, values: dict) -> Job | None:
        return jobs.start(self.name, [item | self.details(values) for item in self.plan.items], self.user, self.title)

    def details(self, values: dict) -> dict:
        return {}

    @property
    def title(self) -> str:
        names = ", ".join(name_of(locale) for locale in self.selection.locales)
        return f"{self.label}: {names}"


class RequestAction(Action):
    name, label = "request", gettext_lazy("Request translation")

    def refusal(self, row, locale, cell):
        language = locale.language_code
        if cell.state != State.MISSING:
            return _("A translation is there already.")
        if language == EASY_LANGUAGE and not self.selection.question.is_about_pages:
            return _("Leichte Sprache has texts for pages only.")
        if language not in languages_of(self.user) | languages_of(self.user, "add"):
            return _("You do not work in this language.")
        return None


class DueAction(Action):
    name, label, form_class = "due", gettext_lazy("Set a due date"), DueForm

    @cached_property
    def allowed(self) -> set:
        return assigning.assignable(self.user, {(row.key, locale.pk) for row, locale, _cell in self.selection.cells})

    def refusal(self, row, locale, cell):
        if cell.state == State.CURRENT:
            return UP_TO_DATE
        return None if (row.key, locale.pk) in self.allowed else _("You may not assign this.")

    def perform(self, values):
        """In one step, so that whoever gets many urgent ones is told in one mail."""
        cells = [[item["key"], item["locale"]] for item in self.plan.items]
        return jobs.start(
            self.name, [{"title": self.title, "cells": cells, **self.details(values)}], self.user, self.title
        )

    def details(self, values):
        return {"due": values["due"].isoformat() if values["due"] else None, "urgent": values["urgent"]}


class AssignAction(DueAction):
    name, label = "assign", gettext_lazy("Assign")

    def form(self, data=None):
        return AssignForm(data, locales=self.selection.locales)

    def perform(self, values):
        """At once, so that whoever gets many urgent ones is told in one mail."""
        chosen = {locale.pk for locale in self.selection.locales if is_of(values, locale)}
        cells = [(UUID(item["key"]), item["locale"]) for item in self.plan.items if item["locale"] in chosen]
        self.done = len(assigning.assign(cells, **values, by=self.user))

    def message(self):
        return ngettext("%(count)s text has been assigned.", "%(count)s texts have been assigned.", self.done) % {
            "count": self.done
        }


def is_of(values: dict, locale: Locale) -> bool:
    """Whoever works in one of the chosen languages gets the texts in that one."""
    if person := values["person"]:
        return assigning.people_of(locale.pk).filter(pk=person.pk).exists()
    if group := values["group"]:
        return assigning.groups_of(locale.pk).filter(pk=group.pk).exists()
    return True


class PublishAction(Action):
    name, label = "publish", gettext_lazy("Publish what is ready")

    @staticmethod
    def is_offered_to(user) -> bool:
        return bool(languages_of(user, "publish"))

    def refusal(self, row, locale, cell):
        if locale.language_code not in languages_of(self.user, "publish"):
            return _("You do not publish in this language.")
        if cell.translation_pk is None:
            return _("There is no translation to publish.")
        if cell.missing:
            return _("Texts are missing.")
        return UP_TO_DATE if cell.state == State.CURRENT else None


class MachineAction(Action):
    name, label = "machine", gettext_lazy("Have a machine draft it")

    @staticmethod
    def is_offered_to(user) -> bool:
        return any(available(language) for language in languages_of(user) | languages_of(user, "add"))

    def refusal(self, row, locale, cell):
        if not available(locale.language_code):
            return _("No machine is set up for this language.")
        if cell.translation_pk is None:
            return _("Request the translation first.")
        return None if cell.missing else _("No text is missing.")


def offered_to(user) -> list[type[Action]]:
    return [action for action in ACTIONS.values() if action.is_offered_to(user)]
