import re
from unicodedata import decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import NewsletterPage, WayToHelp
from campaigns.models.campaign import TAKE_PART
from campaigns.newsletter import offer
from campaigns.opt_in import consent
from campaigns.opt_in.form import OptInForm
from core.typed_text import plain_text

# Letters on both sides of a dot, whatever its ending and script: also of an email address, also a title without a blank.
LINK = re.compile(r"://|[\w-][.。．｡][^\W\d_]{2,}")
LONGEST_COMMENT = 500


class SignUpForm(OptInForm):
    """What somebody tells us to take part in a campaign."""

    postal_code = forms.RegexField(
        r"^\d{5}$",
        label=_("Postal code (if you like)"),
        required=False,
        strip=True,
        help_text=_("Shows from how many towns people take part."),
        error_messages={"invalid": _("A postal code in Germany has five digits.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "inputmode": "numeric", "dir": "ltr", "maxlength": 5}
        ),
    )
    ways = forms.MultipleChoiceField(
        label=_("What I would like to do (if you like)"),
        required=False,
        error_messages={
            "required": _("Please tick at least one."),
            "invalid_choice": _("Please choose from the list: it may have changed meanwhile."),
        },
        widget=forms.CheckboxSelectMultiple,
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
    newsletter = forms.BooleanField(required=False)
    newsletter_version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, page, data=None):
        super().__init__(data, page=page.facts, consent_text=page.consent_text, language=page.text_language)
        self.newsletter_consent = None
        self._offer_ways(page)
        self._offer_newsletter(offer.page_in(page.text_language))

    def _offer_ways(self, page) -> None:
        """In the language of the page; what is kept is the German term."""
        words = page.facts.words_for_ways[page.text_language]
        self.fields["ways"].choices = [(way.key, way.text) for way in words]
        if not words:
            del self.fields["ways"]
        elif page.facts.action == TAKE_PART:
            self.fields["ways"].required = True
            self.fields["ways"].label = _("What I would like to do")

    def _offer_newsletter(self, newsletter: NewsletterPage | None) -> None:
        """With a tick and a consent of its own: nobody gets it because they signed."""
        self._newsletter_text = newsletter.consent_text if newsletter else ""
        if newsletter:
            self.fields["newsletter"].label = self._newsletter_text
            self.fields["newsletter_version"].initial = consent.digest(self._newsletter_text)
        else:
            del self.fields["newsletter"], self.fields["newsletter_version"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("newsletter"):
            named = cleaned.get("newsletter_version") or ""
            self.newsletter_consent = consent.text_shown(None, self._newsletter_text, self.language, named)
            if self.newsletter_consent is None:
                self.data = self.data.copy()
                self.data["newsletter_version"] = consent.digest(self._newsletter_text)
                self.add_error("newsletter", _("This text has changed meanwhile. Please read it once more."))
        return cleaned

    @property
    def chosen_ways(self) -> list[WayToHelp]:
        keys = self.cleaned_data.get("ways")
        if not keys:
            return []
        return [way for way in self.page.ways.all() if way.key in keys]

    def clean_postal_code(self) -> str:
        """Phones in Arabic, Persian and other languages type digits of their own."""
        return "".join(str(decimal(digit)) for digit in self.cleaned_data["postal_code"])

    def clean_comment(self) -> str:
        return plain_text(self.cleaned_data["comment"]) if self.cleaned_data["comment"].strip() else ""

    @property
    def names_an_address(self) -> bool:
        """Whether name or comment hold a web address: then somebody looks at them first."""
        return bool(LINK.search(f"{self.cleaned_data['name']} {self.cleaned_data['comment']}"))
