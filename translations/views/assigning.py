"""Taking work, giving it back, and giving it to somebody."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from translations import assigning
from translations.assigning import Cell
from translations.comments import comments_on, may_comment
from translations.inbox import standing
from translations.inbox.assign_form import AssignForm
from translations.models import Assignment, SegmentComment

MOST = 2000


def cells_of(values: list[str]) -> list[Cell]:
    """From `key:locale` as forms name a cell. What is none is not found."""
    return [_cell(value) for value in dict.fromkeys(values[:MOST])]


def _cell(value: str) -> Cell:
    key, _colon, locale = value.partition(":")
    if not (locale.isascii() and locale.isdigit() and len(locale) < 10):
        raise Http404
    try:
        return UUID(key), int(locale)
    except ValueError as error:
        raise Http404 from error


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    for cell in cells_of(request.POST.getlist("cell")):
        found, row = standing.standings([cell]).get(cell), assigning.assignments([cell]).get(cell)
        if found is None:
            raise Http404
        try:
            assigning.take(cell, request.user, past=row if row and not row.holds_for(found.now) else None)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, _("It is yours now. Thank you!"))
    return _back(request)


def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a reason; there need not be one."""
    assignment = get_object_or_404(Assignment.objects.select_related("requested_by"), pk=pk)
    if assignment.person_id != request.user.pk:
        raise PermissionDenied
    found = standing.standings([assignment.cell]).get(assignment.cell)
    if request.method != "POST":
        context = {
            "assignment": assignment,
            "task": found,
            "back": get_valid_next_url_from_request(request),
            "breadcrumbs_items": breadcrumbs(_("I cannot do it")),
        }
        return render(request, "translations/admin/give_back.html", context)
    assigning.give_back(assignment, request.user, request.POST.get("reason", ""))
    messages.success(request, _("Given back. Whoever asked for it is told."))
    return _back(request)


def assign(request: HttpRequest) -> HttpResponse:
    """For one page or many: `?cell=key:locale`, as often as there are."""
    data = request.POST if request.method == "POST" else request.GET
    cells = cells_of(data.getlist("cell"))
    if not cells or not assigning.may_assign(request.user, cells):
        raise PermissionDenied
    known = standing.standings(cells)
    cells = [cell for cell in cells if cell in known]
    if not cells:
        raise Http404
    form = AssignForm(cells, request.POST if "assign" in request.POST else None)
    if form.is_bound and form.is_valid():
        assigning.assign(cells, **form.wanted, by=request.user)
        said = ngettext("%(count)s text is assigned.", "%(count)s texts are assigned.", len(cells))
        messages.success(request, said % {"count": len(cells)})
        return _back(request)
    context = {
        "form": form,
        "tasks": [known[cell] for cell in cells],
        "cells": [f"{key}:{locale}" for key, locale in cells],
        "back": get_valid_next_url_from_request(request),
        "breadcrumbs_items": breadcrumbs(_("Assign")),
    }
    return render(request, "translations/admin/assign.html", context, status=422 if form.errors else 200)


def open_text(request: HttpRequest, translation_id: int) -> HttpResponse:
    """To the editor of a page or term; `?comment=` leads to the text that somebody has said something about."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not may_comment(request.user, translation):
        raise PermissionDenied
    try:
        return redirect(translation.get_target_instance_edit_url() + _anchor(request, translation))
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _anchor(request: HttpRequest, translation: Translation) -> str:
    number = request.GET.get("comment", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return ""
    comment = SegmentComment.objects.filter(translation=translation, pk=number).first()
    return "#comments-{}-{}".format(*comments_on(translation).place_of(comment)) if comment else ""


def breadcrumbs(label: str) -> list[dict]:
    return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": label}]


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
