"""The words of a page: what a text in Leichte Sprache is compared with, and how two versions differ."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

Texts = list[list[str]]  # [path, text], a list because it is kept as JSON


@dataclass(frozen=True)
class Change:
    before: str
    after: str


def texts_of(page: Page) -> Texts:
    """Every text on the page in its order, without formatting; pictures, links and facts are no text."""
    return [
        [segment.path, text]
        for segment in extract_segments(page.specific)
        if isinstance(segment, StringSegmentValue) and (text := " ".join(segment.string.render_text().split()))
    ]


def fingerprint(page: Page) -> str:
    words = "\n".join(text for _path, text in texts_of(page))
    return hashlib.sha256(words.encode()).hexdigest()


def say_the_same(old: Texts, new: Texts) -> bool:
    """Whether the same texts are there; their order and their blocks do not matter."""
    return Counter(text for _path, text in old) == Counter(text for _path, text in new)


def changes(old: Texts, new: Texts) -> list[Change]:
    """What is no longer there and what has come, a changed text as one: in the order of the new page."""
    gone = Counter(text for _path, text in old) - Counter(text for _path, text in new)
    come = Counter(text for _path, text in new) - Counter(text for _path, text in old)
    before = _by_path([pair for pair in old if pair[1] in gone])
    found = []
    for path, text in new:
        if text in come:
            same_place = before.get(path)
            found.append(Change(same_place.pop(0) if same_place else "", text))
    return [*found, *(Change(text, "") for texts in before.values() for text in texts)]


def _by_path(texts: Texts) -> dict[str, list[str]]:
    by_path: dict[str, list[str]] = {}
    for path, text in texts:
        by_path.setdefault(path, []).append(text)
    return by_path
