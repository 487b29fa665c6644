"""The frame around every page: menu, breadcrumbs, footer. Built from the source tree with translated titles."""

from django import template
from wagtail.models import Page

from core.languages import SOURCE_LANGUAGE, reader_language
from core.publishing import open_pages
from core.texts import Text
from home.models import HomePage

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context) -> dict:
    """Everything the frame needs, once per request: `home`, `menu`, `trail`."""
    request = context["request"]
    if not hasattr(request, "_frame"):
        request._frame = _frame(context.get("page"))
    return request._frame


def _frame(page) -> dict:
    homes = {home.text_language: home for home in HomePage.objects.live().filter(alias_of=None)}
    source = homes.get(SOURCE_LANGUAGE)
    path = _source_path(page)
    places = _places(source, path) if source else []
    return {
        "home": homes.get(reader_language(), source),
        "menu": [
            {"page": place, "current": path.startswith(place.path)}
            for place in places
            if place.show_in_menus and place.depth == source.depth + 1
        ],
        "trail": [place for place in places if path.startswith(place.path) and path != place.path],
    }


def _source_path(page) -> str:
    """Where the page stands in the source tree; empty for views that are no pages and for pages not yet saved."""
    source = getattr(page, "source", None)
    return source.path if source is not None and source.path else ""


def _places(home, path: str) -> list:
    """Menu entries and the ancestors of the page, in tree order, titled for the reader."""
    first, step = len(home.path) + home.steplen, home.steplen
    ancestors = [path[:end] for end in range(first, len(path), step)]
    pages = open_pages(Page.objects.live().descendant_of(home))
    entries = pages.filter(depth=home.depth + 1, show_in_menus=True) | pages.filter(path__in=ancestors)
    return _titled(list(entries.order_by("path")))


def _titled(entries: list) -> list:
    """Titles stand in the table all page types share, so one query translates all."""
    language = reader_language()
    titles = {}
    if language != SOURCE_LANGUAGE:
        keys = [entry.translation_key for entry in entries]
        translated = Page.objects.live().filter(locale__language_code=language, alias_of=None)
        titles = dict(translated.filter(translation_key__in=keys).values_list("translation_key", "title"))
    for entry in entries:
        key = entry.translation_key
        entry.text = Text(titles.get(key, entry.title), "", language if key in titles else SOURCE_LANGUAGE)
    return entries
