"""Titles and summaries of source pages in the reader's language: one query per page type, whatever the length."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.languages import SOURCE_LANGUAGE, reader_language


@dataclass(frozen=True)
class Text:
    """What a listing shows of a page, and the language it is in."""

    title: str
    summary: str
    language: str


def localise(pages: Iterable, language: str | None = None) -> list:
    """Set `text` on each of these specific source pages; German stays where no live translation exists."""
    pages = list(pages)
    language = language or reader_language()
    if language != SOURCE_LANGUAGE:
        for model, group in _by_type(pages).items():
            texts = _translated_texts(model, [page.translation_key for page in group], language)
            for page in group:
                page.text = texts.get(page.translation_key, page.text)
    return pages


def _by_type(pages: list) -> dict:
    groups = defaultdict(list)
    for page in pages:
        groups[type(page)].append(page)
    return groups


def _translated_texts(model, keys: list, language: str) -> dict:
    rows = (
        model.objects.live()
        .filter(locale__language_code=language, alias_of=None, translation_key__in=keys)
        .values_list("translation_key", "title", "summary")
    )
    return {key: Text(title, summary, language) for key, title, summary in rows}
