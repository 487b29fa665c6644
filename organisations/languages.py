"""Names of spoken languages in the reader's language, from CLDR; a few that CLDR does not tell apart are added."""

import csv
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError, localedata
from django.utils.translation import gettext_lazy, override

from core.collation import plain, sort_key
from core.languages import LANGUAGE_NAMES, base

# ISO 639 codes of languages offered in a profile, the common ones in Germany's counselling practice.
SPOKEN = (
    "aa ab af ak am ar az be bg bm bn bs ca ckb cs da de el en es et fa fi fil fr ga ha he hi hr hu hy id ig is it ja ka "
    "kk km ko ku ky ln lo lt lv mk ml mn mr ms my ne nl no om pa pl prs ps pt ro ru rw sd si sk sl so sq sr sv sw ta "
    "te tg th ti tk tl tr tt ug uk ur uz vi wo yo zh zu rom gsg"
).split()

ADDED = {
    "ckb": gettext_lazy("Kurdish (Sorani)"),
    "gsg": gettext_lazy("German Sign Language"),
    "ku": gettext_lazy("Kurdish (Kurmanji)"),
    "prs": gettext_lazy("Dari"),
    "rom": gettext_lazy("Romani"),
}
# What else people call them; a name may stand for several.
OTHER_NAMES = Path(__file__).parent / "data" / "sprachnamen.csv"
LONGEST_NAME = 80


def language_name(code: str, language: str) -> str:
    """The name of spoken language `code` for a reader of `language`."""
    if code in ADDED:
        with override(language):
            return str(ADDED[code])
    return _names(base(language)).get(code, code)


@lru_cache(maxsize=32)
def _names(language: str) -> dict[str, str]:
    try:
        names = Locale.parse(language).languages
    except UnknownLocaleError:
        names = Locale.parse("de").languages
    return {code: names.get(code, code) for code in SPOKEN}


def german_choices() -> list[tuple[str, str]]:
    """For the editor's form; a callable keeps the list out of migrations."""
    return choices("de")


def choices(language: str = "de") -> list[tuple[str, str]]:
    """(code, name) of every offered language, sorted as readers of `language` expect."""
    names = [(code, language_name(code, language)) for code in SPOKEN]
    return sorted(names, key=lambda pair: sort_key(pair[1], language))


@lru_cache(maxsize=256)
def all_names(code: str) -> tuple[str, ...]:
    """What readers of any of the site's languages, and its speakers, call a spoken language."""
    names = [language_name(code, language) for language in LANGUAGE_NAMES]
    own = Locale.parse(code).get_display_name(code) if code in localedata.locale_identifiers() else None
    return tuple(dict.fromkeys(name for name in [*names, own, *_other_names().get(code, ())] if name))


@lru_cache(maxsize=1)
def _other_names() -> dict[str, list[str]]:
    with OTHER_NAMES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["names"].split("|") for row in csv.DictReader(file)}


def codes_of(text: str) -> list[str]:
    """The languages of that code or name, in whatever language the name is given; several share some names."""
    if text in SPOKEN:
        return [text]
    return list(_codes_by_name().get(plain(text.strip()), [])) if len(text) <= LONGEST_NAME else []


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, tuple[str, ...]]:
    found = {}
    for code in SPOKEN:
        for name in all_names(code):
            found[plain(name)] = (*found.get(plain(name), ()), code)
    return found
