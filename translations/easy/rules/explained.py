"""Hard words may be used where the text explains them: `Das Wort heißt …`, `… Das bedeutet: …`."""

import re
from collections.abc import Iterable

from translations.easy.rules.words import plain
from translations.easy.rules.words import words as words_of
from translations.easy.sentences import sentences

EXPLAINS = re.compile(
    r"(Das|Dies|Damit|Es)\s+(bedeutet|heißt|meint|ist|sind|nennt man|ist gemeint)\b|Gemeint\s+(ist|sind)\b|So heißt\b",
    re.I,
)
NAMES = re.compile(
    r"^(?:(?:Ein|Eine|Einen|Der|Die|Das|Das Wort|Die Abkürzung)\s+)?[„\"»]?([^\W\d_][\w·*-]+)[“\"«]?"
    r"\s*(?::|(?:heißt|bedeutet|meint|steht für|(?:ist|sind) (?:ein|eine|der|die|das|wenn))\b)"
)
CALLED = re.compile(
    r"(?:heißt|heißen|nennt man|nennen wir|ist|Abkürzung|Form ist|Name ist)(?: auch| das)?:?\s*[„\"»]?([^\W\d_][\w·*-]+)[“\"«]?\s*\.?$"
)
LABEL = re.compile(r"^([^:.!?]{3,60}):\s+\S")
IN_BRACKETS = re.compile(r"\(([A-ZÄÖÜ]{2,7})\)")


def words(texts: Iterable[str]) -> frozenset[str]:
    """Base forms, in lower case, of everything that is explained in one of the texts."""
    found: set[str] = set()
    for text in texts:
        before = ""
        for start, end in sentences(text):
            sentence = text[start:end]
            if EXPLAINS.match(sentence):
                found |= _bases(before)
            for pattern in (NAMES, CALLED, LABEL, IN_BRACKETS):
                if named := pattern.search(sentence):
                    found |= _bases(named.group(1))
            before = sentence
    return frozenset(found)


def is_known(found: str, known: frozenset[str]) -> bool:
    return bool(_bases(found) & known)


def _bases(text: str) -> set[str]:
    return {base for word in words_of(text) if word.is_word for base in (plain(word.text).lower(), word.lemma.lower())}
