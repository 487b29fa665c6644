"""Finds the page for an address in any language: its translation, or the same place in the source tree.

A locale tree holds real translations only, and a page has one path in all languages. So all versions are found in one
query by path; the source page answers where the reader's language is missing, a draft or an alias.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of
from core.moved import moved_to
from core.publishing import openness

# Single rows that every page may show, fetched together with it. Packages that keep such a row add its name.
SHOWN_WITH_PAGE = {"listing_image", "social_image"}


class ElsewhereOnly(Http404):
    """No page here in the reader's language; perhaps in `languages`."""

    def __init__(self, languages: list[str]):
        super().__init__()
        self.languages = languages


def serve_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """Wagtail's own view with our answer to the question which page it is."""
    try:
        request._wagtail_route_for_request = find_page(request, path)
    except Http404:
        address = moved_to(path, request.LANGUAGE_CODE)
        if address is None:
            raise
        return redirect(address, permanent=True)
    return serve(request, path)


def find_page(request: HttpRequest, path: str) -> RouteResult:
    """The live page at `path` (without language prefix) for the language of the request; Http404 if there is none."""
    versions = _versions(request, path)
    source = versions.get(SOURCE_LANGUAGE)
    if source and not source.live:
        raise Http404
    readable = {language: row for language, row in versions.items() if row.live and not row.alias_of_id}
    row = readable.get(request.LANGUAGE_CODE, source)
    if row is None:
        raise ElsewhereOnly(
            [language for language in LANGUAGE_NAMES if language in readable and readable[language].is_open]
        )
    pages = _specific({row, source} - {None})
    page = pages[row.pk]
    page.is_open = row.is_open and (source is None or source.is_open)
    page.translated_languages = [language for language in LANGUAGE_NAMES if language in readable]
    if source:
        page.source = pages[source.pk]
    return RouteResult(page)


def _versions(request: HttpRequest, path: str) -> dict[str, Page]:
    """Rows of the page table that stand at `path`, by language; asked once for page and 404 page."""
    known = request.__dict__.setdefault("page_versions", {})
    if path not in known:
        known[path] = _ask_for_versions(request, path)
    return known[path]


def _ask_for_versions(request: HttpRequest, path: str) -> dict[str, Page]:
    tail = "".join(f"{part}/" for part in path.split("/") if part)
    paths = [root + tail for root in _root_paths(request)]
    # url_path has no index of its own, so the last slug leads to the few rows that can match.
    slugs = {path.rstrip("/").rpartition("/")[2] for path in paths}
    rows = Page.objects.filter(slug__in=slugs, url_path__in=paths)
    rows = rows.only("content_type_id", "locale_id", "live", "alias_of_id").annotate(is_open=openness())
    return {language_of(row.locale_id): row for row in rows}


def _specific(rows: set[Page]) -> dict[int, Page]:
    """With what every page may show, in one query for each page type."""
    by_type = defaultdict(list)
    for row in rows:
        by_type[ContentType.objects.get_for_id(row.content_type_id).model_class()].append(row.pk)
    return {
        page.pk: page
        for model, pks in by_type.items()
        for page in model.objects.filter(pk__in=pks).select_related(*SHOWN_WITH_PAGE, *model.shown_with_page)
    }


def _root_paths(request: HttpRequest) -> list[str]:
    """Of the home pages in all languages, from Wagtail's cache; a query only where there are several sites."""
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) > 1:
        site = Site.find_for_request(request)
        roots = [root for root in roots if site and root.site_id == site.pk]
    return [root.root_path for root in roots]
