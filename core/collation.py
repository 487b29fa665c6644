"""Order of words as readers of a language expect it.

Letters with a place of their own in an alphabet are sorted there; all other accents count as the plain letter.
"""

import unicodedata
from functools import lru_cache

from core.languages import base

ALPHABETS = {
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuvwxyzźż",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
}


def sort_key(text: str, language: str) -> tuple:
    """Sort by this; equal letters are told apart by the text itself, so that the order never changes."""
    order = _order(base(language))
    return [_weight(letter, order) for letter in _lower(text, language)], text


def _lower(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if base(language) == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower().replace("ß", "ss")


@lru_cache(maxsize=16)
def _order(language: str) -> dict[str, tuple[int, int]]:
    return {letter: (ord(ALPHABETS[language][0]), place) for place, letter in enumerate(ALPHABETS.get(language, ""))}


def _weight(letter: str, order: dict) -> tuple[int, int]:
    if letter in order:
        return order[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    return order.get(plain, (ord(plain), 0))


def plain(text: str) -> str:
    """Lower case without accents (DIN 5007-1): an index on it sorts names alike on every database."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
