"""What an action asks before it begins."""

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from core.models import User
from translations import assigning

PERSON, GROUP = "person", "group"


class DueForm(forms.Form):
    due = forms.DateField(label=_("Due"), required=False, widget=AdminDateInput)
    urgent = forms.BooleanField(
        label=_("Urgent"), required=False, help_text=_("Whoever has it is told at once, not only on Monday.")
    )

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise ValidationError(gettext("This day has passed."))
        return due


class AssignForm(DueForm):
    to = forms.ChoiceField(label=_("Assigned to"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.Textarea({"rows": 2}))

    field_order = ["to", "due", "urgent", "note"]

    def __init__(self, data=None, *, locales):
        super().__init__(data)
        self.people = User.objects.filter(pk__in={p.pk for locale in locales for p in assigning.people_of(locale.pk)})
        self.groups = Group.objects.filter(pk__in={g.pk for locale in locales for g in assigning.groups_of(locale.pk)})
        self.fields["to"].choices = [
            ("", _("Everybody in the language")),
            (_("Groups"), [(f"{GROUP}-{group.pk}", group.name) for group in self.groups.order_by("name")]),
            (_("People"), [(f"{PERSON}-{p.pk}", _name(p)) for p in self.people.order_by("last_name", "username")]),
        ]

    def clean(self):
        cleaned = super().clean()
        kind, _dash, pk = cleaned.get("to", "").partition("-")
        cleaned[PERSON] = self.people.filter(pk=pk).first() if kind == PERSON else None
        cleaned[GROUP] = self.groups.filter(pk=pk).first() if kind == GROUP else None
        cleaned.pop("to", None)
        return cleaned


def _name(person) -> str:
    return person.get_full_name() or person.get_username()
