"""What stands between a reader's words and the search index."""

import unicodedata

from wagtail.search.query import PlainText, SearchQuery

from core.languages import SOURCE_LANGUAGE
from core.stems import stem, words

MAX_CHARACTERS = 200
MAX_TERMS = 20


def normalise(query: str) -> str:
    """Letters and digits to search for; an empty string when nothing is left: then no search is made.

    Database backends fail on quotes, lone blanks, NUL and very long queries.
    """
    query = unicodedata.normalize("NFC", query[:MAX_CHARACTERS].encode("utf-8", "ignore").decode())
    return " ".join(words(query)[:MAX_TERMS])


def query_for(normalised: str, language: str) -> SearchQuery:
    """Finds the words as typed, or their stems in the reader's language or in German."""
    variants = {normalised, stem(normalised, language), stem(normalised, SOURCE_LANGUAGE)}
    first, *others = sorted(variants)
    query = PlainText(first)
    for other in others:
        query |= PlainText(other)
    return query
