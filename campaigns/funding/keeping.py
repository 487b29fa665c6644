"""A project stays as long as its funder demands that its documents are kept."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.models import FundingPeriod
from core.languages import SOURCE_LANGUAGE


def kept(page: Page) -> FundingPeriod | None:
    """The funding that forbids to delete the page, itself or for what lies below it."""
    periods = FundingPeriod.objects.filter(
        page__path__startswith=page.path,
        page__locale__language_code=SOURCE_LANGUAGE,  # translations may hold old copies
        keep_until__gte=timezone.localdate(),
    )
    return periods.select_related("page").order_by("-keep_until").first()


def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page], redirect("wagtailadmin_pages:edit", page.pk))


def before_bulk_action(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    if action_type != "delete" or not issubclass(action.model, Page):
        return None
    return _refuse(request, objects, redirect(action.next_url))


def _refuse(request: HttpRequest, pages: Iterable[Page], answer: HttpResponse) -> HttpResponse | None:
    period = next(filter(None, map(kept, pages)), None)
    if period is None:
        return None
    names = {
        "title": period.page.title,
        "funder": period.funder,
        "date": date_format(period.keep_until, "SHORT_DATE_FORMAT"),
    }
    text = _("“%(title)s” is kept until %(date)s, as %(funder)s demands. It can be unpublished, but not deleted.")
    messages.error(request, text % names)
    return answer
