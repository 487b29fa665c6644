"""What the screen needs beside the texts: who may do what, where buttons lead, what else is known of the texts."""

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from core.languages import direction
from translations import review
from translations.comments import comments_on
from translations.editor.checks.whole import check_sheet
from translations.editor.sheet import Sheet
from translations.machine.starting import may_start
from translations.models import DraftText
from translations.rights import is_administrator, is_locked, may_change, may_publish

TEMPLATE = "translations/editor/screen.html"


def edit_url(instance: TranslatableMixin) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[quote(instance.pk)])


def title_of(instance: TranslatableMixin) -> str:
    return instance.get_admin_display_title() if isinstance(instance, Page) else str(instance)


def show(request: HttpRequest, sheet: Sheet, instance: TranslatableMixin, status: int = 200) -> HttpResponse:
    add_findings(sheet)
    _add_drafts(sheet)
    comments = comments_on(sheet.translation)
    for segment in sheet.segments:
        segment.comments = comments.at(segment.row.context_id, segment.row.string_id)
    is_page = isinstance(instance, Page)
    context = {
        "sheet": sheet,
        "translation": sheet.translation,
        "instance": instance,
        "title": title_of(instance),
        "is_page": is_page,
        "edit_url": edit_url(instance),
        "language": sheet.language,
        "direction": direction(sheet.language),
        "source_language": sheet.source.locale.language_code,
        "earlier_comments": comments.earlier,
        "next_open": next(iter(sheet.open), None),
        "may_draft": bool(sheet.open) and may_start(request.user, sheet.translation),
        **rights(request.user, instance),
        **_source(request.user, sheet.source.get_source_instance()),
        **(_page_header(request, instance, sheet) if is_page else _term_header(instance)),
    }
    return render(request, TEMPLATE, context, status=status)


def add_findings(sheet: Sheet) -> None:
    """What the checks have to say of the texts that are there; that others are missing is plain to see."""
    check_sheet(sheet)
    for segment in sheet.segments:
        segment.findings = [finding for finding in segment.findings if finding.code != "empty"]


def _add_drafts(sheet: Sheet) -> None:
    drafts = {(draft.string_id, draft.context_id): draft for draft in DraftText.objects.of(sheet.translation)}
    for segment in sheet.segments:
        segment.draft = drafts.get((segment.row.string_id, segment.row.context_id))


def rights(user, instance: TranslatableMixin) -> dict:
    is_page = isinstance(instance, Page)
    return {
        "is_locked": is_locked(user, instance),
        "may_publish": may_publish(user, instance),
        "may_submit": is_page and review.may_submit(user, instance),
        "in_review": is_page and instance.workflow_in_progress,
        "review_actions": review.actions(user, instance) if is_page else [],
        "is_administrator": is_administrator(user),
    }


def _source(user, source: TranslatableMixin) -> dict:
    """Where people read the German text who may not edit it."""
    public = source.get_url() if isinstance(source, Page) and source.live else None
    return {"source_title": str(source), "source_url": edit_url(source) if may_change(user, source) else public}


def _page_header(request: HttpRequest, page: Page, sheet: Sheet) -> dict:
    header = WagtailAdminTemplateMixin()
    header.header_more_buttons = get_page_header_buttons(
        page=page, user=request.user, next_url=request.path, view_name="edit"
    )
    panel = PageStatusSidePanel(
        page,
        request,
        show_schedule_publishing_toggle=False,
        live_object=page,
        scheduled_object=None,
        locale=sheet.translation.target_locale,
        translations=[],
    )
    preview = reverse("wagtail_localize:preview_translation", args=[sheet.translation.pk])
    return {
        "header_buttons": header.get_header_buttons(),
        "side_panels": [panel],
        "preview_url": preview if page.is_previewable() else "",
    }


def _term_header(term: TranslatableMixin) -> dict:
    viewset = term.snippet_viewset
    name = str(term._meta.verbose_name_plural)
    items = [
        {"url": reverse(viewset.get_url_name("list")), "label": name[:1].upper() + name[1:]},
        {"url": "", "label": str(term), "sublabel": _("Translation")},
    ]
    return {"breadcrumbs_items": items}


def with_everything(translations) -> Translation | None:
    """The translation with all that the screen asks of it."""
    related = ("source__locale", "source__specific_content_type", "source__object", "target_locale")
    return translations.select_related(*related).first()
