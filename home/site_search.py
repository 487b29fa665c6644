"""Search over the whole site: in the reader's language, and in German where nobody has translated a page yet."""

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from core.languages import SOURCE_LANGUAGE
from core.publishing import readable_pages
from core.search import Hits, find


def searchable_pages(language: str):
    """Every public page once: its translation, or its source where there is none."""
    live = Page.objects.live().filter(alias_of=None)
    in_language = live.filter(locale__language_code=language, translation_key=OuterRef("translation_key"))
    untranslated = Q(locale__language_code=SOURCE_LANGUAGE) & ~Exists(in_language)
    return readable_pages(live).filter(Q(locale__language_code=language) | untranslated).filter(depth__gt=1)


def search(words: str, language: str) -> Hits:
    # Search backends know few kinds of filters; an id from a subquery is one of them.
    pages = Page.objects.filter(pk__in=searchable_pages(language).values("pk")).select_related("content_type", "locale")
    return find(pages, words, language)


def summaries(pages: list) -> dict[int, str]:
    """Summaries of pages of any type by id, in one query."""
    models = {page.content_type.model_class() for page in pages}
    rows = [
        model.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "summary").order_by()
        for model in models
        if hasattr(model, "summary")
    ]
    return dict(rows[0].union(*rows[1:])) if rows else {}
