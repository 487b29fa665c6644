"""A profile's description as plain text: paragraphs between empty lines, lists with a hyphen before each line.

Only what survives the way there and back is offered as plain text; bold type, links or pictures would be lost.
"""

import re
from html.parser import HTMLParser

from django.utils.html import escape

TEXT = "text"
BULLET = "- "


class NotPlainError(Exception):
    """The body holds more than plain text can say."""


def from_body(body) -> str | None:
    """The text of a page's body; None where it cannot be written as plain text."""
    try:
        parts = [_plain(block.value.source) for block in body if _is_text(block)]
    except NotPlainError:
        return None
    return "\n\n".join(part for part in parts if part)


def to_body(text: str) -> list[tuple[str, str]]:
    """What a page's body is set to."""
    html = "".join(_html(part) for part in re.split(r"\n[ \t]*\n\s*", tidy(text)) if part)
    return [(TEXT, html)] if html else []


def tidy(text: str) -> str:
    """One kind of line break, no spaces at the end of lines, at most one empty line."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_text(block) -> bool:
    if block.block_type != TEXT:
        raise NotPlainError
    return True


def _html(part: str) -> str:
    lines = part.split("\n")
    if all(line.startswith(BULLET) for line in lines):
        return f"<ul>{''.join(f'<li>{escape(line.removeprefix(BULLET).strip())}</li>' for line in lines)}</ul>"
    return f"<p>{'<br/>'.join(escape(line) for line in lines)}</p>"


def _plain(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tidy("\n\n".join(reader.parts + ([reader.line] if reader.line.strip() else [])))


class _Reader(HTMLParser):
    """Paragraphs, line breaks and simple lists; anything else is not plain."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.items: list[str] = []
        self.line = ""

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.line += "\n"
        elif tag not in ("p", "ul", "li"):
            raise NotPlainError

    def handle_endtag(self, tag):
        if tag == "li":
            self.items.append(BULLET + " ".join(self.line.split()))
        elif tag == "ul":
            self.parts.append("\n".join(self.items))
            self.items = []
        elif tag == "p":
            self.parts.append("\n".join(line.strip() for line in self.line.split("\n")))
        if tag in ("p", "li"):
            self.line = ""

    def handle_data(self, data):
        self.line += re.sub(r"\s+", " ", data)
