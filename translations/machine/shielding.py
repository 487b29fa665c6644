"""Keeps names, terms and addresses out of a machine's reach: they travel in an element that the service leaves alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from translations.glossary import TAG, matches
from translations.machine.failures import Broken
from translations.machine.providers import Provider
from translations.models.glossary import Rule

ADDRESS = re.compile(
    r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)www\.[^\s<>\"]+[\w/]"
)
GENITIVE = re.compile(r"s(?!\w)")


@dataclass(frozen=True)
class Shielded:
    """What is sent, and which words have to come back in which element, as HTML."""

    html: str
    kept: dict[str, str]


def shield(html: str, language: str, provider: Provider) -> Shielded:
    parts, kept, end = [], {}, 0
    for number, (start, stop, words) in enumerate(_pieces(html, language), start=1):
        parts += [html[end:start], provider.shielded(number, words)]
        kept[f"k{number}"] = words
        end = stop
    return Shielded("".join([*parts, html[end:]]), kept)


def _pieces(html: str, language: str) -> list[tuple[int, int, str]]:
    """Start, end and what takes their place, without overlaps; addresses first."""
    taken = [found.span() for found in TAG.finditer(html)]
    pieces = []
    for start, end, words in (*_addresses(html), *_terms(html, language)):
        if all(end <= other[0] or start >= other[1] for other in taken):
            taken.append((start, end))
            pieces.append((start, end, words))
    return sorted(pieces)


def _addresses(html: str) -> Iterator[tuple[int, int, str]]:
    for found in ADDRESS.finditer(html):
        yield *found.span(), found.group()


def _terms(html: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Compounds are left to the machine: what a part of them means, the whole need not mean."""
    for match in matches(html, language):
        if match.rule == Rule.KEEP:
            genitive = GENITIVE.match(html, match.end)
            yield match.start, genitive.end() if genitive else match.end, html[match.start : match.end]
        elif match.rule == Rule.USE and match.entry.accepted and not match.is_compound:
            yield match.start, match.end, escape(match.wanted, quote=False)


def unshield(html: str, shielded: Shielded, provider: Provider) -> str:
    """The words in the place of their elements. Raises Broken where one is missing, doubled or changed."""
    soup = BeautifulSoup(html, "html.parser")
    found = [tag for tag in soup.find_all(True) if provider.is_shield(tag)]
    if sorted(tag.get("id", "") for tag in found) != sorted(shielded.kept):
        raise Broken(_("a protected word is missing or doubled"))
    for tag in found:
        words = unescape(shielded.kept[tag["id"]])
        if " ".join(tag.get_text().split()) != words:
            raise Broken(_("the protected word “%(word)s” was changed") % {"word": words})
        tag.replace_with(words)
    return str(soup)
