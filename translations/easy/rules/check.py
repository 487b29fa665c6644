"""All rules over all texts of a page. A sentence that has not changed is not looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from translations.easy.rules import explained, figures, grammar, structure, vocabulary
from translations.easy.rules.hints import Hint
from translations.easy.rules.sentence import Sentence
from translations.easy.sentences import sentences

CHECKS = (
    structure.length,
    structure.clauses,
    grammar.passive,
    grammar.genitive,
    grammar.negation,
    grammar.subjunctive,
    vocabulary.abbreviations,
    vocabulary.hard_words,
    vocabulary.long_words,
    figures.number_words,
    figures.roman,
    figures.dates,
    figures.large_numbers,
    figures.percent,
    figures.characters,
)


LONGEST = 1500  # letters; what is longer is no sentence, and would cost much to look at


@dataclass(frozen=True)
class Text:
    """One field or block. `bold` are the places of its words that stand out."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()


def check(texts: Iterable[Text]) -> list[list[Hint]]:
    """The hints for each text, in the order of the text."""
    texts = list(texts)
    known = explained.words([text.text for text in texts])
    return [[hint for hint in _hints(text) if not _is_settled(hint, text, known)] for text in texts]


def _hints(text: Text) -> list[Hint]:
    return [
        replace(hint, start=hint.start + start, end=hint.end + start)
        for start, end in sentences(text.text)
        for hint in of_sentence(text.text[start:end])
    ]


@lru_cache(maxsize=4096)
def of_sentence(text: str) -> tuple[Hint, ...]:
    if len(text) > LONGEST:
        return (Hint("length", 0, len(text), text, "Hier endet lange kein Satz."),)
    sentence = Sentence(text)
    hints = [hint for rule in CHECKS for hint in rule(sentence)]
    return tuple(sorted(hints, key=lambda hint: (hint.start, hint.end)))


def _is_settled(hint: Hint, text: Text, known: frozenset[str]) -> bool:
    """Explained somewhere on the page; or a negation that stands out, as the rules want it."""
    if hint.rule in {"hard", "foreign", "abbreviation"}:
        return explained.is_known(hint.found, known)
    if hint.rule == "negation":
        return any(start <= hint.start and hint.end <= end for start, end in text.bold)
    return False
