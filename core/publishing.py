"""Which pages a listing may show, and what it shows of them."""

from collections.abc import Callable
from functools import reduce
from operator import and_

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from core.languages import SOURCE_LANGUAGE, reader_language

# Asks each page type that opens by the clock for the pages that are still closed.
_closed_now: list[Callable[[], PageQuerySet]] = []


def closed_until_later(closed: Callable[[], PageQuerySet]) -> None:
    """Keep live pages out of everything public as long as `closed()` finds them or their source."""
    _closed_now.append(closed)


def leads_somewhere(page: Page) -> bool:
    """Whether a link may name the page's address: it is live and not closed until later.

    The database is asked only about pages of a type that opens by the clock.
    """
    by_the_clock = (closed() for closed in _closed_now)
    return page.live and not any(
        pages.filter(translation_key=page.translation_key).exists()
        for pages in by_the_clock
        if pages.model is page.specific_class
    )


def open_pages(pages: PageQuerySet) -> PageQuerySet:
    """Without pages that are, themselves or through an ancestor, behind a login or password.

    Wagtail's `public()` says the same with one query more for every listing on a page.
    """
    return pages.filter(openness())


def openness():
    """An expression: whether the page is open to everybody, now."""
    still_closed = [~Exists(closed().filter(translation_key=OuterRef("translation_key"))) for closed in _closed_now]
    return reduce(and_, still_closed, unlocked())


def unlocked():
    """An expression: whether there is no login or password on the page or above it."""
    # Named by their keys, not joined: SQLite would look through all pages anew for each page, few restrictions or none.
    locked = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page")).order_by()
    locked = locked.annotate(inner_path=ExpressionWrapper(OuterRef("path"), CharField()))
    return ~Exists(locked.filter(inner_path__startswith=F("path")))


def readable_pages(pages: PageQuerySet) -> PageQuerySet:
    """Open pages of any language: a translation is never more public than its source."""
    sources = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, translation_key=OuterRef("translation_key"))
    hidden = Exists(sources.exclude(Q(live=True) & openness()))
    return open_pages(pages.live()).filter(Q(locale__language_code=SOURCE_LANGUAGE) | ~hidden)


def translations_of(model, language: str):
    """Live translations into `language`, for use in a query over source pages."""
    return model.objects.live().filter(
        locale__language_code=language, alias_of=None, translation_key=OuterRef("translation_key")
    )


class SourcePageQuerySet(PageQuerySet):
    def listed(self):
        """Live, open source pages: what lists, feeds and figures count."""
        return open_pages(self.live()).filter(locale__language_code=SOURCE_LANGUAGE).defer_streamfields()

    def with_openness(self):
        """With `is_open`, for pages that were chosen rather than listed."""
        return self.annotate(is_open=openness())

    def with_text(self):
        """With title and summary in the reader's language, which `page.text` shows, in the same query."""
        language = reader_language()
        if language == SOURCE_LANGUAGE:
            return self
        translated = translations_of(self.model, language).order_by()
        return self.annotate(
            translated_title=Subquery(translated.values("title")[:1]),
            translated_summary=Subquery(translated.values("summary")[:1]),
        )

    def with_cards(self):
        """With what a card shows, in the same query."""
        return self.with_text().select_related("listing_image")


SourcePageManager = PageManager.from_queryset(SourcePageQuerySet)
