"""What a listing shows of a page, in the reader's language where a live translation exists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.languages import reader_language


@dataclass(frozen=True)
class Text:
    """Title and summary, and the language they are in."""

    title: str
    summary: str
    language: str


def text_of(page) -> Text:
    """The texts a queryset's `with_text()` has found; otherwise the page's own."""
    title = getattr(page, "translated_title", None)
    if title:
        return Text(title, page.translated_summary or "", reader_language())
    return Text(page.title, getattr(page, "summary", ""), page.text_language)


def with_texts(pages: Iterable) -> list:
    """For pages of mixed types, which no single query can give their texts: one query for each type."""
    pages = list(pages)
    groups = defaultdict(list)
    for page in pages:
        groups[type(page)].append(page.pk)
    found = {page.pk: page for model, pks in groups.items() for page in model.objects.filter(pk__in=pks).with_cards()}
    return [found[page.pk] for page in pages]
