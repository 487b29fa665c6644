"""Which pages a listing may show."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

from core.languages import SOURCE_LANGUAGE


def open_pages(pages: PageQuerySet) -> PageQuerySet:
    """Without pages that are, themselves or through an ancestor, behind a login or password.

    Wagtail's `public()` says the same with one query more for every listing on a page.
    """
    restrictions = PageViewRestriction.objects.annotate(inner_path=ExpressionWrapper(OuterRef("path"), CharField()))
    return pages.filter(~Exists(restrictions.filter(inner_path__startswith=F("page__path"))))


class SourcePageQuerySet(PageQuerySet):
    def listed(self):
        """Live, open source pages: what lists, feeds and figures count."""
        return open_pages(self.live()).filter(locale__language_code=SOURCE_LANGUAGE).defer_streamfields()

    def with_cards(self):
        """With what a card shows, in the same query."""
        return self.select_related("listing_image")


SourcePageManager = PageManager.from_queryset(SourcePageQuerySet)
