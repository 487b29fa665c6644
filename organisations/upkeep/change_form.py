"""The form behind the link: facts, texts, rows, one photo. What comes out is what differs from the profile now."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core.images import CheckedImageField
from core.languages import SOURCE_LANGUAGE
from core.public_forms import AddressField
from organisations.models import OfficeRecord, OrganisationPage, Proposal, Service, TargetGroup
from organisations.models.entry import DISTRICT, EXACT, FORM_ONLY, TOWN
from organisations.states import STATES
from organisations.upkeep import photos, values
from organisations.upkeep.proposals import CONSENT
from organisations.upkeep.typed import Line, Text

CONSENT_VERSION = 1
PRECISIONS = [
    (EXACT, _("The whole address, so that people find the door")),
    (DISTRICT, _("Postal code and place only")),
    (TOWN, _("The place only")),
    (FORM_ONLY, _("Nothing: people write to us with the form on the page")),
]


def _line(model, name: str, attributes: dict | None = None, **options) -> Line:
    field = model._meta.get_field(name)
    widget = forms.TextInput(attrs={"dir": "auto", **(attributes or {})})
    return Line(
        label=values.LABELS[name],
        required=False,
        max_length=field.max_length,
        validators=[v for v in field.validators if isinstance(v, RegexValidator)],
        widget=widget,
        **options,
    )


class ChangeForm(forms.Form):
    phone = _line(OfficeRecord, "phone", {"type": "tel", "autocomplete": "tel", "dir": "ltr"})
    shows_phone = forms.BooleanField(label=_("Everybody may see the phone number"), required=False)
    email = AddressField(
        label=values.LABELS["email"],
        required=False,
        help_text=_("Never shown. Questions from the form on your page, and our mails, go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    website = forms.URLField(
        label=values.LABELS["website"],
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )
    street = _line(OfficeRecord, "street", {"autocomplete": "street-address"})
    postal_code = _line(
        OfficeRecord, "postal_code", {"inputmode": "numeric", "autocomplete": "postal-code", "dir": "ltr"}
    )
    place = _line(OfficeRecord, "place", {"autocomplete": "address-level2"})
    state = forms.ChoiceField(label=values.LABELS["state"], required=False, choices=[("", "–"), *STATES])
    precision = forms.ChoiceField(
        label=_("What may everybody see of the address?"), choices=PRECISIONS, widget=forms.RadioSelect
    )
    open_data = forms.BooleanField(
        label=_("Others may use and pass on what is public of us (open data)"), required=False
    )
    consent = forms.BooleanField(
        label=_("I may decide this for the organisation, and all whose data are shown agree."),
        required=False,
        help_text=_("Needed when an address, a phone number or open data become public. We note the date."),
    )
    services = forms.MultipleChoiceField(
        label=values.LABELS["services"], required=False, widget=forms.CheckboxSelectMultiple
    )
    target_groups = forms.MultipleChoiceField(
        label=values.LABELS["target_groups"], required=False, widget=forms.CheckboxSelectMultiple
    )
    step_free = forms.ChoiceField(
        label=values.LABELS["step_free"], required=False, choices=OrganisationPage.STEP_FREE, widget=forms.Select
    )
    accessibility_note = _line(OrganisationPage, "accessibility_note")
    summary = Text(
        label=values.LABELS["summary"],
        required=False,
        max_length=300,
        help_text=_("For lists and search results. At most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = Text(
        label=values.LABELS["description"],
        required=False,
        max_length=8000,
        help_text=_("An empty line begins a new paragraph. Lines that begin with a hyphen become a list."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    photo = forms.FileField(required=False)  # see `_photo`
    photo_alt = Line(
        label=_("What does the photo show?"),
        required=False,
        max_length=255,
        help_text=_("For people who do not see it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    photo_consent = forms.BooleanField(
        label=_("We made the photo or may use it, and everybody who can be recognised agrees that it is published."),
        required=False,
    )
    drops_photo = forms.BooleanField(label=_("Do not use the photo I sent last time"), required=False)
    message = Text(
        label=_("What else do you want to tell us?"),
        required=False,
        max_length=2000,
        help_text=_("Such as a new name, or a text you wrote in your language. Not published."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, data=None, files=None, *, page: OrganisationPage, waiting: Proposal | None):
        self.page, self.before = page, values.current(page)
        self.waiting = waiting if waiting and waiting.kind == Proposal.CHANGE else None
        wished = self.waiting.values if self.waiting else {}
        started = self.before | {name: value for name, value in wished.items() if name in self.before}
        self.rows_initial = {name: started[name] for name in ("opening_hours", "spoken_languages")}
        initial = started | {"message": self.waiting.message if self.waiting else ""}
        super().__init__(data, files, initial=initial, use_required_attribute=False)
        self.fields["photo"] = _photo()
        self._offer_terms()
        self._leave_out()

    def _offer_terms(self):
        for name, model in (("services", Service), ("target_groups", TargetGroup)):
            self.fields[name].choices = [(label.key, label.text) for label in model.objects.labels()]

    def _leave_out(self):
        if "description" not in self.before:
            del self.fields["description"]
        if not (self.waiting and self.waiting.photo_file):
            del self.fields["drops_photo"]
        written = {"lang": self.page.text_language, "dir": "auto"}
        for name in ("summary", "description", "accessibility_note"):
            if name in self.fields:
                self.fields[name].widget.attrs |= written

    @property
    def keeps_photo(self) -> bool:
        """Whether the photo of the proposal that waits goes with this one."""
        sent = bool(self.waiting and self.waiting.photo_file)
        return sent and not self.cleaned_data.get("photo") and not self.cleaned_data.get("drops_photo")

    def clean(self):
        given = self.cleaned_data
        if given.get("photo"):
            if not given.get("photo_alt") and "photo_alt" not in self.errors:
                self.add_error("photo_alt", _("Please say in a few words what the photo shows."))
            if not given.get("photo_consent"):
                self.add_error("photo_consent", _("Without this we may not show the photo."))
        if self._releases() and not given.get("consent"):
            self.add_error("consent", _("Please tick this, or choose that it is not public."))
        if "email" in given and self.before["email"] and not given["email"]:
            self.add_error("email", _("We need an address to write to."))
        return given

    def clean_photo(self) -> bytes:
        """As it is kept; empty where none was chosen."""
        file = self.cleaned_data["photo"]
        try:
            return photos.prepare(file) if file else b""
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("This picture cannot be read. Open it in a graphics program, save it again and retry.")
            ) from error

    def _releases(self) -> bool:
        """Whether anything becomes public that was not."""
        given, before = self.cleaned_data, self.before

        def other(*names):
            return any(given.get(name) != before[name] for name in names)

        return (
            (given.get("precision") == EXACT and bool(given.get("street")) and other("precision", "street"))
            or (given.get("shows_phone") and bool(given.get("phone")) and other("shows_phone", "phone"))
            or (given.get("open_data") and other("open_data"))
        )

    def proposed(self, rows: dict[str, list[dict]]) -> dict[str, Any]:
        """Field name to value, of all that differs from the profile."""
        given = {name: self.cleaned_data[name] for name in self.before if name in self.cleaned_data} | rows
        for name in values.TERMS:
            given[name] = sorted(given[name])
        found = {name: value for name, value in given.items() if value != self.before[name]}
        if self.cleaned_data.get("photo"):
            found["photo"] = self.cleaned_data["photo_alt"]
        elif self.keeps_photo:
            found["photo"] = self.waiting.values.get("photo", "")
        if values.NEEDING_CONSENT.intersection(found) and self.cleaned_data.get("consent"):
            found[CONSENT] = _noted()
        return found

    def photo_bytes(self) -> bytes:
        return self.cleaned_data.get("photo") or (bytes(self.waiting.photo_file) if self.keeps_photo else b"")

    def photo_consent_noted(self) -> str:
        if self.cleaned_data.get("photo"):
            return _noted()
        return self.waiting.photo_consent if self.keeps_photo else ""


def _photo() -> CheckedImageField:
    """Made for each form: Wagtail writes its limits into texts of the language that is active then."""
    field = CheckedImageField(
        label=values.LABELS["photo"], required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    field.help_text = _("At most 10 MB. If the form comes back with a question, please choose the picture again.")
    return field


def _noted() -> str:
    """For the office, in its language: by which way, when, and to which wording somebody agreed."""
    with override(SOURCE_LANGUAGE):
        return gettext("By the link in its mailbox, %(date)s (wording %(version)s)") % {
            "date": timezone.localdate().strftime("%d.%m.%Y"),
            "version": CONSENT_VERSION,
        }
