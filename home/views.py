from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.languages import LANGUAGE_NAMES, reader_language
from core.listing import PER_PAGE, page_number
from core.locales import language_of
from core.search import Hits, normalise
from core.texts import Text
from home import site_search


@require_safe
def search(request: HttpRequest):
    words = normalise(request.GET.get("q", ""))
    hits = site_search.search(words, reader_language()) if words else Hits([], 0)
    paginator = Paginator(hits.pages, PER_PAGE)
    paginator.count = hits.number
    page = paginator.get_page(page_number(request.GET))
    page.query = f"{urlencode({'q': words})}&" if words else ""
    page.object_list = list(page.object_list)
    summaries = site_search.summaries(page.object_list)
    for result in page.object_list:
        result.text = Text(result.title, summaries.get(result.pk, ""), language_of(result.locale_id))
    return render(request, "home/search.html", {"words": words, "pages": page})


def page_not_found(request: HttpRequest, exception):
    """The 404 page; names the languages in which there is a page at this address."""
    languages = [(code, LANGUAGE_NAMES[code]) for code in getattr(exception, "languages", [])]
    return render(request, "404.html", {"languages": languages}, status=404)
