"""Addresses of pages. A page has one path in all languages, so an address costs no query."""

from urllib.parse import quote

from django.conf import settings
from wagtail.models import Page

from core.languages import reader_language


def page_address(page: Page, language: str | None = None) -> str:
    """`/ar/projekte/kiwit/` for the reader of Arabic, whichever tree `page` comes from."""
    return f"/{language or reader_language()}/{quote(page_path(page))}"


def page_path(page: Page) -> str:
    """The path below the language prefix: `projekte/kiwit/`; empty for a home page."""
    return page.url_path.removeprefix("/").partition("/")[2]


def absolute(page: Page, language: str | None = None) -> str:
    """The full address, for feeds, sitemaps, sharing and machines."""
    return settings.BASE_URL + page_address(page, language)
