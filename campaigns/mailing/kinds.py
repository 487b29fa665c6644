"""What can be sent to many people, and the marks in a text that stand for a reader's own links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from campaigns.models import Mailing

# By name; imported when it is needed, so that the worker knows them all.
KINDS = {
    "newsletter": "campaigns.newsletter.issues.sending.NEWSLETTER",
    "campaign_update": "campaigns.updates.letters.KIND",
}

UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True)
class Text:
    """The mail in one language. Where a reader's own link belongs stands `mark(name)`."""

    language: str
    subject: str
    text: str
    html: str


def usual_sender(mailing: Mailing) -> str:
    return settings.DEFAULT_FROM_EMAIL


def nothing_missing(mailing: Mailing) -> str:
    return ""


def nobody_told(recipient: int) -> None:
    pass


@dataclass(frozen=True)
class Kind:
    # In every language; called once, when the time has come.
    texts: Callable[[Mailing], Iterable[Text]]
    # Rows with `email` and `language` of all who want the mail now. Asked again for each reader right before sending.
    recipients: Callable[[Mailing], QuerySet]
    # The reader's own addresses by name; "unsubscribe" must be among them and take RFC 8058's post.
    links: Callable[[Model], dict[str, str]]
    # Of the List-Id header: a word for this list.
    list_name: str
    sender: Callable[[Mailing], str] = usual_sender
    # Why it cannot be sent as it is, in the language of whoever ordered it.
    obstacle: Callable[[Mailing], str] = nothing_missing
    # The mail server of this reader says that there is no such mailbox.
    bounced: Callable[[int], None] = nobody_told


def kind_of(mailing: Mailing) -> Kind:
    return import_string(KINDS[mailing.kind])


def mark(name: str) -> str:
    """Of private characters, which no keyboard has and which no escaping changes."""
    return f"\ue000{name}\ue001"


def filled(text: str, links: dict[str, str]) -> str:
    for name, address in links.items():
        text = text.replace(mark(name), address)
    return text
