"""Where reports arrive: a mailbox on this machine, or one behind IMAP.

Reports that have been looked at are marked as read and not looked at again. All other mail stays as it is: people may
write there, too.
"""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from campaigns.newsletter.bounces.reports import LONGEST

AT_ONCE = 1000
REPORT = "delivery-status"  # stands in the content type of every report
TIMEOUT = 10  # seconds


def local(path: Path) -> Iterator[bytes]:
    """Unread reports in a maildir or an mbox file. One counts as read once the caller asks for the next one."""
    is_maildir = path.is_dir()
    box = mailbox.Maildir(path, create=False) if is_maildir else mailbox.mbox(path, create=False)
    seen = "S" if is_maildir else "R"
    box.lock()
    try:
        for key in box.keys()[:]:
            message = box.get_message(key)
            if seen in message.get_flags() or REPORT not in str(message["Content-Type"]):
                continue
            yield box.get_bytes(key)
            message.add_flag(seen)
            if is_maildir:
                message.set_subdir("cur")
            box[key] = message
    finally:
        box.flush()
        box.unlock()
        box.close()


def behind_imap() -> Iterator[bytes]:
    """Unread reports in the mailbox of the settings, the same way."""
    place = settings.BOUNCE_MAILBOX
    connection = _connect(place)
    try:
        connection.login(place["user"], place["password"])
        _expect(connection.select(_quoted(place["folder"])))
        numbers = _expect(connection.search(None, "UNSEEN", "HEADER", "Content-Type", REPORT))[0].split()
        for number in numbers[:AT_ONCE]:
            text = _text(connection, number.decode())
            if text:
                yield text
            _expect(connection.store(number.decode(), "+FLAGS", r"(\Seen)"))
    finally:
        with suppress(Exception):  # whatever was counted is marked already
            connection.logout()


def _connect(place: dict) -> imaplib.IMAP4:
    if place["secure"]:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(place["host"], place["port"], ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(place["host"], place["port"], timeout=TIMEOUT)


def _text(connection: imaplib.IMAP4, number: str) -> bytes:
    """Of a mail that is not too long to be a report."""
    parts = _expect(connection.fetch(number, f"(BODY.PEEK[]<0.{LONGEST + 1}>)"))
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def _expect(answer: tuple[str, list]) -> list:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"The mail server says {status}")
    return data


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", r"\\").replace('"', r"\"") + '"'
