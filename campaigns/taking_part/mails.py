"""Mails to those who sign. They carry not a word that somebody typed: a form is no way to send mail to strangers."""

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from campaigns.models import SignUp
from core.addresses import absolute
from core.languages import direction

# No out-of-office replies, please (RFC 3834).
HEADERS = {"Auto-Submitted": "auto-generated"}


@dataclass
class Mail:
    message: EmailMultiAlternatives

    def prepared(self) -> "Mail":
        """Made, and not sent: takes as long as one that is sent."""
        self.message.message()
        return self

    def send(self) -> None:
        self.message.send()


def ask(sign_up: SignUp, address: str) -> Mail:
    """Was that you?"""
    with override(sign_up.language):
        return _mail("ask", sign_up, gettext("Please confirm that you take part"), address)


def known(sign_up: SignUp, address: str) -> Mail:
    """Somebody signed with an address that has confirmed before."""
    with override(sign_up.language):
        return _mail("known", sign_up, gettext("You take part already"), address)


def thank(sign_up: SignUp, address: str) -> Mail:
    with override(sign_up.language):
        return _mail("thank", sign_up, gettext("Thank you for taking part"), address)


def _mail(name: str, sign_up: SignUp, subject: str, address: str) -> Mail:
    campaign = sign_up.campaign
    context = {
        "title": _title(sign_up),
        "page": absolute(campaign, sign_up.language),
        "address": address,
        "language": sign_up.language,
        "dir": direction(sign_up.language),
        "subject": subject,
    }
    text = render_to_string(f"campaigns/mails/{name}.txt", context)
    html = render_to_string(f"campaigns/mails/{name}.html", context)
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[sign_up.email], headers=HEADERS)
    message.attach_alternative(html, "text/html")
    return Mail(message)


def _title(sign_up: SignUp) -> str:
    """Of the campaign, in the language of the signer."""
    pages = (
        type(sign_up.campaign)
        .objects.live()
        .filter(translation_key=sign_up.campaign.translation_key, locale__language_code=sign_up.language, alias_of=None)
    )
    return pages.values_list("title", flat=True).first() or sign_up.campaign.title
