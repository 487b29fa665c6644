"""Terms in running text: where they stand in the German, and whether the translation follows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from html import unescape
from itertools import pairwise

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _

from core.collation import plain
from core.languages import SOURCE_LANGUAGE
from translations.inflection import WORD, bare, find_phrase, is_form, is_in_compound
from translations.models import GlossaryTerm, GlossaryTranslation
from translations.models.glossary import Rule, wordings

CACHE_KEY = "glossary"
COLUMNS = (
    *("pk", "term", "variants", "rule", "explanation", "instead"),
    *(f"translations__{name}" for name in ("language", "text", "instead", "note")),
)
# With a cache in each process, the others see a change after this many seconds.
SECONDS = 10
BETWEEN_WORDS = re.compile(r"[\s\u00a0\-\u2011]+")
SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:…»“\"]\s*|>)\s*$")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Entry:
    """A term and what is wanted in one language."""

    pk: int
    term: str
    spellings: tuple[str, ...]
    rule: str
    explanation: str
    accepted: tuple[str, ...]
    instead: str
    note: str

    @property
    def wanted(self) -> str:
        """What to write: the name itself, the translation, or the word that replaces one to avoid."""
        if self.rule == Rule.AVOID:
            return self.instead
        return self.accepted[0] if self.accepted else self.term if self.rule == Rule.KEEP else ""


@dataclass(frozen=True)
class Match:
    """A term found in a German text between `start` and `end`."""

    entry: Entry
    start: int
    end: int
    is_compound: bool = False

    @property
    def term(self) -> str:
        return self.entry.term

    @property
    def rule(self) -> str:
        return self.entry.rule

    @property
    def wanted(self) -> str:
        return self.entry.wanted

    @property
    def explanation(self) -> str:
        return self.entry.explanation


@dataclass(frozen=True)
class Violation:
    """`code` is `term-missing`, `term-changed` or `term-avoided`."""

    code: str
    entry: Entry
    message: str


def matches(text: str, language: str) -> list[Match]:
    """Terms in a German text or piece of HTML, with what is wanted in `language`. The longest of several wins."""
    found = sorted(
        _candidates(text, entries(language)),
        key=lambda match: (match.start - match.end, match.is_compound, match.start),
    )
    taken: list[Match] = []
    for match in found:
        if all(match.end <= other.start or match.start >= other.end for other in taken):
            taken.append(match)
    return sorted(taken, key=lambda match: match.start)


def violations(source: str, target: str, language: str) -> list[Violation]:
    """Where the translation `target` does not follow the terms."""
    text = visible(target)
    tokens = WORD.findall(text)
    found = {}
    for match in matches(source, language):
        spelling = source[match.start : match.end]
        if (
            not match.is_compound
            and match.entry.pk not in found
            and (fault := _fault(match, spelling, text, tokens, language))
        ):
            found[match.entry.pk] = fault
    return [*found.values(), *_avoided(tokens, language)]


def _fault(match: Match, spelling: str, text: str, tokens: list[str], language: str) -> Violation | None:
    entry = match.entry
    if entry.rule == Rule.KEEP:
        kept = any(name.casefold() in text.casefold() for name in (*entry.spellings, *entry.accepted))
        message = _("“%(term)s” stays as it is in every language.") % {"term": entry.term}
        return None if kept else Violation("term-changed", entry, message)
    if entry.rule == Rule.AVOID or not entry.accepted:
        return None
    if follows(tokens, entry, language) or (is_abbreviation(spelling) and spelling in text):
        return None
    message = _("For “%(term)s” the glossary says “%(wanted)s”.") % {"term": entry.term, "wanted": entry.wanted}
    return Violation("term-missing", entry, message)


def follows(tokens: list[str], entry: Entry, language: str, *, strict: bool = False) -> bool:
    """Whether one of the accepted wordings is among the words, in whatever form."""
    return any(find_phrase(tokens, WORD.findall(text), language, strict=strict) for text in entry.accepted)


def _avoided(tokens: list[str], language: str) -> Iterator[Violation]:
    for entry in entries(language):
        if entry.rule == Rule.AVOID and follows(tokens, entry, language, strict=True):
            values = {"word": entry.accepted[0], "instead": entry.instead}
            message = _("“%(word)s” is to be avoided.") % values
            if entry.instead:
                message = _("“%(word)s” is to be avoided; better: “%(instead)s”.") % values
            yield Violation("term-avoided", entry, message)


def visible(html: str) -> str:
    """What a reader sees of a piece of HTML."""
    return unescape(TAG.sub("", html)).replace("\u00ad", "")


def _candidates(text: str, known: tuple[Entry, ...]) -> Iterator[Match]:
    tags = [tag.span() for tag in TAG.finditer(text)]
    tokens = [word for word in WORD.finditer(text) if not _is_in(word.span(), tags)]
    for entry in known:
        for spelling in entry.spellings:
            if entry.rule == Rule.KEEP or is_abbreviation(spelling):
                yield from (Match(entry, *span) for span in _literally(text, spelling) if not _is_in(span, tags))
            else:
                yield from _inflected(text, tokens, entry, spelling)


def _is_in(span: tuple[int, int], tags: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] < end for start, end in tags)


def is_abbreviation(spelling: str) -> bool:
    return len(spelling) < 8 and " " not in spelling and sum(letter.isupper() for letter in spelling) > 1


def _literally(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Names stand as they are, at most with an s."""
    if name not in text:
        return
    for found in re.finditer(rf"(?<![\w.]){re.escape(name)}(?=s?(?!\w))", text):
        yield found.span()


def _inflected(text: str, tokens: list[re.Match], entry: Entry, spelling: str) -> Iterator[Match]:
    words = WORD.findall(spelling)
    beginning = _plain(words[0])[:-1] if words else ""
    for number in range(len(tokens) - len(words) + 1):
        if not words or beginning not in _plain(tokens[number].group()):
            continue  # most words are not worth a closer look
        window = tokens[number : number + len(words)]
        start, end = window[0].start(), window[-1].end()
        if len(words) == 1 and is_in_compound(window[0].group(), words[0]):
            yield Match(entry, start, end, is_compound=True)
        elif _are_together(text, window) and all(
            is_form(token.group(), word, bool(SENTENCE_BEFORE.search(text[: token.start()])))
            for token, word in zip(window, words, strict=True)
        ):
            yield Match(entry, start, end)


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return plain(bare(word))


def _are_together(text: str, window: list[re.Match]) -> bool:
    gaps = (text[left.end() : right.start()] for left, right in pairwise(window))
    return all(BETWEEN_WORDS.fullmatch(gap) for gap in gaps)


def entries(language: str) -> tuple[Entry, ...]:
    """All terms with what is wanted in one language; one query at most."""
    rows = cache.get(CACHE_KEY)
    if rows is None:
        rows = tuple(GlossaryTerm.objects.order_by("term").values_list(*COLUMNS))
        cache.set(CACHE_KEY, rows, SECONDS)
    return _entries(rows, language)


@lru_cache(maxsize=16)
def _entries(rows: tuple[tuple, ...], language: str) -> tuple[Entry, ...]:
    found = {}
    for pk, term, variants, rule, explanation, german, code, text, instead, note in rows:
        translated = code == language
        if translated or pk not in found:
            found[pk] = Entry(
                pk=pk,
                term=term,
                spellings=(term, *wordings(variants)),
                rule=rule,
                explanation=explanation,
                accepted=tuple(wordings(text)) if translated else (),
                instead=instead if translated else german if language == SOURCE_LANGUAGE else "",
                note=note if translated else "",
            )
    return tuple(found.values())


def forget(**kwargs) -> None:
    cache.delete(CACHE_KEY)
    transaction.on_commit(partial(cache.delete, CACHE_KEY))


def watch() -> None:
    for model in (GlossaryTerm, GlossaryTranslation):
        post_save.connect(forget, sender=model, dispatch_uid=f"forget {model._meta.label}")
        post_delete.connect(forget, sender=model, dispatch_uid=f"forget deleted {model._meta.label}")
