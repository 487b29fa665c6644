"""Two versions of a text side by side, with the words that went and the words that came marked for every eye and ear."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Comparing costs time with the product of both lengths; longer texts are compared line by line.
LONGEST = 4000
WORD = re.compile(r"\s+|\w+|[^\w\s]")
LINE = re.compile(r"[^\n]*\n|[^\n]+")


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """The old text with <del>, the new one with <ins>."""
    before, after = _parts(old, new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        _html(((step == "equal", before[start:end]) for step, start, end, _from, _to in steps), "del"),
        _html(((step == "equal", after[start:end]) for step, _from, _to, start, end in steps), "ins"),
    )


def _parts(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) + len(after) > LONGEST:
        before, after = LINE.findall(old), LINE.findall(new)
    return before, after


def _html(parts: Iterable[tuple[bool, list[str]]], tag: str) -> SafeString:
    texts = [(same, "".join(words)) for same, words in parts]
    return format_html_join(
        "", "{}", ((text if same else format_html(f"<{tag}>{{}}</{tag}>", text),) for same, text in texts if text)
    )
