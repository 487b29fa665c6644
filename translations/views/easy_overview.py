"""All public German pages, and how things stand with each in Leichte Sprache."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page

from core.languages import EASY_LANGUAGE
from core.publishing import open_pages
from translations.easy.places import easy_locale, may_look
from translations.easy.states import EasyState, german_pages, with_states
from translations.models import Demand
from translations.rights import languages_of

PER_PAGE = 50
LATELY = timedelta(days=90)


def overview(request: HttpRequest) -> HttpResponse:
    if not may_look(request.user):
        raise PermissionDenied
    pages = with_states(open_pages(german_pages().live()))
    counts = dict(pages.order_by().values_list("easy_state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    if state in EasyState:
        pages = pages.filter(easy_state=state)
    pages = pages.annotate(wishes=_wishes()).order_by("-wishes", "path")
    found = Paginator(pages, PER_PAGE).get_page(request.GET.get("p"))
    about = Page.objects.select_related("easy_text").in_bulk([page.easy_pk for page in found if page.easy_pk])
    for page in found:
        page.state_label = EasyState(page.easy_state).label
        page.easy_page = about.get(page.easy_pk)
        page.about = getattr(page.easy_page, "easy_text", None)
    context = {
        "pages": found,
        "state": state if state in EasyState else "",
        "states": [(value, value.label, counts.get(value, 0)) for value in EasyState],
        "may_write": EASY_LANGUAGE in languages_of(request.user),
        "total": sum(counts.values()),
    }
    return render(request, "translations/admin/easy.html", context)


def _wishes() -> Coalesce:
    """How many readers have asked for the page in Leichte Sprache lately."""
    locale = easy_locale()
    since = timezone.localdate() - LATELY
    wishes = Demand.objects.filter(
        translation_key=OuterRef("translation_key"), locale_id=locale.pk if locale else None, day__gte=since
    )
    summed = wishes.order_by().values("translation_key").annotate(sum=Sum("count")).values("sum")
    return Coalesce(Subquery(summed), 0, output_field=IntegerField())
