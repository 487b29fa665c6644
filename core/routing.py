"""Finds the page for an address in any language: its translation, or the same place in the source tree.

A locale tree holds real translations only, and a page has one path in all languages. So both candidates are found in
one query by path; the source page answers where the translation is missing, a draft or an alias.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.languages import SOURCE_LANGUAGE
from core.locales import language_of
from core.moved import moved_to


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
    roots = _root_paths(request)
    tail = "".join(f"{part}/" for part in path.split("/") if part)
    paths = [roots[language] + tail for language in {request.LANGUAGE_CODE, SOURCE_LANGUAGE} if language in roots]
    # url_path has no index of its own, so the last slug leads to the few rows that can match.
    slugs = {path.rstrip("/").rpartition("/")[2] for path in paths}
    pages = Page.objects.filter(slug__in=slugs, url_path__in=paths).specific()
    found = {language_of(page.locale_id): page for page in pages}
    source = found.get(SOURCE_LANGUAGE)
    page = found.get(request.LANGUAGE_CODE)
    if source and not source.live:
        raise Http404
    if page is None or page.alias_of_id or not page.live:
        page = source
    if page is None:
        raise Http404
    if source and page is not source:
        page.source = source
    return RouteResult(page)


def _root_paths(request: HttpRequest) -> dict[str, str]:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.id}
