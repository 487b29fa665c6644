"""The folder that the running site sends its mails to."""

import re
import time
from email import message_from_bytes
from email.policy import default

SEPARATOR = b"-" * 79
PATIENCE = 40


def mails_to(running_site, recipient: str) -> list:
    """Those that have arrived, the oldest first."""
    files = sorted((running_site.folder / "mails").glob("*"), key=lambda file: file.stat().st_mtime)
    parts = [part for file in files for part in file.read_bytes().split(SEPARATOR) if part.strip()]
    messages = [message_from_bytes(part.strip(), policy=default) for part in parts]
    return [message for message in messages if recipient in (message["To"] or "")]


def mail_to(running_site, recipient: str, number: int = 1, about: str = ""):
    """The `number`th mail to somebody with `about` in its subject, as soon as it has arrived."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        arrived = [mail for mail in mails_to(running_site, recipient) if about in str(mail["Subject"])]
        if len(arrived) >= number:
            return arrived[number - 1]
        time.sleep(0.1)
    raise AssertionError(f"No mail number {number} to {recipient}")


def link_in(message, pattern: str) -> str:
    """The first address in the plain text that holds `pattern`."""
    return re.search(rf"https?://\S*{pattern}\S*", message.get_body(("plain",)).get_content()).group()
