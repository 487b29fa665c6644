"""Login and password reset that cannot be used to guess, to flood, or to lock somebody out.

Tries are refused before the password is hashed. Someone who attacks an account from elsewhere never shuts out its
owner: counts belong to an account *and* an address. An account under attack from many addresses only slows those it has
not been used from.
"""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from core.throttling import Limit, client_address

WINDOW = 10 * 60
PER_ACCOUNT_AND_ADDRESS = Limit("login", 5, WINDOW)
PER_ADDRESS = Limit("login-address", 20, WINDOW)
PER_ACCOUNT = Limit("login-account", 50, WINDOW)
WHILE_ATTACKED = Limit("login-attacked", 1, WINDOW)
RESETS_PER_ADDRESS = Limit("reset-address", 10, WINDOW)
RESETS_PER_ACCOUNT = Limit("reset-account", 3, 24 * 60 * 60)
KNOWN = Limit("login-known", 1, 90 * 24 * 60 * 60)

TOO_MANY = _("Too many attempts. Please wait ten minutes and try again.")


class ThrottledLoginForm(LoginForm):
    def clean(self):
        account = (self.cleaned_data.get("username") or "").casefold()
        if not account or not self.cleaned_data.get("password"):
            return super().clean()
        address = client_address(self.request)
        if not _may_try(account, address):
            raise forms.ValidationError(TOO_MANY, code="throttled")
        cleaned = super().clean()
        _succeeded(account, address)
        return cleaned


def _may_try(account: str, address: str) -> bool:
    return (
        PER_ADDRESS.add(address)
        and PER_ACCOUNT_AND_ADDRESS.add(account, address)
        and (PER_ACCOUNT.add(account) or KNOWN.is_reached(account, address) or WHILE_ATTACKED.add(account, address))
    )


def _succeeded(account: str, address: str) -> None:
    PER_ADDRESS.take_back(address)
    PER_ACCOUNT.take_back(account)
    PER_ACCOUNT_AND_ADDRESS.forget(account, address)
    KNOWN.forget(account, address)
    KNOWN.add(account, address)


class ThrottledPasswordResetForm(PasswordResetForm):
    """Says the same and takes the same time whether or not the address belongs to somebody."""

    def save(self, *, request=None, **options):
        from core.tasks import send_password_reset

        email = self.cleaned_data["email"]
        if RESETS_PER_ADDRESS.add(client_address(request)) and RESETS_PER_ACCOUNT.add(email.casefold()):
            send_password_reset.enqueue(email, get_language())


def send_password_reset(email: str, language: str) -> None:
    """The mail itself; only here it shows whether somebody has this address."""
    form = PasswordResetForm({"email": email})
    if form.is_valid():
        with override(language):
            form.save(
                domain_override=urlsplit(settings.BASE_URL).netloc,
                use_https=settings.HTTPS,
                email_template_name="wagtailadmin/account/password_reset/email.txt",
                subject_template_name="wagtailadmin/account/password_reset/email_subject.txt",
            )
