"""Links and formatting inside a text, as people edit them: ‹1›link text‹/1›, ‹b›bold‹/b›.

wagtail-localize stores a text as a scrap of HTML without attributes (`<a id="a1">link text</a>`). Nobody should have to
write that on a phone. Both directions stand here; nothing that somebody types becomes HTML except the marks which the
German text has, too.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape, unescape

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

NAMES = {name for name in INLINE_TAGS if name != "br"}
# Angle brackets are easier to type than the signs that we show.
MARK = re.compile(rf"[‹<](/?)(\d{{1,3}}|{'|'.join(sorted(NAMES))})[›>]")
LINK_ID = re.compile(r"a(\d{1,3})")
# Direction overrides turn text around so that it reads differently from what is stored.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\ufeff]")


class BrokenMarks(ValueError):
    """Says to the translator what is wrong with the marks."""


@dataclass(frozen=True)
class Mark:
    """`name` is the number of a link or the name of a tag."""

    name: str

    @property
    def opening(self) -> str:
        return f"‹{self.name}›"

    @property
    def closing(self) -> str:
        return f"‹/{self.name}›"

    @property
    def is_link(self) -> bool:
        return self.name.isdigit()

    @property
    def tag(self) -> str:
        return f'a id="a{self.name}"' if self.is_link else self.name

    @property
    def closing_tag(self) -> str:
        return "a" if self.is_link else self.name


def marks(data: str) -> list[Mark]:
    """The marks of a stored text, each once, in the order in which they open."""
    return list(dict.fromkeys(_marks(_parsed(data)))) if "<" in data else []


def to_text(data: str) -> str:
    """A stored text as it is edited."""
    return "".join(_written(_parsed(data))) if "<" in data else unescape(data)


def to_plain(data: str) -> str:
    """A stored text as it is read, without marks."""
    return _parsed(data).get_text() if "<" in data and "<br" not in data else MARK.sub("", to_text(data))


def to_data(text: str, source: str, *, is_rich: bool) -> str:
    """What is stored for an edited text; raises `BrokenMarks`. In plain fields every sign stands for itself."""
    text = cleaned(text)
    inner = _with_tags(text, {mark.name for mark in marks(source)}) if is_rich else escape(text, quote=False)
    return inner.replace("\n", "<br/>")


def cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", text)).strip()


def shown(data: str, terms: Collection[str] = ()) -> SafeString:
    """A stored text to look at: its marks set apart from the words, words of the glossary marked."""
    longest_first = sorted(map(unescape, terms), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
    return format_html_join("", "{}", ((part,) for part in _drawn(_parsed(data), pattern)))


def _parsed(data: str) -> BeautifulSoup:
    return BeautifulSoup(data, "html.parser")


def _mark(tag: Tag) -> Mark | None:
    """None for what is no inline formatting, such as markup in a damaged file."""
    if tag.name == "a" and tag.get("id"):
        link = LINK_ID.fullmatch(tag["id"])
        return Mark(str(int(link[1]))) if link else None
    return Mark(tag.name) if tag.name in NAMES and not tag.attrs else None


def _marks(soup: Tag) -> Iterator[Mark]:
    for tag in soup.find_all(True):
        if tag.name != "br" and (mark := _mark(tag)):
            yield mark


def _written(soup: Tag) -> Iterator[str]:
    for child in soup.children:
        if isinstance(child, NavigableString):
            yield str(child)
        elif child.name == "br":
            yield "\n"
        elif mark := _mark(child):
            yield mark.opening
            yield from _written(child)
            yield mark.closing
        else:
            yield str(child)


def _drawn(soup: Tag, terms: re.Pattern | None) -> Iterator[SafeString]:
    for child in soup.children:
        if isinstance(child, NavigableString):
            yield from _with_terms(str(child), terms)
        elif child.name == "br":
            yield mark_safe("<br>")
        elif mark := _mark(child):
            inner = format_html_join("", "{}", ((part,) for part in _drawn(child, terms)))
            yield format_html(
                '<span class="marked marked--{}"><bdi class="mark">{}</bdi>{}<bdi class="mark">{}</bdi></span>',
                "link" if mark.is_link else mark.name,
                mark.opening,
                inner,
                mark.closing,
            )
        else:
            yield format_html("{}", str(child))


def _with_terms(text: str, terms: re.Pattern | None) -> Iterator[SafeString]:
    position = 0
    for match in terms.finditer(text) if terms else ():
        yield format_html('{}<mark class="term">{}</mark>', text[position : match.start()], match.group())
        position = match.end()
    yield format_html("{}", text[position:])


def _with_tags(text: str, known: set[str]) -> str:
    parts, opened, position = [], [], 0
    for match in MARK.finditer(text):
        parts.append(escape(text[position : match.start()], quote=False))
        position = match.end()
        parts.append(_tag(match, known, opened))
    if opened:
        raise BrokenMarks(_("The mark %(mark)s is missing: it ends what %(other)s begins.") % _pair(opened[-1]))
    parts.append(escape(text[position:], quote=False))
    return "".join(parts)


def _tag(match: re.Match, known: set[str], opened: list[Mark]) -> str:
    is_closing, name = match[1], match[2]
    mark = Mark(str(int(name)) if name.isdigit() else name)
    if mark.name not in known:
        raise BrokenMarks(_("The mark %(mark)s does not occur in the German text.") % {"mark": mark.opening})
    if not is_closing:
        if mark in opened or (mark.is_link and any(other.is_link for other in opened)):
            raise BrokenMarks(_("The mark %(mark)s stands inside another one.") % {"mark": mark.opening})
        opened.append(mark)
        return f"<{mark.tag}>"
    if not opened or mark not in opened:
        raise BrokenMarks(_("The mark %(other)s is missing: %(mark)s ends something that has not begun.") % _pair(mark))
    if opened[-1] != mark:
        raise BrokenMarks(_("The mark %(mark)s is missing: it ends what %(other)s begins.") % _pair(opened[-1]))
    opened.pop()
    return f"</{mark.closing_tag}>"


def _pair(mark: Mark) -> dict[str, str]:
    return {"mark": mark.closing, "other": mark.opening}
