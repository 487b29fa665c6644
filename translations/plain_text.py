"""What a person reads of a piece of HTML, so that the same words compare equal however they are marked up."""

import re
from html import unescape

TAG = re.compile(r"<[^<>]*>")
BREAK = re.compile(r"<br\s*/?>", re.I)
BLANKS = re.compile(r"\s+")


def plain(html: str) -> str:
    """Without tags and entities, every run of blanks as one."""
    return blanks(unescape(TAG.sub("", BREAK.sub(" ", html))))


def blanks(text: str) -> str:
    return BLANKS.sub(" ", text).strip()


def has_letters(text: str) -> bool:
    """Numbers, dates and signs are the same in every language."""
    return any(letter.isalpha() for letter in text)
