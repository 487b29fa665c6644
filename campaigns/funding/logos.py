"""A funder's logo stays in the library as long as a public project shows it: without it every page would lose it."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail.images.views.images import DeleteView

from campaigns.models import FundingPeriod
from core.languages import SOURCE_LANGUAGE
from core.models import SiteImage


def obstacle(images: Iterable[SiteImage]) -> str:
    """Why they must not be deleted; empty where nothing speaks against it."""
    titles = {image.pk: image.title for image in images}
    periods = FundingPeriod.objects.filter(page__live=True, page__locale__language_code=SOURCE_LANGUAGE)
    for period in periods.select_related("page"):
        for key, _url in period.logo_keys:
            if key in titles:
                names = {"title": titles[key], "funder": period.funder, "project": period.page.title}
                text = _("“%(title)s” is a logo of %(funder)s. It cannot be deleted while “%(project)s” shows it.")
                return text % names
    return ""


def _refuse(request: HttpRequest, images: Iterable[SiteImage], answer: HttpResponse) -> HttpResponse | None:
    if reason := obstacle(images):
        messages.error(request, reason)
        return answer
    return None


def before_bulk_action(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    if action_type != "delete" or not issubclass(action.model, SiteImage):
        return None
    return _refuse(request, objects, redirect(action.next_url))


def delete(request: HttpRequest, image_id: int) -> HttpResponse:
    """Wagtail asks no hook before it deletes a picture."""
    image = get_object_or_404(SiteImage, pk=image_id)
    refused = _refuse(request, [image], redirect("wagtailimages:edit", image_id))
    return refused or DeleteView.as_view()(request, image_id=image_id)


def admin_urls() -> list:
    """A `register_admin_urls` hook, before Wagtail's own."""
    return [path("images/<int:image_id>/delete/", delete)]
