"""Word stems, so that "Beratung" finds "Beratungen" on every database and in every language alike.

The databases' own stemmers know one language per installation (PostgreSQL) or none (SQLite); so stems are made here,
with Snowball, and stored in the search index beside the words themselves.
"""

import unicodedata
from functools import lru_cache

import snowballstemmer

from core.collation import plain
from core.languages import base

ALGORITHMS = {"de": "german", "en": "english", "tr": "turkish", "ru": "russian", "ar": "arabic", "pl": "polish"}

# The Mediopunkt of Leichte Sprache and the soft hyphen part long words; nobody types them into a search.
INVISIBLE = str.maketrans("", "", "\u00b7\u00ad")


def words(text: str) -> list[str]:
    """Runs of letters, marks and digits."""
    return "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in text).split()


def stem(text: str, language: str) -> str:
    """The stems of the words in `text`, accents removed; whole words where Snowball does not know the language."""
    return " ".join(_stem(word, base(language)) for word in words(text.lower().translate(INVISIBLE)))


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    """Stemmed until nothing changes: one pass makes "kur" of "Kurs" but "kurs" of "Kurse"."""
    if language in ALGORITHMS:
        stemmer = snowballstemmer.stemmer(ALGORITHMS[language])
        while (shorter := stemmer.stemWord(word)) != word:
            word = shorter
    return plain(word)
