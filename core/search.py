"""What stands between a reader's words and the search index."""

import unicodedata
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.search.query import PlainText, SearchQuery

from core.languages import SOURCE_LANGUAGE
from core.stems import stem, words

MAX_CHARACTERS = 200
MAX_TERMS = 20
# Among more hits than this no order says much, and SQLite asks its index once more for each of them.
MOST_RANKED = 200


def normalise(query: str) -> str:
    """Letters and digits to search for; an empty string when nothing is left: then no search is made.

    Database backends fail on quotes, lone blanks, NUL and very long queries.
    """
    query = unicodedata.normalize("NFC", query[:MAX_CHARACTERS].encode("utf-8", "ignore").decode())
    return " ".join(words(query)[:MAX_TERMS])


@dataclass(frozen=True)
class Hits:
    """The best first; in the order of the pages where there are too many to rank."""

    pages: QuerySet | list
    number: int


def find(pages: QuerySet, normalised: str, language: str) -> Hits:
    """Those of the pages that hold the words."""
    query = query_for(normalised, language)
    found = pages.search(query, order_by_relevance=False).get_queryset()
    number = found.count()
    return Hits(found if number > MOST_RANKED else pages.search(query).get_queryset(), number)


def ranks(pages: QuerySet, normalised: str, language: str) -> dict[int, int]:
    """Primary key of every hit to its place, the best first; all in one place where there are too many to rank."""
    query = query_for(normalised, language)
    found = [*pages.search(query, order_by_relevance=False).get_queryset().values_list("pk", flat=True)]
    if len(found) > MOST_RANKED:
        return dict.fromkeys(found, 0)
    return {pk: rank for rank, pk in enumerate(pages.search(query).get_queryset().values_list("pk", flat=True))}


def query_for(normalised: str, language: str) -> SearchQuery:
    """Finds the words as typed, or their stems in the reader's language or in German."""
    variants = {normalised, stem(normalised, language), stem(normalised, SOURCE_LANGUAGE)}
    first, *others = sorted(variants)
    query = PlainText(first)
    for other in others:
        query |= PlainText(other)
    return query
