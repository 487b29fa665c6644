"""Starting a text in Leichte Sprache, from the German page or from the list of pages that lack one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.publishing import open_pages
from translations.easy import places
from translations.rights import languages_of


def missing(request: HttpRequest) -> HttpResponse:
    """Public German pages without a text in Leichte Sprache, for people who see no other part of the German tree."""
    if EASY_LANGUAGE not in languages_of(request.user):
        raise PermissionDenied
    easy = Page.objects.filter(locale__language_code=EASY_LANGUAGE, alias_of=None).values("translation_key")
    pages = open_pages(Page.objects.live().filter(locale__language_code=SOURCE_LANGUAGE, depth__gt=1))
    pages = pages.exclude(translation_key__in=easy).order_by("path")
    page = Paginator(pages, 50).get_page(request.GET.get("p"))
    return render(request, "translations/admin/easy_missing.html", {"pages": page})


def create(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id)
    if not places.may_create(request.user, page):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "translations/admin/easy_create.html", {"page": page})
    text = places.create(page, request.user)
    messages.success(request, _("The page is ready for your text. It is a draft until it is published."))
    return redirect("wagtailadmin_pages:edit", text.pk)
