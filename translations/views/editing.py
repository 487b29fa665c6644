"""The editor of a translation: shown where wagtail-localize would show its own, saved as a whole or text by text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from core.languages import direction
from translations import review
from translations.editor import memory, saving, screen
from translations.editor.checks.whole import check_segment, check_sheet
from translations.editor.segments import Link, Segment
from translations.editor.sheet import Sheet
from translations.rights import is_locked, may_publish
from translations.views.editor import own, target_of

CONFIRMATIONS = {"confirmed", "accept_gaps", "reviewed"}


def before_edit(request: HttpRequest, instance: TranslatableMixin) -> HttpResponse | None:
    """A `before_edit_page` and `before_edit_snippet` hook."""
    if request.method != "GET" or not isinstance(instance, TranslatableMixin):
        return None
    translation = translation_into(instance)
    return screen.show(request, Sheet(translation), instance) if translation else None


def before_publishing(request: HttpRequest, instance: TranslatableMixin) -> HttpResponse | None:
    """Ask first where the checks found something; what is damaged cannot be published. The same hooks, but earlier."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_into(instance) if isinstance(instance, TranslatableMixin) else None
    if not translation or not may_publish(request.user, instance) or is_locked(request.user, instance):
        return None
    sheet = Sheet(translation)
    found = [finding for finding in check_sheet(sheet) if finding.code != "empty"]
    if any(finding.is_error for finding in found) or (found and CONFIRMATIONS.isdisjoint(request.POST)):
        return _findings(request, sheet, instance)
    return None


def translation_into(instance: TranslatableMixin) -> Translation | None:
    """The translation that fills this page or term, where it is not free-standing and no alias."""
    if getattr(instance, "alias_of_id", None):
        return None
    translations = Translation.objects.filter(source__object_id=instance.translation_key, enabled=True)
    return screen.with_everything(translations.filter(target_locale=instance.locale_id))


def translation(pk: int) -> Translation:
    found = screen.with_everything(Translation.objects.filter(pk=pk, enabled=True))
    if found is None:
        raise Http404
    return found


@own
@require_POST
def save_all(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The whole form. What cannot be stored stays in its field, with the reason; everything else is stored."""
    work = translation(translation_id)
    target = target_of(work)
    if is_locked(request.user, target):
        return _locked_with_text(request, work, target)
    with saving.transaction.atomic():
        sheet = saving.locked_sheet(work)
        saved, refused = _save_fields(request, sheet)
    if saved:
        text = ngettext("%(count)s text saved.", "%(count)s texts saved.", saved)
        messages.success(request, text % {"count": saved})
    if refused:
        text = ngettext("%(count)s text could not be saved.", "%(count)s texts could not be saved.", refused)
        messages.error(request, text % {"count": refused})
        return screen.show(request, sheet, target, status=422)
    if request.POST.get("then") in {"publish", "submit"}:
        return redirect("translations:check", work.pk)
    return redirect(screen.edit_url(target))


def _locked_with_text(request: HttpRequest, work: Translation, target) -> HttpResponse:
    messages.error(request, _("The page is locked, for example because it is being reviewed."))
    sheet = Sheet(work)
    for item, field in _fields(sheet):
        item.typed = request.POST.get(field, item.text)
    return screen.show(request, sheet, target, status=403)


def _fields(sheet: Sheet) -> list[tuple[Segment | Link, str]]:
    return [(s, f"text-{s.pk}") for s in sheet.segments] + [(link, f"link-{link.pk}") for link in sheet.links]


def _save_fields(request: HttpRequest, sheet: Sheet) -> tuple[int, int]:
    saved = refused = 0
    for item, field in _fields(sheet):
        if field not in request.POST:
            continue
        if problem := _save(request, sheet, item, request.POST[field], request.POST.get(f"version-{field}", "")):
            item.typed, item.problem = request.POST[field], problem
            refused += 1
        else:
            saved += item.was_saved
    return saved, refused


def _save(request: HttpRequest, sheet: Sheet, item: Segment | Link, text: str, version: str) -> str:
    """What stands against it; nothing where it is stored."""
    store = saving.save_text if isinstance(item, Segment) else saving.save_link
    try:
        item.was_saved = store(sheet, item, text, version, request.user)
    except saving.Refused as refused:
        return str(refused)
    except saving.Changed as changed:
        item.theirs = changed.theirs
        return _("Somebody else has changed this text meanwhile. Saving again replaces it with yours.")
    return ""


@own
@require_POST
def save_text(request: HttpRequest, translation_id: int, segment_id: int) -> JsonResponse:
    return _save_one(request, translation_id, lambda sheet: sheet.segment(segment_id))


@own
@require_POST
def save_link(request: HttpRequest, translation_id: int, link_id: int) -> JsonResponse:
    return _save_one(request, translation_id, lambda sheet: sheet.link(link_id))


def _save_one(request: HttpRequest, translation_id: int, find) -> JsonResponse:
    work = translation(translation_id)
    if is_locked(request.user, target_of(work)):
        reason = _("The page is locked, for example because it is being reviewed.")
        return JsonResponse({"detail": reason}, status=403)
    with saving.transaction.atomic():
        sheet = saving.locked_sheet(work)
        item = find(sheet)
        if item is None:
            raise Http404
        problem = _save(request, sheet, item, request.POST.get("text", ""), request.POST.get("version", ""))
    if problem:
        status = 409 if item.theirs or item.version != request.POST.get("version", "") else 422
        return JsonResponse({"detail": problem, **(_theirs(item) if status == 409 else {})}, status=status)
    return JsonResponse(_state(sheet, item))


def _theirs(item: Segment | Link) -> dict:
    """The text that somebody else has stored; the version with which one's own replaces it."""
    return {"theirs": item.text, "version": item.version}


def _state(sheet: Sheet, item: Segment | Link) -> dict:
    state = {"version": item.version, "done": sheet.done, "total": sheet.total}
    if isinstance(item, Segment):
        item.findings = [f for f in check_segment(item, sheet.language) if f.code != "empty"]
        context = {"segment": item, "sheet": sheet}
        state |= {
            "state": item.state,
            "badge": render_to_string("translations/editor/badge.html", context),
            "findings": render_to_string("translations/editor/findings.html", context),
        }
    return state


@own
@require_GET
def suggestions(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Earlier translations of the same or a similar sentence: a piece of the screen, or a page of its own."""
    work = translation(translation_id)
    row = get_object_or_404(work.source.stringsegment_set.select_related("string"), pk=segment_id)
    found = memory.suggestions(
        row.string.data, work.target_locale, work.source.locale, request.user, context_id=row.context_id
    )
    language = work.target_locale.language_code
    context = {
        "suggestions": found,
        "segment_id": row.pk,
        "german": row.string.data,
        "language": language,
        "direction": direction(language),
        "base": "translations/editor/fragment.html" if "fragment" in request.GET else "wagtailadmin/base.html",
    }
    return render(request, "translations/editor/suggestions.html", context)


@own
@require_GET
def check(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Everything the checks found, before it is published or handed over."""
    sheet = Sheet(translation(translation_id))
    check_sheet(sheet)
    return _findings(request, sheet, target_of(sheet.translation))


@require_POST
def submit_for_review(request: HttpRequest, translation_id: int) -> HttpResponse:
    work = translation(translation_id)
    page = target_of(work)
    if not isinstance(page, Page) or not review.may_submit(request.user, page):
        raise PermissionDenied
    sheet = Sheet(work)
    found = check_sheet(sheet)
    if any(finding.is_error for finding in found) or (found and "confirmed" not in request.POST):
        return _findings(request, sheet, page)
    try:
        review.submit(work, request.user)
    except ValidationError as error:
        messages.error(request, _("A text does not fit its field: %(reason)s") % {"reason": "; ".join(error.messages)})
    else:
        messages.success(request, _("Submitted for review."))
    return redirect(screen.edit_url(page))


def _findings(request: HttpRequest, sheet: Sheet, target: TranslatableMixin) -> HttpResponse:
    gaps = [segment for segment in sheet.segments if not segment.is_done and not segment.data]
    noticed = [segment for segment in sheet.segments if segment.data and segment.findings]
    title, address = screen.title_of(target), screen.edit_url(target)
    context = {
        "sheet": sheet,
        "translation": sheet.translation,
        "title": title,
        "breadcrumbs_items": [{"url": address, "label": title}, {"url": "", "label": _("Checks")}],
        "language": sheet.language,
        "direction": direction(sheet.language),
        "gaps": gaps,
        "noticed": noticed,
        "errors": [s for s in noticed if any(finding.is_error for finding in s.findings)],
        "edit_url": address,
        "review_url": reverse("translations:submit_for_review", args=[sheet.translation.pk]),
        **screen.rights(request.user, target),
    }
    return render(request, "translations/editor/check.html", context)
