"""Mails to those who fill in a form. They carry not a word that somebody typed: a form is no way to mail strangers."""

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

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


def mail(template: str, subject: str, to: str, language: str, context: dict) -> Mail:
    """From `template`.txt and `template`.html, which also get `language`, `dir` and `subject`.

    `subject` may be lazy: it is translated here.
    """
    with override(language):
        subject = str(subject)
        context = context | {"language": language, "dir": direction(language), "subject": subject}
        text = render_to_string(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context)
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[to], headers=HEADERS)
    message.attach_alternative(html, "text/html")
    return Mail(message)
