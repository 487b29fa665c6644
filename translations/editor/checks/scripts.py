"""Which writing a language uses, and whether a text keeps to it."""

import re
import unicodedata
from collections import Counter

from django.utils.translation import gettext_lazy as _

from core.languages import base

SCRIPTS = {
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), "ARABIC"),
    **dict.fromkeys(("be", "bg", "mk", "ru", "sr", "uk"), "CYRILLIC"),
    "el": "GREEK",
    "he": "HEBREW",
    "am": "ETHIOPIC",
    "ti": "ETHIOPIC",
}
NAMES = {
    "ARABIC": _("Arabic"),
    "CYRILLIC": _("Cyrillic"),
    "ETHIOPIC": _("Ethiopic"),
    "GREEK": _("Greek"),
    "HEBREW": _("Hebrew"),
    "LATIN": _("Latin"),
}
# Letters that only the neighbour has: the wrong keyboard, or the wrong language.
FOREIGN_LETTERS = {"uk": "ыэъёЫЭЪЁ", "ru": "іїєґІЇЄҐ"}
LOOK_ALIKE = {"CYRILLIC", "LATIN", "GREEK"}
WORD = re.compile(r"[^\W\d_]+")


def expected(language: str) -> str:
    return SCRIPTS.get(base(language), "LATIN")


def scripts(text: str) -> Counter:
    """How many letters of each writing."""
    return Counter(script(letter) for letter in text if letter.isalpha())


def script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def is_foreign(text: str, language: str) -> bool:
    """Whether hardly any letter is of the language's writing. Names may stand in their own."""
    counted = scripts(text)
    wanted, total = expected(language), counted.total()
    return total > 2 and counted[wanted] < (total / 2 if wanted == "LATIN" else 1)


def mixed_words(text: str) -> list[str]:
    """Words with look-alike letters of two writings, which search and screen readers do not know."""
    return [word for word in WORD.findall(text) if len({script(c) for c in word} & LOOK_ALIKE) > 1]


def foreign_letters(text: str, language: str) -> str:
    return "".join(sorted(set(text) & set(FOREIGN_LETTERS.get(base(language), ""))))
