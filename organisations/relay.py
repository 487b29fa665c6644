"""Passes a visitor's message on to an organisation without telling its address.

No text of the visitor reaches anybody but the organisation (or its network), the visitor gets no mail, and nothing of
the message is kept besides the row of the outbox.
"""

import re
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from core.addresses import absolute
from core.public_forms import first_time
from organisations.models import NetworkPage, OrganisationPage

LINK = re.compile(r"(://|\bwww\.)", re.I)


class NoMailbox(Exception):
    """Neither the organisation nor its network can be written to."""


class TooMany(Exception):
    """A limit was reached; nothing was sent."""


@dataclass(frozen=True)
class Mailbox:
    address: str
    language: str
    is_of_network: bool


def mailbox_of(page: OrganisationPage) -> Mailbox | None:
    """The organisation's own, or that of the network it belongs to."""
    record = getattr(page, "record", None)
    language = record.language if record else page.text_language
    if record and record.email:
        return Mailbox(record.email, language, is_of_network=False)
    network = NetworkPage.objects.filter(path=page.path[: -page.steplen]).select_related("contact").first()
    address = network and ((network.contact and network.contact.email) or network.email)
    return Mailbox(address, network.text_language, is_of_network=True) if address else None


def pass_on(page: OrganisationPage, name: str, email: str, text: str, is_allowed) -> None:
    """Once, however often the same message is posted. `is_allowed()` is asked for new messages only."""
    mailbox = mailbox_of(page)
    if mailbox is None:
        raise NoMailbox
    with transaction.atomic():
        if not first_time("organisations.relay", page.pk, name, email, text):
            return
        if not is_allowed():
            raise TooMany  # takes the note that it was done back with it
        _mail(page, mailbox, name, email, text).send()


def _mail(page: OrganisationPage, mailbox: Mailbox, name: str, email: str, text: str) -> EmailMessage:
    with override(mailbox.language):
        context = {
            "page": page,
            "address": absolute(page, page.text_language),
            "name": name,
            "email": email,
            "lines": [f"> {line}" for line in unlinked(text).split("\n")],
            "is_of_network": mailbox.is_of_network,
        }
        body = render_to_string("organisations/message.txt", context)
        subject = gettext("Message through your profile at NeMO")
    return EmailMessage(subject=subject, body=body.strip() + "\n", to=[mailbox.address], reply_to=[email])


def unlinked(text: str) -> str:
    """Mail programs turn addresses into links by themselves; a blank keeps them from it and can still be read."""
    return LINK.sub(r"\1 ", text)
