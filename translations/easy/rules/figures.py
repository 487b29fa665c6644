"""Rules about numbers, dates and signs."""

import re
from collections.abc import Iterator

from translations.easy.rules.hints import Hint
from translations.easy.rules.sentence import Sentence
from translations.easy.rules.words import Word

NUMBERS = dict(
    zip(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn"
        " neunzehn zwanzig".split(),
        range(2, 21),
        strict=True,
    )
)
NUMBERS |= {"dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90}
NUMBERS |= {"hundert": 100, "einhundert": 100, "zweihundert": 200, "fünfhundert": 500}
COMPOSED = re.compile(
    r"(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(zwan|drei|vier|fünf|sech|sieb|acht|neun)(z|ß)ig"
)

MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
DATE = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?(?!\d|\.\d)")
SHORT_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\.\s(Jan|Feb|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)\.\s?(\d{4})?")

ROMAN = re.compile(r"(?=[IVXLC])(?:C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
NOT_ROMAN = {"CD", "CV", "XL", "LI", "CC", "C", "X", "L", "V", "I", "CI", "VIC", "LX"}
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
BEFORE_ROMAN = {"kapitel", "raum", "teil", "band", "stufe", "hartz", "sgb", "phase", "klasse", "wilhelm", "ludwig"}

GROUPED = re.compile(r"(?<![\d.,/+-])(\d{1,3}(?:[.\u00a0 ]\d{3})+|\d{5,})(?![\d.,/-]\d)")
PHONE = re.compile(r"(?:\+\d{2}|\b0\d{2,5})[\s/()-]*\d[\d\s/()-]{4,}")
POSTCODE = re.compile(r"\b\d{5}(?=\s+[A-ZÄÖÜ])")
PERCENT = re.compile(r"\d+(?:,\d+)?\s?(?:%|Prozent\b)|\bProzent(?:e|en)?\b|%")
YEAR = re.compile(r"(?<![\d.,/-])1[0-8]\d\d(?![\d.,/-]\d)(?=\s|[.,;!?)]|$)")
SIGNS = {
    "§": "Paragraf",
    "&": "und",
    ";": ".",
    "…": "",
    "#": "",
    "=": "ist",
    "+": "und",
    "<": "",
    ">": "",
    "[": "",
    "]": "",
    "{": "",
    "}": "",
    "|": "",
    "_": "",
    "~": "etwa",
    "^": "",
    "\\": "",
    "†": "gestorben",
    "€": "Euro",
    "$": "Dollar",
    "→": "",
    "•": "",
    "°": "Grad",
}
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
SLASH = re.compile(r"[^\W\d_]+\s?/\s?[^\W\d_]+")


def number_words(sentence: Sentence) -> Iterator[Hint]:
    for word in sentence.words:
        figure = NUMBERS.get(word.lower) or (COMPOSED.fullmatch(word.lower) and _composed(word.lower))
        if figure and word.tag not in {"NE", "VV(INF)", "VV(FIN)", "PTKVZ"} and not _is_verb_part(sentence, word):
            yield sentence.hint("numbers", word, message=f"„{word.text}“ als Ziffer.", suggestion=str(figure))


def _composed(word: str) -> int:
    units, tens = word.split("und", 1)
    units = {"ein": 1}.get(units) or NUMBERS[units]
    return units + NUMBERS[tens]


def _is_verb_part(sentence: Sentence, word: Word) -> bool:
    """`Geben Sie acht`, `sich in Acht nehmen`."""
    return word.lower == "acht" and any(other.lemma in {"geben", "achtgeben", "nehmen"} for other in sentence.words)


def roman(sentence: Sentence) -> Iterator[Hint]:
    for before, word in zip((None, *sentence.words), sentence.words, strict=False):
        if not ROMAN.fullmatch(word.text) or not word.text.isupper():
            continue
        introduced = before is not None and before.lower in BEFORE_ROMAN
        if word.text not in NOT_ROMAN or (introduced and word.text in {"I", "V", "X"}):
            yield sentence.hint("roman", word, message="Römische Zahl.", suggestion=str(_roman_value(word.text)))


def _roman_value(numeral: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def dates(sentence: Sentence) -> Iterator[Hint]:
    for found in DATE.finditer(sentence.text):
        day, month, year = int(found[1]), int(found[2]), found[3] or ""
        if 1 <= day <= 31 and 1 <= month <= 12:
            year = f" {year if len(year) == 4 else f'20{year}'}" if year else ""
            yield _at(sentence, "dates", found, "Datum mit Punkten.", f"{day}. {MONTHS[month - 1]}{year}")
    for found in SHORT_MONTH.finditer(sentence.text):
        month = next(name for name in [*MONTHS, "Mrz"] if name.startswith(found[2][:3]))
        year = f" {found[3]}" if found[3] else ""
        yield _at(sentence, "dates", found, "Monat abgekürzt.", f"{found[1]}. {month.replace('Mrz', 'März')}{year}")


def large_numbers(sentence: Sentence) -> Iterator[Hint]:
    busy = [*_spans(PHONE, sentence.text), *_spans(POSTCODE, sentence.text), *_spans(ADDRESS, sentence.text)]
    for found in GROUPED.finditer(sentence.text):
        value = int(re.sub(r"\D", "", found[0])[:20])
        if value >= 1000 and not _within(found.start(), busy):
            yield _at(sentence, "large", found, "Große Zahl.", _rounded(value))
    for found in YEAR.finditer(sentence.text):
        if not _within(found.start(), busy):
            yield _at(sentence, "old_year", found, "Jahr vor langer Zeit.", "")


def _rounded(value: int) -> str:
    if value >= 1_000_000:
        return f"mehr als {value // 1_000_000} Millionen" if value >= 2_000_000 else "mehr als 1 Million"
    thousands, rest = divmod(value, 1000)
    if not rest:
        return f"{thousands} Tausend"
    return f"fast {thousands + 1} Tausend" if rest >= 700 else f"mehr als {thousands} Tausend"


def percent(sentence: Sentence) -> Iterator[Hint]:
    for found in PERCENT.finditer(sentence.text):
        yield _at(sentence, "percent", found, "Prozent.", "")


def characters(sentence: Sentence) -> Iterator[Hint]:
    busy = _spans(ADDRESS, sentence.text)
    for found in SLASH.finditer(sentence.text):
        if not _within(found.start(), busy):
            yield _at(sentence, "characters", found, "Schräg·strich zwischen Wörtern.", found[0].replace("/", " oder "))
    for position, sign in enumerate(sentence.text):
        if (
            sign in SIGNS
            and not _within(position, busy)
            and not (sign == "+" and sentence.text[position + 1 :][:1].isdigit())
        ):
            yield Hint("characters", position, position + 1, sign, f"Das Zeichen {sign}", SIGNS[sign])


def _at(sentence: Sentence, rule: str, found: re.Match, message: str, suggestion: str) -> Hint:
    return Hint(rule, found.start(), found.end(), found[0], message, suggestion)


def _spans(pattern: re.Pattern, text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
