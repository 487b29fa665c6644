"""What the board is asked, as it stands in the address. What cannot be used is ignored."""

from datetime import timedelta

from django import forms
from django.apps import apps
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.models import Locale, Page, TranslatableMixin, get_page_models

from core.languages import LANGUAGE_NAMES
from translations.board import scope
from translations.models import Assignment
from translations.states import State

PAGES = "pages"
URGENCY, DEMAND, PLACE, TITLE = "urgency", "demand", "place", "title"
ORDERS = [
    (URGENCY, _("Most urgent first")),
    (DEMAND, _("Most wanted by readers first")),
    (PLACE, _("As on the site")),
    (TITLE, _("By title")),
]
AGES = [(days, ngettext_lazy("more than %(days)s day", "more than %(days)s days", "days")) for days in (7, 30, 90, 180)]
MINE, NOBODY = "me", "nobody"
SECTION_DEPTH = 3


class Question(forms.Form):
    """`self.value("state")` is what was asked for, or an empty text."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("What"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    page_type = forms.ChoiceField(label=_("Type"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *State.choices])
    age = forms.ChoiceField(label=_("Outdated"), required=False)
    assignee = forms.ChoiceField(label=_("Assigned to"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    def __init__(self, data: QueryDict, user):
        self.user = user
        self.locales = scope.locales_seen_by(user)
        self.kinds = scope.kinds_seen_by(user)
        self.assignments = {
            row.cell: row for row in Assignment.objects.select_related("person", "group") if row.locale_id in self._ids
        }
        super().__init__(data, auto_id="board-%s")
        self.fields["kind"].choices = [(PAGES, _("Pages")), *((k, _name(m)) for k, m in self.kinds.items())]
        self.fields["section"].choices = [("", _("All")), *self._sections()]
        self.fields["page_type"].choices = [("", _("All")), *_page_types()]
        self.fields["language"].choices = [("", _("All")), *((a.language_code, name_of(a)) for a in self.locales)]
        self.fields["age"].choices = [("", "–"), *((str(days), label % {"days": days}) for days, label in AGES)]
        self.fields["assignee"].choices = [("", _("All")), *self._assignees()]
        self.full_clean()

    @cached_property
    def _ids(self) -> set[int]:
        return {locale.pk for locale in self.locales}

    def value(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    def _sections(self):
        """The parts of the site; one further down only where the address names it."""
        pages = scope.pages_seen_by(self.user)
        named = self.data.get("section", "")
        wanted = [int(named)] if named.isascii() and named.isdigit() and len(named) < 10 else []
        found = (pages.filter(depth=SECTION_DEPTH, numchild__gt=0) | pages.filter(pk__in=wanted)).order_by("path")
        rows = [*found.values_list("pk", "path", "title")]
        self.places = {str(pk): path for pk, path, _title in rows}
        return [(str(pk), title) for pk, _path, title in rows]

    def _assignees(self):
        people = {row.person for row in self.assignments.values() if row.person}
        groups = {row.group for row in self.assignments.values() if row.group and not row.person}
        yield MINE, _("Me")
        yield NOBODY, _("Nobody")
        yield from ((f"person-{person.pk}", name_of_person(person)) for person in sorted(people, key=name_of_person))
        yield from ((f"group-{group.pk}", group.name) for group in sorted(groups, key=str))

    @property
    def model(self) -> type[TranslatableMixin]:
        return self.kinds.get(self.value("kind"), Page)

    @property
    def is_about_pages(self) -> bool:
        return self.model is Page

    @property
    def columns(self) -> list[Locale]:
        wanted = self.value("language")
        return [locale for locale in self.locales if wanted in ("", locale.language_code)]

    @property
    def sorted_by(self) -> str:
        return self.value("order") or URGENCY

    @property
    def oldest(self):
        """The German text must have moved on before then."""
        age = self.value("age")
        return timezone.now() - timedelta(days=int(age)) if age else None

    @property
    def is_about_states(self) -> bool:
        return any(self.value(name) for name in ("state", "age", "assignee"))

    @property
    def is_narrow(self) -> bool:
        return any(self.value(name) for name in self.fields if name not in ("kind", "order"))

    def has_assignee(self, row: Assignment | None) -> bool:
        match self.value("assignee").partition("-"):
            case ("", _dash, _pk):
                return True
            case (chosen, "", _pk) if chosen == NOBODY:
                return row is None
            case (chosen, "", _pk):
                return row is not None and row.person_id == self.user.pk
            case ("person", _dash, pk):
                return row is not None and row.person_id == int(pk)
            case (_group, _dash, pk):
                return row is not None and row.person_id is None and row.group_id == int(pk)

    def query(self, **changes) -> str:
        """The same question as a query string, changed in places."""
        query = QueryDict(mutable=True)
        query.update({name: value for name in self.fields if (value := changes.get(name, self.value(name)))})
        return query.urlencode()


def name_of(locale: Locale) -> str:
    return LANGUAGE_NAMES.get(locale.language_code, locale.language_code)


def name_of_person(person) -> str:
    return person.get_full_name() or person.get_username()


def _name(model: type[TranslatableMixin]) -> str:
    return model._meta.verbose_name_plural


def _page_types():
    models = [model for model in get_page_models() if hasattr(model, "translatable_fields")]
    return sorted(((model._meta.label_lower, str(model._meta.verbose_name)) for model in models), key=lambda c: c[1])


def type_of(label: str):
    return apps.get_model(label)
