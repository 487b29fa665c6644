"""Mail that does not get lost and holds nobody up.

Sending writes a row in the current transaction; when that is committed, a task hands the row to `MAILERS["transport"]`.
What could not leave at once waits for `send_outbox`, which runs every minute.
A mail is sent again only if a worker dies between the mail server's yes and the deletion of the row.
"""

import email
import email.policy
import logging
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.models import OutboxMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)  # far longer than sending can take, with 5 s for each step


class OutboxBackend(BaseEmailBackend):
    """`MAILERS["default"]`: takes mails for later. Django refuses line breaks in headers here, in the request."""

    def send_messages(self, email_messages):
        with transaction.atomic():
            for message in email_messages:
                self._store(message)
        return len(email_messages)

    def _store(self, message: EmailMessage) -> None:
        mail = OutboxMail.objects.create(
            message=message.message(policy=email.policy.SMTP).as_bytes(),
            sender=message.from_email,
            recipients=message.recipients(),
        )
        transaction.on_commit(partial(_hand_over, mail.pk), robust=True)


class StoredMessage(EmailMessage):
    """A row of the outbox in the shape mail backends know."""

    def __init__(self, mail: OutboxMail):
        super().__init__(from_email=mail.sender, to=mail.recipients)
        self.stored = bytes(mail.message)

    def message(self, *, policy=email.policy.SMTP):
        return email.message_from_bytes(self.stored, policy=policy)


def send(pk: int) -> bool:
    """Send one mail unless it has gone, is not due, or another worker has it. Errors are kept for the next attempt."""
    mail = _claim(pk)
    if mail is None:
        return False
    transport = mailers["transport"]
    try:
        transport.open()
        transport.send_messages([StoredMessage(mail)])
    except Exception as error:  # noqa: BLE001 - whatever the transport raises, the mail stays
        _keep_for_later(mail, error)
        return False
    else:
        mail.delete()
        return True
    finally:
        with suppress(Exception):  # a server that does not answer the good-bye has taken the mail all the same
            transport.close()


def send_waiting() -> int:
    """Send all that is due; returns how many left. Mails nobody could deliver for a week are deleted."""
    expired, _ = OutboxMail.objects.expired().delete()
    if expired:
        logger.error("%d mails were deleted undelivered", expired)
    due = OutboxMail.objects.due().order_by("next_attempt_at").values_list("pk", flat=True)
    return sum(send(pk) for pk in list(due))


def _claim(pk: int) -> OutboxMail | None:
    """Take the mail in one statement, so that of several workers only one gets it, on any database."""
    taken = (
        OutboxMail.objects.due()
        .filter(pk=pk)
        .update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE)
    )
    return OutboxMail.objects.filter(pk=pk).first() if taken else None


def _keep_for_later(mail: OutboxMail, error: Exception) -> None:
    if isinstance(error, ValueError):  # an address or header that no later attempt can repair
        mail.attempts = OutboxMail.MAX_ATTEMPTS
    mail.last_error = f"{type(error).__name__}: {error}"[:200]
    if mail.is_given_up:
        logger.error("Mail %s was given up after %s", mail.pk, type(error).__name__)
    else:
        logger.warning("Mail %s could not be sent: %s", mail.pk, type(error).__name__)
        mail.next_attempt_at = timezone.now() + OutboxMail.RETRY_AFTER[mail.attempts - 1]
    mail.save(update_fields=["attempts", "last_error", "next_attempt_at"])


def _hand_over(pk: int) -> None:
    from core.tasks import send_mail

    send_mail.enqueue(pk)
