from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from translations.assigning import Cell, assignments, groups_of, people_of
from translations.models import Assignment

EVERYBODY = ""


class AssignForm(forms.Form):
    """To whom, until when. People and groups can be named where all texts are in one language."""

    to = forms.ChoiceField(label=_("Who"), required=False)
    due = forms.DateField(label=_("Due"), required=False, widget=AdminDateInput)
    urgent = forms.BooleanField(
        label=_("Urgent"), required=False, help_text=_("A mail goes out at once, and it stands on top of the list.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=Assignment._meta.get_field("note").max_length)

    def __init__(self, cells: list[Cell], data=None):
        super().__init__(data, initial=_present(cells))
        self.people, self.groups = {}, {}
        locales = {locale_id for _key, locale_id in cells}
        if len(locales) == 1:
            (locale_id,) = locales
            self.people = {f"person-{person.pk}": person for person in people_of(locale_id)}
            self.groups = {f"group-{group.pk}": group for group in groups_of(locale_id)}
        self.fields["to"].choices = [
            (EVERYBODY, _("Everybody in the language")),
            *((key, group.name) for key, group in self.groups.items()),
            *((key, person.get_full_name() or person.get_username()) for key, person in self.people.items()),
        ]

    @property
    def wanted(self) -> dict:
        """As `assigning.assign` takes it."""
        cleaned = self.cleaned_data
        return {
            "person": self.people.get(cleaned["to"]),
            "group": self.groups.get(cleaned["to"]),
            "due": cleaned["due"],
            "urgent": cleaned["urgent"],
            "note": cleaned["note"],
        }


def _present(cells: list[Cell]) -> dict:
    """What holds now, where it is one text."""
    row = assignments(cells).get(cells[0]) if len(cells) == 1 else None
    if row is None:
        return {}
    to = f"person-{row.person_id}" if row.person_id else f"group-{row.group_id}" if row.group_id else EVERYBODY
    return {"to": to, "due": row.due, "urgent": row.is_urgent, "note": row.note}
