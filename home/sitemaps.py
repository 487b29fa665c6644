"""sitemap.xml: every public page in each language it is really readable in, with its alternates."""

from collections import defaultdict

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.addresses import absolute
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.publishing import readable_pages


@require_safe
def sitemap(request: HttpRequest):
    pages = (
        readable_pages(Page.objects.filter(alias_of=None, depth__gt=1))
        .order_by("path")
        .values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )
    versions = defaultdict(dict)
    for key, language, url_path, changed in pages.iterator():
        versions[key][language] = (absolute(Page(url_path=url_path), language), changed)
    entries = [(versions[key], *version) for key in versions for version in versions[key].values()]
    documentation = {"address": settings.BASE_URL + reverse("open_data:documentation")}
    context = {"entries": [*(_entry(*entry) for entry in entries), documentation]}
    return render(request, "home/sitemap.xml", context, content_type="application/xml")


def _entry(versions: dict, address: str, changed) -> dict:
    alternates = [(language, versions[language][0]) for language in LANGUAGE_NAMES if language in versions]
    default = versions.get(SOURCE_LANGUAGE, (None,))[0]
    return {"address": address, "changed": changed, "alternates": alternates, "default": default}
