"""Rules about single words: abbreviations, hard and foreign words, long ones."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from translations.easy.rules.hints import HERE, Hint
from translations.easy.rules.sentence import Sentence
from translations.easy.rules.words import MEDIOPUNKT, Word, parts

FOREIGN_ENDINGS = ("tion", "ismus", "ität", "ieren", "ierung", "iell")

ABBREVIATIONS = {
    "z.b.": "zum Beispiel",
    "d.h.": "das heißt",
    "u.a.": "unter anderem",
    "usw.": "und so weiter",
    "etc.": "und so weiter",
    "bzw.": "oder",
    "ca.": "etwa",
    "ggf.": "vielleicht",
    "evtl.": "vielleicht",
    "inkl.": "mit",
    "vgl.": "siehe",
    "nr.": "Nummer",
    "str.": "Straße",
    "tel.": "Telefon",
    "hr.": "Herr",
    "fr.": "Frau",
    "mio.": "Millionen",
    "mrd.": "Milliarden",
    "std.": "Stunden",
    "min.": "Minuten",
    "max.": "höchstens",
    "o.ä.": "oder so ähnlich",
    "u.ä.": "und so ähnlich",
    "i.d.r.": "meistens",
    "z.t.": "zum Teil",
    "v.a.": "vor allem",
    "s.o.": "siehe oben",
    "bspw.": "zum Beispiel",
    "sog.": "so heißt es",
    "zzgl.": "und dazu",
    "abs.": "Absatz",
    "art.": "Artikel",
    "e.v.": "eingetragener Verein",
    "mind.": "mindestens",
    "allg.": "allgemein",
    "insb.": "vor allem",
    "jh.": "Jahrhundert",
}
ABBREVIATION = re.compile(
    r"(?<![\w.])(?:" + "|".join(re.escape(name).replace(r"\.", r"\.\s?") for name in ABBREVIATIONS) + r")(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
STREET = re.compile(r"\b([^\W\d_]{3,}?)-?str\.", re.IGNORECASE)
UNITS = {"km": "Kilometer", "kg": "Kilo", "qm": "Quadrat·meter", "m²": "Quadrat·meter", "cm": "Zentimeter"}
CAPITALS = re.compile(r"[A-ZÄÖÜ]{2,7}s?")
KNOWN_CAPITALS = {"WC", "LKW", "PKW", "PC", "CD", "DVD", "SMS", "TV", "ICE", "OK", "USA", "EU", "DDR", "UFO", "AG"}

LONGEST = 11
READABLE = re.compile(r"[·\-‐‑]")


@cache
def _lists() -> dict:
    return tomllib.loads((HERE / "hard_words.toml").read_text(encoding="utf-8"))


@cache
def _hard() -> dict[str, str]:
    return {word.lower(): instead for word, instead in _lists()["instead"].items()}


@cache
def _known() -> set[str]:
    return {word.lower() for word in _lists()["known"]["words"]}


@cache
def _phrases() -> re.Pattern:
    return re.compile(r"\b(" + "|".join(map(re.escape, _lists()["phrases"])) + r")\b", re.IGNORECASE)


def abbreviations(sentence: Sentence) -> Iterator[Hint]:
    for found in ABBREVIATION.finditer(sentence.text):
        name = re.sub(r"\s", "", found[0]).lower()
        yield Hint("abbreviation", *found.span(), found[0], f"„{found[0]}“ ist abgekürzt.", ABBREVIATIONS[name])
    for found in STREET.finditer(sentence.text):
        yield Hint("abbreviation", *found.span(), found[0], f"„{found[0]}“ ist abgekürzt.", f"{found[1]}·straße")
    for word in sentence.words:
        if word.text in UNITS:
            yield sentence.hint("abbreviation", word, message="Abgekürzt.", suggestion=UNITS[word.text])
        elif _is_short_form(word) and not _is_loud(sentence):
            yield sentence.hint("abbreviation", word, message=f"Was heißt „{word.text}“?")


def _is_short_form(word: Word) -> bool:
    roman = re.fullmatch(r"[IVXLC]+", word.text)
    return bool(CAPITALS.fullmatch(word.text) and not roman and word.text.rstrip("s") not in KNOWN_CAPITALS)


def _is_loud(sentence: Sentence) -> bool:
    """A whole line in capitals is no row of abbreviations."""
    return sum(word.text.isupper() and len(word.text) > 1 for word in sentence.words) > 2


def hard_words(sentence: Sentence) -> Iterator[Hint]:
    for found in _phrases().finditer(sentence.text):
        instead = next(text for phrase, text in _lists()["phrases"].items() if phrase.lower() == found[0].lower())
        yield Hint("hard", *found.span(), found[0], f"„{found[0]}“ ist schwer.", instead)
    for word in sentence.words:
        instead = _hard().get(word.lower) or _hard().get(word.lemma.lower())
        if instead and word.is_word:
            yield sentence.hint("hard", word, message=f"„{word.text}“ ist schwer.", suggestion=instead)
        elif _is_foreign(word):
            yield sentence.hint("foreign", word, message=f"„{word.text}“ ist ein Fremd·wort.")


def _is_foreign(word: Word) -> bool:
    """By its ending. Of a compound only the last part is looked at: the rest is separated to be read."""
    if word.tag not in {"NN", "ADJ(A)", "ADJ(D)"} and not word.tag.startswith("VV"):
        return False
    lemma = word.lemma.lower()
    last = parts(word.text)[-1].lower()
    if lemma in _known() or any(last.startswith(known[:-2]) for known in _known() if len(known) > 6):
        return False
    if word.tag.startswith("VV") and not lemma.endswith("ieren"):
        return False
    return lemma.endswith(FOREIGN_ENDINGS) and len(lemma) > 6


def long_words(sentence: Sentence) -> Iterator[Hint]:
    for word in sentence.words:
        pieces = READABLE.split(word.text)
        if max(map(len, pieces)) <= LONGEST or not word.text[0].isalpha() or re.search(r"[@/.-]", word.text):
            continue
        if word.tag == "NE" or word.tag.startswith("V"):
            continue
        separated = MEDIOPUNKT.join(_separated(piece) for piece in pieces)
        if separated != word.text:
            yield sentence.hint("long", word, message=f"{len(word.text)} Buchstaben.", suggestion=separated)
        elif max(map(len, pieces)) > LONGEST + 6 and "*" not in word.text:
            yield sentence.hint("long", word, message=f"{len(word.text)} Buchstaben.", soft=True)


def _separated(piece: str) -> str:
    """A word with a gender star ends where the people end: `Migrant*innen·beratung`."""
    people, star, rest = piece.partition("*innen")
    if star and len(rest) > 3:
        return f"{people}{star}{MEDIOPUNKT}{_separated(rest)}"
    return MEDIOPUNKT.join(parts(piece)) if len(piece) > LONGEST and not star else piece
