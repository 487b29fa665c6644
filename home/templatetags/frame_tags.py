"""The frame around every page: menu, breadcrumbs, footer. Built from the source tree with translated titles."""

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, Subquery
from wagtail.models import Page

from core.addresses import page_address
from core.languages import SOURCE_LANGUAGE, reader_language
from core.publishing import open_pages, translations_of
from core.texts import Text
from home.models import HomePage

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context) -> dict:
    """What the frame shows, found once per request: `home`, `menu`, `trail`, `footer`."""
    request = context["request"]
    if not hasattr(request, "_frame"):
        request._frame = _frame(context.get("page"))
    return request._frame


def _frame(page) -> dict:
    home, source_path = _home(page)
    if home is None:
        return {"home": None, "menu": [], "trail": [], "footer": []}
    path = _source_path(page)
    places = _places(source_path, path, _footer_targets(home))
    depth = len(source_path) // Page.steplen + 1
    return {
        "home": home,
        "menu": [
            {"page": place, "current": path.startswith(place.path)}
            for place in places.values()
            if place.show_in_menus and place.depth == depth and place.path.startswith(source_path)
        ],
        "trail": [p for p in places.values() if p.depth >= depth and path.startswith(p.path) and path != p.path],
        "footer": _footer(home, places),
    }


def _home(page) -> tuple[HomePage | None, str]:
    """The reader's home page, and the path of the source tree's."""
    if isinstance(page, HomePage) and page.text_language == reader_language():
        return page, page.source.path
    homes = HomePage.objects.live().filter(alias_of=None)
    wanted = homes.filter(locale__language_code__in={reader_language(), SOURCE_LANGUAGE})
    found = {home.text_language: home for home in wanted}
    source = found.get(SOURCE_LANGUAGE)
    return found.get(reader_language(), source), source.path if source else ""


def _source_path(page) -> str:
    """Where the page stands in the source tree; empty for views that are no pages and for pages not yet saved."""
    source = getattr(page, "source", None)
    return source.path if source is not None and source.path else ""


def _places(home_path: str, path: str, targets: set[int]) -> dict[int, Page]:
    """Menu entries, the ancestors of the page, and where the footer leads; titled for the reader, in one query."""
    ancestors = [path[:end] for end in range(len(home_path) + Page.steplen, len(path), Page.steplen)]
    found = _menu(home_path).union(
        Page.objects.filter(Q(path__in=ancestors) | Q(pk__in=targets)).order_by().values("pk")
    )
    places = open_pages(Page.objects.live()).filter(pk__in=found).order_by("path")
    language = reader_language()
    titles = translations_of(Page, language).order_by().values("title")[:1]
    places = places.annotate(translated_title=F("title") if language == SOURCE_LANGUAGE else Subquery(titles))
    for place in places:
        translated = place.translated_title
        place.text = Text(translated or place.title, "", language if translated else SOURCE_LANGUAGE)
    return {place.pk: place for place in places}


def _menu(home_path: str):
    """Keys of what stands below the home page. By type, for which there is an index: the depth of pages has none."""
    types = ContentType.objects.get_for_models(*HomePage.allowed_subpage_models()).values()
    depth = len(home_path) // Page.steplen + 1
    children = Page.objects.filter(content_type__in=types, path__startswith=home_path, depth=depth)
    return children.filter(show_in_menus=True).order_by().values("pk")


def _footer_targets(home: HomePage) -> set[int]:
    """Ids of the pages the footer links to, without loading them one by one."""
    columns = (block["value"] for block in home.footer.raw_data)
    links = (link.get("value", link) for column in columns for link in column["links"])
    return {link["page"] for link in links if link.get("page")}


def _footer(home: HomePage, places: dict[int, Page]) -> list[dict]:
    columns = []
    for block in home.footer.raw_data:
        links = [link.get("value", link) for link in block["value"]["links"]]
        entries = [{"title": link["title"], "href": _href(link, places)} for link in links]
        columns.append({"title": block["value"]["title"], "links": [entry for entry in entries if entry["href"]]})
    return columns


def _href(link: dict, places: dict[int, Page]) -> str:
    place = places.get(link.get("page"))
    return page_address(place) if place else link.get("url") or ""
