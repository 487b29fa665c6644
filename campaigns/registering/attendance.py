"""The list of a date: who comes, with what they need, and who came."""

from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import EventDate, Registration
from campaigns.registering import turnout
from campaigns.registering.form import needs_read
from core.collation import sort_key
from organisations.languages import language_name

MOST_WALK_INS = 10_000


def wishes(registration: Registration) -> list[str]:
    """What somebody needs and has chosen, in the organiser's language; answers as they read on that day."""
    spoken = ", ".join(language_name(code, get_language()) for code in registration.interpreting)
    lines = [gettext("Interpreting: %(languages)s") % {"languages": spoken}] if spoken else []
    if registration.children:
        lines.append(
            ngettext("%(number)d child to look after", "%(number)d children to look after", registration.children)
            % {"number": registration.children}
        )
    lines += needs_read(registration)
    return lines + [f"{answer['asked']}: {', '.join(answer['said'])}" for answer in registration.answers]


@dataclass(frozen=True)
class Row:
    registration: Registration
    wishes: list[str]
    field: forms.BoundField | None = None


class AttendanceForm(forms.Form):
    """A tick for each guest, a number for each group. Only what was changed is saved: two people may tick at once."""

    walk_ins = forms.IntegerField(
        label=_("Guests who came without registration"),
        min_value=0,
        max_value=MOST_WALK_INS,
        required=False,
        show_hidden_initial=True,
    )

    def __init__(self, date: EventDate, data=None):
        self.date = date
        self.guests = sorted(date.registrations.seated(), key=lambda row: sort_key(row.name, get_language()))
        super().__init__(data, initial={"walk_ins": turnout.figures(date).walk_ins})
        for guest in self.guests:
            self.fields[_name(guest)] = _field(guest)

    @property
    def rows(self) -> list[Row]:
        return [Row(guest, wishes(guest), self[_name(guest)]) for guest in self.guests]

    @transaction.atomic
    def save(self) -> None:
        changed = {*self.changed_data}
        for guest in self.guests:
            if _name(guest) in changed:
                came = self.cleaned_data[_name(guest)]
                came = guest.people * came if isinstance(came, bool) else came
                Registration.objects.filter(pk=guest.pk).update(came=came)
        if "walk_ins" in changed:
            turnout.note_walk_ins(self.date, self.cleaned_data["walk_ins"] or 0)


def waiting_rows(date: EventDate) -> list[Row]:
    return [Row(registration, wishes(registration)) for registration in date.registrations.waiting()]


def _name(guest: Registration) -> str:
    return f"came_{guest.pk}"


def _field(guest: Registration) -> forms.Field:
    values = {"label": guest.name, "required": False, "show_hidden_initial": True}
    if guest.people == 1:
        return forms.BooleanField(initial=bool(guest.came), **values)
    choices = [("", "–"), *((number, number) for number in range(guest.people + 1))]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, initial=guest.came, **values)
