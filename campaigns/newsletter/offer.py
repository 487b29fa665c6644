"""In which languages people can subscribe, and the form for those who read in one of them."""

from functools import cached_property

from campaigns.models import NewsletterPage
from campaigns.newsletter.form import SubscribeForm
from core.addresses import page_address
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE, reader_language
from core.locales import language_of


def pages() -> dict[str, NewsletterPage]:
    """The public page in each language that has one, complete or not; empty where there is no newsletter. One query."""
    live = NewsletterPage.objects.live().filter(alias_of=None).with_openness().defer_streamfields()
    live = live.select_related("provenance")
    found = {language_of(page.locale_id): page for page in live}
    source = found.get(SOURCE_LANGUAGE)
    if source is None or not source.is_open:
        return {}
    for page in found.values():
        page.source = source
    return found


def page_in(language: str) -> NewsletterPage | None:
    """The page with all texts for subscribing in this language; None where nobody can."""
    page = pages().get(language)
    return page if page and not page.lacking else None


class Offer:
    """What the reader of a page is offered: a form in their language, or the languages in which there is one."""

    def __init__(self, page: NewsletterPage | None = None):
        """`page` is the newsletter's own, where that is the one being read."""
        self._known = page

    @cached_property
    def _pages(self) -> dict[str, NewsletterPage]:
        return pages()

    @cached_property
    def page(self) -> NewsletterPage | None:
        """In the reader's language, else in German."""
        return self._known or self._pages.get(reader_language()) or self._pages.get(SOURCE_LANGUAGE)

    @property
    def is_made(self) -> bool:
        page = self.page
        return bool(page and not page.is_foreign and not page.lacking)

    @cached_property
    def form(self) -> SubscribeForm:
        return SubscribeForm(self.page)

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Codes, names and addresses of those in which people can subscribe."""
        source = self._pages.get(SOURCE_LANGUAGE)
        return [
            (code, name, page_address(source, code))
            for code, name in LANGUAGE_NAMES.items()
            if code in self._pages and not self._pages[code].lacking
        ]
