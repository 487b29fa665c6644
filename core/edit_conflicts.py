"""Two editors, one page: whoever saves second is asked, instead of silently undoing the work of the first.

Wagtail guards its autosave this way and leaves out the buttons. The edit form says which version it was loaded from;
its own autosaves in between are no conflict.
"""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision

OWN_AUTOSAVE = "overwrite_revision_id"
NOT_REPEATED = {OWN_AUTOSAVE, "csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at"}


def refuse_stale_save(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The conflict page, where the form was loaded from another version than the latest. A `before_edit_page` hook."""
    if request.method != "POST" or page.alias_of_id or not request.accepts("text/html"):
        return None
    latest = page.get_latest_revision()
    if latest is None or _is_based_on(latest, request):
        return None
    return _conflict_page(request, page, latest)


def _is_based_on(latest: Revision, request: HttpRequest) -> bool:
    """A form without the name of a version was loaded when the page had none."""
    if autosaved := request.POST.get(OWN_AUTOSAVE):
        return autosaved == str(latest.pk)
    loaded = request.POST.get("loaded_revision_id"), request.POST.get("loaded_revision_created_at")
    return loaded == (str(latest.pk), latest.created_at.isoformat())


def _conflict_page(request: HttpRequest, page: Page, latest: Revision) -> HttpResponse:
    """Both texts side by side. Its form repeats what was typed, now based on the version that is shown."""
    repeated = [(name, value) for name, values in request.POST.lists() if name not in NOT_REPEATED for value in values]
    loaded = [("loaded_revision_id", latest.pk), ("loaded_revision_created_at", latest.created_at.isoformat())]
    context = {
        "page": page,
        "latest": latest,
        "who": get_user_display_name(latest.user) if latest.user else _("Somebody"),
        "header_title": _("Somebody else has saved this page"),
        "page_title": _("Somebody else has saved this page"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "warning",
        "comparison": _comparison(request, page, theirs=latest.as_object(), mine=typed(request, page)),
        "fields": [*repeated, *loaded],
    }
    return TemplateResponse(request, "core/edit_conflict.html", context, status=409)


def typed(request: HttpRequest, page: Page) -> Page:
    """The page as the editor wanted it, as far as it is valid; nothing is saved."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        request.FILES,
        instance=page.get_latest_revision_as_object(),
        parent_page=page.get_parent(),
        for_user=request.user,
    )
    if form.is_valid():
        form.save(commit=False)
    return form.instance


def _comparison(request: HttpRequest, page: Page, theirs: Page, mine: Page) -> list:
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=request, form=None)
    differences = [compare(theirs, mine) for compare in panel.get_comparison()]
    return [difference for difference in differences if difference.has_changed()]
