"""Rows of the change form: opening hours and spoken languages. An empty row is no row; more come with a button."""

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations import languages
from organisations.models import OpeningHours, SpokenLanguage
from organisations.upkeep.typed import Line

MORE = 4  # rows with each press of the button
SPARE = 2  # empty rows below those that are filled in
TIMES = ["%H:%M", "%H:%M:%S", "%H.%M", "%H"]


class Row(forms.Form):
    """`first` decides whether the row is empty: choosing nothing there deletes it."""

    first = ""

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data.get(self.first)

    def stored(self) -> dict:
        return self.cleaned_data


def _note() -> forms.CharField:
    return Line(label=_("note"), required=False, max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))


class TimeInput(forms.TimeInput):
    input_type = "time"


class HoursRow(Row):
    first = "weekday"

    weekday = forms.TypedChoiceField(label=_("day"), required=False, coerce=int, empty_value=None)
    opens = forms.TimeField(label=_("from"), required=False, input_formats=TIMES, widget=TimeInput(format="%H:%M"))
    closes = forms.TimeField(label=_("to"), required=False, input_formats=TIMES, widget=TimeInput(format="%H:%M"))
    note = _note()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = [("", "–"), *OpeningHours.WEEKDAYS]

    def clean(self):
        opens, closes = self.cleaned_data.get("opens"), self.cleaned_data.get("closes")
        if self.is_empty:
            if opens or closes or self.cleaned_data.get("note"):
                self.add_error("weekday", _("Please choose the day, or empty the row."))
            return
        for name, given in (("opens", opens), ("closes", closes)):
            if given is None and name not in self.errors:
                self.add_error(name, _("Please give the time, for example 09:30."))
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Closing time must be later than opening time."))

    def stored(self):
        times = {name: f"{self.cleaned_data[name]:%H:%M}" for name in ("opens", "closes")}
        return self.cleaned_data | times


class LanguageRow(Row):
    first = "language"

    language = forms.ChoiceField(label=_("language"), required=False)
    mode = forms.ChoiceField(label=_("how"), required=False, choices=SpokenLanguage.MODES, initial="on-site")
    note = _note()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "–"), *languages.choices(get_language())]

    def clean(self):
        if self.is_empty:
            if self.cleaned_data.get("note") and "language" not in self.errors:
                self.add_error("language", _("Please choose the language, or empty the row."))
        elif not self.cleaned_data.get("mode") and "mode" not in self.errors:
            self.add_error("mode", _("Please choose how you speak it."))


class Rows(forms.BaseFormSet):
    default_error_messages = {
        "missing_management_form": _("The form arrived incomplete. Please look through the rows and send it again."),
    }

    def __init__(self, data=None, *, initial=(), prefix):
        # What was sent is what counts, even where all rows were emptied.
        super().__init__(data, initial=[*initial] if data is None else None, prefix=prefix)

    def stored(self) -> list[dict]:
        return [form.stored() for form in self.forms if not form.is_empty]

    @property
    def is_full(self) -> bool:
        return self.total_form_count() >= self.max_num


class LanguageRows(Rows):
    def clean(self):
        seen = set()
        for form in self.forms:
            if form.errors or form.is_empty:
                continue
            pair = form.cleaned_data["language"], form.cleaned_data["mode"]
            if pair in seen:
                form.add_error("language", _("This language is there twice in the same way."))
            seen.add(pair)


def _rows(form: type[Row], formset: type[Rows], max_num: int) -> type[Rows]:
    return forms.formset_factory(form, formset, extra=SPARE, max_num=max_num, absolute_max=3 * max_num)


HoursRows = _rows(HoursRow, Rows, 28)
SpokenRows = _rows(LanguageRow, LanguageRows, 40)


def with_more(data: QueryDict, prefix: str, most: int) -> QueryDict:
    """The form as it was sent, with more empty rows."""
    name = f"{prefix}-TOTAL_FORMS"
    number = data.get(name, "")
    rows = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    data = data.copy()
    data[name] = str(min(rows + MORE, most))
    return data
