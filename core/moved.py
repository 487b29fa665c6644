"""Pages that moved: Wagtail notes the old address in the source language only, readers of all languages hold it."""

from wagtail.contrib.redirects.models import Redirect

from core.addresses import page_address
from core.languages import SOURCE_LANGUAGE


def moved_to(path: str, language: str) -> str | None:
    """Where the page that once stood at `path` (without language prefix) is now, for a reader of `language`."""
    old_path = Redirect.normalise_path(f"/{SOURCE_LANGUAGE}/{path}")
    redirects = Redirect.objects.filter(old_path=old_path, redirect_page__live=True)
    redirect = redirects.select_related("redirect_page").first()
    return page_address(redirect.redirect_page, language) if redirect else None
