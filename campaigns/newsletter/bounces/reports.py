"""Delivery status notifications (RFC 3464): whose mail came back, and why.

Anybody can write such a report, naming anybody's address. So the address in it counts for nothing; we believe what
only the reader's mail knows, the signed link of its `List-Unsubscribe` header, which comes back with the report.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from campaigns.mailing import returned
from campaigns.newsletter import unsubscribing
from campaigns.newsletter.bounces.counting import Refusal

STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")
LINK = re.compile(r"<\s*https?://[^>]+/([^/>\s]+)/\s*>")
LONGEST = 1_000_000  # bytes; reports are a few thousand
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")
# RFC 3463: what the numbers after the class of a status are about.
ADDRESS, MAILBOX = "1", "2"
ABOUT_US = ("5", "6", "7")  # protocol, content, policy
ABOUT_THE_SENDER = ("7", "8")  # among those on addresses
SWITCHED_OFF = "1"  # among those on mailboxes


@dataclass(frozen=True)
class Report:
    """`delivery` is the letter of a mailing that came back, `reader` the reader of the newsletter it was for."""

    refusal: Refusal
    reader: int | None
    delivery: int | None = None


def read(raw: bytes) -> Report | None:
    """None where it is no report of a mail that failed, or not of one of ours."""
    if len(raw) > LONGEST:
        return None
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        refusals = [*filter(None, map(_refusal, _recipients(message)))]
        letters = [*_returned(message)] if refusals else []
        reader = next(filter(None, map(_reader, letters)), None)
        delivery = next(filter(None, map(_delivery, letters)), None)
    except Exception:  # noqa: BLE001 - mail of strangers: whatever cannot be read is none
        return None
    if reader is None and delivery is None:
        return None
    refusal = Refusal.FOR_GOOD if Refusal.FOR_GOOD in refusals else Refusal.FOR_NOW
    return Report(refusal, reader, delivery)


def _recipients(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Action and status of each recipient. The first block of such a part is about the mail as a whole."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for block in part.get_payload():
                if block["Action"]:
                    yield str(block["Action"]).strip().lower(), str(block["Status"] or "")


def _refusal(recipient: tuple[str, str]) -> Refusal | None:
    """A mail that is only late comes to nothing here; neither does what is said about us."""
    action, status = recipient
    found = STATUS.match(status)
    if action != "failed" or not found:
        return None
    kind, subject, detail = found.groups()
    if subject in ABOUT_US or (subject == ADDRESS and detail in ABOUT_THE_SENDER):
        return None
    is_gone = subject == ADDRESS or (subject == MAILBOX and detail == SWITCHED_OFF)
    return Refusal.FOR_GOOD if kind == "5" and is_gone else Refusal.FOR_NOW


def _reader(letter: EmailMessage) -> int | None:
    link = LINK.search(str(letter["List-Unsubscribe"] or ""))
    reader = unsubscribing.find(link.group(1)) if link else None
    return reader.subscriber.pk if reader and reader.subscriber else None


def _delivery(letter: EmailMessage) -> int | None:
    return returned.delivery_of(str(letter["Message-ID"] or ""))


def _returned(message: EmailMessage) -> Iterator[EmailMessage]:
    """Our own mail, or its head, as the report gives it back."""
    for part in message.walk():
        if part.get_content_type() not in RETURNED:
            continue
        if part.is_multipart():
            yield from part.get_payload()
        else:
            yield email.message_from_bytes(part.get_payload(decode=True) or b"")
