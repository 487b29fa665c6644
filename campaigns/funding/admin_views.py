"""Tasks and proof packs: for whoever looks after the project."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.desk.rights import pages_of
from campaigns.funding import deadlines
from campaigns.funding.proof import packing
from campaigns.models import FundingTask, ProjectPage, ProofPack

SHOWN = 20


def project_or_404(user, pk: int) -> ProjectPage:
    """A project of somebody else is not found."""
    return get_object_or_404(pages_of(user, ProjectPage), pk=pk)


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(FundingTask.objects.filter(period__page__in=pages_of(request.user, ProjectPage)), pk=pk)
    if deadlines.finish(task, request.user):
        messages.success(request, _("The task is done."))
    return redirect("wagtailadmin_home")


@require_http_methods(["GET", "POST"])
def proof_packs(request: HttpRequest, page_id: int) -> HttpResponse:
    project = project_or_404(request.user, page_id)
    if request.method == "POST":
        packing.order(project, request.user)
        messages.success(request, _("The proof pack is being made. You find it here as soon as it is done."))
        return redirect(request.path)
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    context = {
        "project": project,
        "packs": project.proof_packs.select_related("requested_by")[:SHOWN],
        "days": packing.KEPT.days,
        "breadcrumbs_items": [{"url": edit, "label": project.title}, {"url": "", "label": _("Proof packs")}],
    }
    return render(request, "campaigns/admin/proof_packs.html", context)


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    pack = get_object_or_404(ProofPack.objects.select_related("project"), pk=pk, state=ProofPack.DONE)
    project = project_or_404(request.user, pack.project_id)
    try:
        file = pack.file.open()
    except (OSError, ValueError) as error:
        raise Http404 from error
    log(instance=project, action="campaigns.proof_fetched", user=request.user, data={"pack": pack.pk})
    return FileResponse(file, as_attachment=True, filename=packing.file_name(pack), content_type="application/zip")


own = [
    path("tasks/<int:pk>/done/", done, name="funding_task_done"),
    path("<int:page_id>/proof/", proof_packs, name="proof_packs"),
    path("proof/<int:pk>/", download, name="proof_pack"),
]


def admin_urls() -> list:
    """A `register_admin_urls` hook."""
    return [path("projects/", include((own, "campaigns_admin")))]


def page_buttons(page: Page, user, view_name=None, next_url=None):
    """A `register_page_header_buttons` hook."""
    if page.specific_class is ProjectPage and page.live and pages_of(user, ProjectPage).filter(pk=page.pk).exists():
        address = reverse("campaigns_admin:proof_packs", args=[page.pk])
        yield Button(_("Proof pack"), url=address, icon_name="download", priority=70)


def log_actions(actions) -> None:
    """A `register_log_actions` hook."""
    actions.register_action("campaigns.proof_ordered", _("Proof pack ordered"), _("Proof pack ordered"))
    actions.register_action("campaigns.proof_fetched", _("Proof pack fetched"), _("Proof pack downloaded"))
