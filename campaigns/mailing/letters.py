"""One reader's mail, made of the text in their language, their own links, and what a mail to many must carry."""

import email.policy
from email.headerregistry import BaseHeader, HeaderRegistry
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import Signer

from campaigns.mailing.kinds import UNSUBSCRIBE, Kind, Text, filled

signer = Signer(sep=".", salt="campaigns.mailing.letters")


class VerbatimHeader:
    """On one line, as it is: Python would fold a long address by encoding it, and then no mail program finds it."""

    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        kwds["decoded"], kwds["parse_tree"] = value, None

    def fold(self, *, policy):
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry(BaseHeader)
HEADERS.map_to_type("list-unsubscribe", VerbatimHeader)


class Letter(EmailMultiAlternatives):
    """In ASCII on the way, so that no mail server converts it and breaks its signature."""

    def message(self, *, policy=email.policy.SMTP):
        return super().message(policy=policy.clone(header_factory=HEADERS, cte_type="7bit"))


def letter(kind: Kind, sender: str, text: Text, address: str, links: dict[str, str], delivery: int) -> Letter:
    headers = {
        "Message-ID": f"<{signer.sign(str(delivery))}@{host()}>",
        "List-Unsubscribe": f"<{links[UNSUBSCRIBE]}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{kind.list_name}.{host()}>",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",  # no out-of-office replies, please (RFC 3834)
    }
    return addressed(text, sender, address, links, headers)


def addressed(text: Text, sender: str, address: str, links: dict[str, str], headers: dict[str, str]) -> Letter:
    subject = " ".join(text.subject.split())  # one line, whatever was sent to the form that it comes from
    message = Letter(subject, filled(text.text, links), sender, [address], headers=headers)
    message.attach_alternative(filled(text.html, links), "text/html")
    return message


def host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
