import re

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.opt_in.form import OptInForm
from core.typed_text import plain_text

LINK = re.compile(r"://|\bwww\.|\b[\w-]{2,}\.(?:com|de|net|org|ru|info|io|biz|top|xyz)\b", re.I)
LONGEST_COMMENT = 500


class SignUpForm(OptInForm):
    """What somebody tells us to take part in a campaign."""

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

    def __init__(self, page, data=None):
        super().__init__(data, page=page.facts, consent_text=page.consent_text, language=page.text_language)

    def clean_comment(self) -> str:
        return plain_text(self.cleaned_data["comment"]) if self.cleaned_data["comment"].strip() else ""

    @property
    def names_an_address(self) -> bool:
        """Whether name or comment hold a web address: then somebody looks at them first."""
        return bool(LINK.search(f"{self.cleaned_data['name']} {self.cleaned_data['comment']}"))
