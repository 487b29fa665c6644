"""What has changed between two texts, word by word. Knows texts only, no database."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from translations.editor.checks.numbers import NUMBER, as_digits, in_digits_of

# A mark, a number, a word with its marks above and below, a run of spaces, or one other sign.
TOKEN = re.compile(rf"‹/?\w+›|{NUMBER.pattern}|\w+(?:[’'-]\w+)*|\s+|.", re.S)
LONGEST = 3000


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The new text with what was added, and what was removed where it stood."""
    if max(len(old), len(new)) > LONGEST:
        return [Piece(Change.SAME, new)] if old == new else [Piece(Change.REMOVED, old), Piece(Change.ADDED, new)]
    before, after = tokens(old), tokens(new)
    pieces = []
    for operation, i1, i2, j1, j2 in _operations(before, after):
        if operation == "equal":
            pieces.append(Piece(Change.SAME, "".join(after[j1:j2])))
        else:
            pieces.append(Piece(Change.REMOVED, "".join(before[i1:i2])))
            pieces.append(Piece(Change.ADDED, "".join(after[j1:j2])))
    return [piece for piece in pieces if piece.text]


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def similarity(one: str, other: str) -> float:
    """From 0 to 1. Words that differ still count for the letters they share: Netzwerk and Netzwerke are close."""
    if one == other:
        return 1.0
    first, second = tokens(one.casefold()), tokens(other.casefold())
    shared = 0.0
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if operation == "equal":
            shared += sum(map(len, first[i1:i2]))
        elif operation == "replace" and i2 - i1 <= 3 and j2 - j1 <= 3:
            left, right = "".join(first[i1:i2]), "".join(second[j1:j2])
            blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
            shared += sum(block.size for block in blocks if block.size > 2)
    return 2 * shared / (len(one) + len(other) or 1)


def drawn(pieces: list[Piece]) -> SafeString:
    """As HTML: `<del>` and `<ins>`, each also announced to those who only hear the page."""
    return format_html_join("", "{}", ((_drawn(piece),) for piece in pieces))


def _drawn(piece: Piece) -> str | SafeString:
    if piece.change == Change.SAME:
        return piece.text
    tag, label = ("del", _("removed:")) if piece.change == Change.REMOVED else ("ins", _("added:"))
    return format_html(
        '<{} class="change change--{}"><span class="w-sr-only">{} </span>{}</{}>',
        tag,
        piece.change.value,
        label,
        piece.text,
        tag,
    )


def changed_numbers(old: str, new: str) -> list[tuple[str, str]]:
    """(before, after), where the two texts differ in numbers only; otherwise nothing."""
    before, after = tokens(old), tokens(new)
    changes = []
    for operation, i1, i2, j1, j2 in _operations(before, after):
        if operation == "equal":
            continue
        left, right = before[i1:i2], after[j1:j2]
        if len(left) != len(right) or not all(map(NUMBER.fullmatch, left + right)):
            return []
        changes += zip(left, right, strict=True)
    return changes


def with_changed_numbers(translation: str, old: str, new: str) -> str | None:
    """The earlier translation with the new numbers in it, where nothing else in German has changed.

    None where a number does not stand in it exactly once: then a person has to look.
    """
    changes = changed_numbers(old, new)
    for before, after in changes:
        places = [match for match in NUMBER.finditer(translation) if as_digits(match.group()) == as_digits(before)]
        if len(places) != 1:
            return None
        start, end = places[0].span()
        translation = translation[:start] + in_digits_of(places[0].group(), after) + translation[end:]
    return translation if changes else None


def with_changes_marked(translation: str, old: str, new: str) -> SafeString:
    """The earlier translation with those words and numbers marked that the German text does not have any more."""
    gone = {
        as_digits(token)
        for piece in differences(old, new)
        if piece.change == Change.REMOVED
        for token in tokens(piece.text)
        if len(token) > 2 or NUMBER.fullmatch(token)
    }
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", t) if as_digits(t) in gone else t,) for t in tokens(translation))
    )


def _operations(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Like difflib's, but a lone space between two changed words does not tear the change apart."""
    joined = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal" and joined and "".join(after[j1:j2]).isspace() and j2 != len(after):
            operation = "replace"
        if joined and operation != "equal" and joined[-1][0] != "equal":
            _name, a1, _a2, b1, _b2 = joined.pop()
            i1, j1 = a1, b1
            operation = "replace"
        joined.append((operation, i1, i2, j1, j2))
    return joined
