"""A connection to the mail server for many mails, and what became of each.

Django's mail backends say by an exception that a mail did not leave; whether the server may have it all the same depends
on how far it had come. So the connection is watched: `about_to_give` is called before the first byte of a text.
"""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from django.core.mail import EmailMessage, mailers
from django.db import Error as DatabaseError

# Seconds for the answer to a text: servers look through it before they answer. Less than a lease.
PATIENCE = 45
CLOSING = 421
ADDRESS = re.compile(r"\S+@\S+")
CODE = re.compile(r"\d{3}(?:[ -]\d\.\d+\.\d+)?")


class Result(Enum):
    TAKEN = "taken"
    REFUSED = "refused"  # this reader, for good
    NOT_NOW = "not now"  # this reader, for the moment
    BROKEN = "broken"  # the connection, and nothing was given
    IN_DOUBT = "in doubt"  # the connection, after the text was given
    NOT_OURS = "not ours"  # somebody else has this reader, or the mailing was stopped


@dataclass(frozen=True)
class Outcome:
    result: Result
    answer: str = ""

    @property
    def code(self) -> str:
        """Without words, which often repeat the address."""
        found = CODE.match(self.answer)
        return found.group() if found else ""


class NotOursError(Exception):
    pass


class Line:
    """Opened with the first mail, and again after it broke."""

    def __init__(self):
        self.taken = 0  # mails over this connection, or over the one that has just broken
        self._transport = None
        self._claim: Callable[[], bool] = bool
        self._given = False

    def hand_over(self, message: EmailMessage, claim: Callable[[], bool]) -> Outcome:
        """`claim` is called at the last moment; nothing is given where it says no."""
        self._claim, self._given = claim, False
        try:
            self._open()
            if not self._is_watched:
                self._about_to_give()
            self._transport.send_messages([message])
        except DatabaseError:
            self._hang_up()
            raise
        except Exception as error:  # noqa: BLE001 - whatever a transport raises, the next reader is tried
            return self._judged(error)
        self.taken += 1
        return Outcome(Result.TAKEN)

    def close(self) -> None:
        """A server that does not answer the good-bye has taken the mails all the same."""
        if self._transport:
            with suppress(Exception):
                self._transport.close()
        self._hang_up()

    def _open(self) -> None:
        if self._transport:
            return
        self.taken = 0
        transport = mailers["transport"]
        transport.open()
        self._transport = transport
        if self._is_watched:
            self._watch(transport.connection)

    def _hang_up(self) -> None:
        """Without a good-bye: in the middle of a mail it would be taken for a part of it."""
        if self._transport and self._is_watched:
            self._transport.connection.close()
        self._transport = None

    @property
    def _is_watched(self) -> bool:
        return isinstance(getattr(self._transport, "connection", None), smtplib.SMTP)

    def _watch(self, connection: smtplib.SMTP) -> None:
        """smtplib sends commands as `str`, and the text of a mail as `bytes`, all of it at once."""
        send, usual = connection.send, connection.sock.gettimeout()

        def watched(data):
            is_text = isinstance(data, bytes)
            if is_text:
                self._about_to_give()
            if connection.sock:
                connection.sock.settimeout(PATIENCE if is_text else usual)
            send(data)

        connection.send = watched

    def _about_to_give(self) -> None:
        if not self._claim():
            raise NotOursError
        self._given = self._is_watched

    def _judged(self, error: Exception) -> Outcome:
        match error:
            case NotOursError():
                self._hang_up()
                return Outcome(Result.NOT_OURS)
            case smtplib.SMTPRecipientsRefused():
                return self._answered(*next(iter(error.recipients.values())))
            case smtplib.SMTPDataError():
                return self._answered(error.smtp_code, error.smtp_error)
            case ValueError() | smtplib.SMTPNotSupportedError():  # an address or header that nobody can send
                return Outcome(Result.REFUSED, type(error).__name__)
        self._hang_up()
        return Outcome(Result.IN_DOUBT if self._given else Result.BROKEN, described(error))

    def _answered(self, code: int, text: bytes | str) -> Outcome:
        """A no of the server is clear, however late it comes."""
        answer = said(code, text)
        if code == CLOSING:
            self._hang_up()
            return Outcome(Result.BROKEN, answer)
        return Outcome(Result.NOT_NOW if code < 500 else Result.REFUSED, answer)


def described(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error.smtp_code, error.smtp_error)
    return anonymous(f"{type(error).__name__}: {error}")


def said(code: int, text: bytes | str) -> str:
    return anonymous(f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}")


def anonymous(answer: str) -> str:
    return ADDRESS.sub("…", " ".join(answer.split()))[:300]
