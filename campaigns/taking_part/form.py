import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.taking_part import consent
from core.email_addresses import normalised
from core.public_forms import HoneypotMixin
from core.typed_text import one_line, plain_text

LINK = re.compile(r"://|\bwww\.|\b[\w-]{2,}\.(?:com|de|net|org|ru|info|io|biz|top|xyz)\b", re.I)
LONGEST_COMMENT = 500


class SignUpForm(HoneypotMixin):
    """What somebody tells us to take part. `consent_version` names the text that was shown."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Please enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We send you a link with which you confirm. Nobody sees your address."),
        error_messages={
            "required": _("Please enter your email address."),
            "invalid": _("Please enter a whole email address, for example info@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    postal_code = forms.RegexField(
        r"^\d{5}$",
        label=_("Postal code (if you like)"),
        required=False,
        help_text=_("Shows from how many towns people take part."),
        error_messages={"invalid": _("A postal code in Germany has five digits.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "inputmode": "numeric", "dir": "ltr", "maxlength": 5}
        ),
    )
    comment = forms.CharField(
        label=_("Why this matters to you (if you like)"),
        required=False,
        max_length=LONGEST_COMMENT,
        help_text=_("In any language. We read it before anybody else does."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    shows_name = forms.BooleanField(
        label=_("My name may be shown on the page, with the last name shortened."), required=False
    )
    wants_updates = forms.BooleanField(label=_("Tell me by email how the campaign goes on."), required=False)
    consent = forms.BooleanField(error_messages={"required": _("Without your consent we may not count you.")})
    consent_version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, page, data=None):
        super().__init__(
            data, initial={"consent_version": consent.digest(page.consent_text)}, use_required_attribute=False
        )
        self.page = page
        self.fields["consent"].label = page.consent_text

    def clean_name(self) -> str:
        return one_line(self.data.get(self.add_prefix("name"), ""), self.cleaned_data["name"])

    def clean_email(self) -> str:
        """Spelled in ASCII, as it is kept, a domain with umlauts is longer than typed."""
        field = self.fields["email"]
        if len(normalised(self.cleaned_data["email"])) > field.max_length:
            raise ValidationError(field.error_messages["invalid"], code="invalid")
        return self.cleaned_data["email"]

    def clean_comment(self) -> str:
        return plain_text(self.cleaned_data["comment"]) if self.cleaned_data["comment"].strip() else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("consent"):
            self.agreed_to = consent.text_shown(self.page, cleaned.get("consent_version") or "")
            if self.agreed_to is None:
                self.data = self.data.copy()
                self.data[self.add_prefix("consent_version")] = consent.digest(self.page.consent_text)
                raise ValidationError(
                    _("The text you agree to has changed meanwhile. Please read it once more and send the form again.")
                )
        return cleaned

    @property
    def names_an_address(self) -> bool:
        """Whether name or comment hold a web address: then somebody looks at them first."""
        return bool(LINK.search(f"{self.cleaned_data['name']} {self.cleaned_data['comment']}"))
