"""The editor's side of `core.publication`: what was typed is kept as a draft, and the reason is said."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.edit_conflicts import typed
from core.publication import NotReady, reasons

APPROVAL = ("action-workflow-action", "workflow-action-name", "workflow-action-extra-data")


def say(request: HttpRequest, found: list[str]) -> None:
    text = format_html(
        "{}<ul>{}</ul>", _("Saved as a draft, but not published:"), format_html_join("", "<li>{}</li>", zip(found))
    )
    messages.error(request, text)


def refuse_unready(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A `before_publish_page` hook; the draft has been saved by then."""
    found = reasons(page)
    if not found:
        return None
    if page.live and not page.first_published_at:  # Wagtail makes a new page live and only then publishes it
        page.live, page.has_unpublished_changes = False, True
        page.save()
    say(request, found)
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_unready_approval(request: HttpRequest, page: Page) -> None:
    """A `before_edit_page` hook: approving in the editor becomes saving, where the page could not go live."""
    if request.method != "POST" or request.POST.get("workflow-action-name") != "approve":
        return
    found = reasons(typed(request, page))
    if found:
        say(request, found)
        request.POST = request.POST.copy()
        for name in APPROVAL:
            request.POST.pop(name, None)


def refuse_unready_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A `before_copy_page` hook: a copy that is public at once, as an alias always is, is a publication like any other."""
    if request.method != "POST" or not {"publish_copies", "alias"} & request.POST.keys():
        return None
    pages = page.get_descendants(inclusive=True) if "copy_subpages" in request.POST else Page.objects.filter(pk=page.pk)
    found = [reason for copied in pages.live().specific() for reason in reasons(copied)]
    if not found:
        return None
    messages.error(request, " ".join([_("The copy cannot be published."), *found]))
    return redirect("wagtailadmin_pages:copy", page.pk)


def last_resort(get_response):
    """A middleware: says why, where a page would have gone live in passing, as when the task it waited for is given up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = _answer
    return middleware


def _answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if not isinstance(exception, NotReady) or request.method != "POST":
        return None
    messages.error(request, " ".join(exception.messages))
    return redirect(request.get_full_path())
