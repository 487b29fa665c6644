from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.opt_in import consent
from core.email_addresses import has_possible_domain, normalised
from core.public_forms import AddressField, HoneypotMixin
from core.typed_text import one_line


class OptInForm(HoneypotMixin):
    """Who somebody is, and what they agree to. `consent_version` names the text that was shown.

    After validation `agreed_to` is the `ConsentText`.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Please enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We send you a link with which you confirm. Nobody sees your address."),
        error_messages={
            "required": _("Please enter your email address."),
            "invalid": _("Please enter a whole email address, for example info@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    consent = forms.BooleanField(error_messages={"required": _("Without your consent we may not count you.")})
    consent_version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data=None, *, page: Page | None, consent_text: str, language: str, **kwargs):
        """`page` is the German page with the form, None for the newsletter; `consent_text` is in `language`."""
        self.page, self.consent_text, self.language = page, consent_text, language
        kwargs["initial"] = {"consent_version": consent.digest(consent_text)} | kwargs.get("initial", {})
        super().__init__(data, use_required_attribute=False, **kwargs)
        self.fields["consent"].label = consent_text

    def clean_name(self) -> str:
        return one_line(self.data.get(self.add_prefix("name"), ""), self.cleaned_data["name"])

    def clean_email(self) -> str:
        """Spelled in ASCII, as it is kept, a domain with umlauts is longer than typed."""
        field, address = self.fields["email"], self.cleaned_data["email"].strip()
        if not has_possible_domain(address) or len(normalised(address)) > field.max_length:
            raise ValidationError(field.error_messages["invalid"], code="invalid")
        return address

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("consent"):
            named = cleaned.get("consent_version") or ""
            self.agreed_to = consent.text_shown(self.page, self.consent_text, self.language, named)
            if self.agreed_to is None:
                self.data = self.data.copy()
                self.data[self.add_prefix("consent_version")] = consent.digest(self.consent_text)
                raise ValidationError(
                    _("The text you agree to has changed meanwhile. Please read it once more and send the form again.")
                )
        return cleaned
