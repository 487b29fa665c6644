"""Upload of a member list, its dry run, the button that applies it, its progress and its report; and the export."""

import io
import re

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from core import spreadsheets
from core.languages import SOURCE_LANGUAGE
from core.listing import page_number
from organisations.member_list import applying, export, running
from organisations.member_list.columns import BY_NAME
from organisations.member_list.reading import MAX_BYTES
from organisations.member_list.rights import has_whole_list, imports_seen_by, may_import
from organisations.member_list.tasks import put_in_queue
from organisations.models import DirectoryPage, ImportRow, MemberImport, NetworkPage
from organisations.rights import networks_of

PER_PAGE = 50
EXTENSIONS = (".xlsx", ".csv")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
WARNED = "warned"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel file (.xlsx) or a CSV file, at most 30 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
    network = forms.ModelChoiceField(label=_("Network"), queryset=NetworkPage.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        network, whole = self.fields["network"], has_whole_list(user)
        network.queryset = networks_of(user).order_by("title")
        network.required = not whole
        network.empty_label = gettext("all networks, as the file says") if whole else None
        network.help_text = gettext("Rows of other networks are errors then.") if whole else ""

    def clean_file(self):
        file = self.cleaned_data["file"]
        file.name = CONTROL.sub("", file.name)
        if not file.name.lower().endswith(EXTENSIONS):
            raise ValidationError(gettext("Only .xlsx and .csv files can be imported."))
        if file.size > MAX_BYTES:
            raise ValidationError(gettext("This file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024**2})
        return file


class ForKeepers(WagtailAdminTemplateMixin, TemplateView):
    """For the office and for coordinators."""

    header_icon = "download"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportsView(ForKeepers):
    page_title = _("Import and export")
    template_name = "organisations/admin/imports.html"

    def post(self, request):
        form = UploadForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        file = form.cleaned_data["file"]
        content = file.read()
        member_import = running.receive(file.name, content, form.cleaned_data["network"], request.user)
        work_on(member_import, at_once=running.is_short(file.name, content))
        return redirect("organisations_admin:import", member_import.pk)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", UploadForm(user=self.request.user))
        imports = Paginator(imports_seen_by(self.request.user), PER_PAGE)
        networks = networks_of(self.request.user).order_by("title")
        return super().get_context_data(
            imports=imports.get_page(page_number(self.request.GET)),
            networks=networks,
            has_whole_list=has_whole_list(self.request.user),
            **kwargs,
        )


class ImportView(ForKeepers):
    """One import: what each row would do, does, or has done."""

    template_name = "organisations/admin/import.html"

    def get_page_title(self):
        return self.member_import.file_name

    def get_breadcrumbs_items(self):
        above = {"url": reverse("organisations_admin:imports"), "label": ImportsView.page_title}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.member_import.file_name}]

    def get_context_data(self, pk, **kwargs):
        self.member_import = seen(self.request, pk)
        counts = counted(self.member_import)
        chosen = self.request.GET.get("outcome", "")
        rows = chosen_rows(self.member_import, chosen)
        page = Paginator(rows, PER_PAGE).get_page(page_number(self.request.GET))
        for row in page:
            row.lines = lines(row)
        return super().get_context_data(
            member_import=self.member_import,
            rows=page,
            pages=page.paginator.get_elided_page_range(page.number),
            chosen=chosen,
            choices=choices(counts, chosen),
            new=counts.get(ImportRow.NEW, 0),
            changed=counts.get(ImportRow.CHANGED, 0),
            errors=counts.get(ImportRow.ERROR, 0),
            conflicts=counts.get(ImportRow.CONFLICT, 0),
            applied=self.member_import.rows.exclude(applied_at=None).count(),
            may_be_applied=applying.may_be_applied(self.member_import),
            **kwargs,
        )


def seen(request, pk: int) -> MemberImport:
    """Not found rather than forbidden: nobody learns which imports of others there are."""
    if not may_import(request.user):
        raise PermissionDenied
    return get_object_or_404(imports_seen_by(request.user), pk=pk)


def counted(member_import: MemberImport) -> dict[str, int]:
    rows = member_import.rows.order_by()
    counts = dict(rows.values_list("outcome").annotate(Count("pk")))
    return counts | {WARNED: rows.exclude(warnings=[]).count()}


def chosen_rows(member_import: MemberImport, chosen: str):
    rows = member_import.rows.select_related("organisation").order_by("number")
    if chosen == WARNED:
        return rows.exclude(warnings=[])
    return rows.filter(outcome=chosen) if chosen in dict(ImportRow.OUTCOMES) else rows


def choices(counts: dict[str, int], chosen: str) -> list[dict]:
    """What the rows can be narrowed to; only what there is."""
    offered = [
        (ImportRow.ERROR, ngettext("%(count)d error", "%(count)d errors", counts.get(ImportRow.ERROR, 0))),
        (ImportRow.CONFLICT, ngettext("%(count)d conflict", "%(count)d conflicts", counts.get(ImportRow.CONFLICT, 0))),
        (WARNED, ngettext("%(count)d warning", "%(count)d warnings", counts[WARNED])),
        (ImportRow.NEW, gettext("%(count)d new")),
        (ImportRow.CHANGED, gettext("%(count)d changed")),
        (ImportRow.UNCHANGED, gettext("%(count)d unchanged")),
    ]
    return [
        {"key": key, "label": label % {"count": counts[key]}, "chosen": key == chosen}
        for key, label in offered
        if counts.get(key)
    ]


def lines(row: ImportRow) -> dict[str, list]:
    """With the columns' names as they stand in the file."""
    return {
        "errors": [(header(name), reason) for name, reason in row.errors.items()],
        "changes": [(header(name), *change) for name, change in row.changes.items() if name not in row.errors],
        "values": [(header(name), text) for name, text in row.values.items()] if row.outcome == ImportRow.NEW else [],
    }


def header(name: str) -> str:
    return BY_NAME[name].header if name in BY_NAME else ""


def work_on(member_import: MemberImport, *, at_once: bool) -> None:
    if at_once:
        running.work_on(member_import.pk, member_import.lease_until)
    else:
        put_in_queue(member_import)


@require_POST
def apply_import(request, pk: int):
    member_import = seen(request, pk)
    if applying.begin(member_import):
        member_import = seen(request, pk)
        work_on(member_import, at_once=member_import.total <= running.AT_ONCE)
    else:
        messages.error(
            request, gettext("This import cannot be applied: it has errors, or somebody has applied it already.")
        )
    return redirect("organisations_admin:import", pk)


@require_POST
def cancel_import(request, pk: int):
    member_import = seen(request, pk)
    if running.cancel(member_import.pk):
        messages.success(request, gettext("The import has been cancelled. What was applied before stays."))
    return redirect("organisations_admin:import", pk)


@require_GET
def progress(request, pk: int):
    member_import = seen(request, pk)
    return JsonResponse(
        {"at_work": member_import.is_at_work, "done": member_import.done, "total": max(member_import.total, 1)}
    )


@require_GET
def export_list(request):
    """The whole list for the office, one network for its coordinators."""
    network, kind = exported_network(request), request.GET.get("format", spreadsheets.XLSX)
    if kind not in spreadsheets.TYPES:
        kind = spreadsheets.XLSX
    count = export.organisations(network).count()
    instance = network or DirectoryPage.objects.filter(locale__language_code=SOURCE_LANGUAGE).first()
    log(instance, "organisations.exported", user=request.user, data={"format": kind, "rows": count})
    rows = export.rows(network)
    if kind == spreadsheets.CSV:
        response = StreamingHttpResponse(spreadsheets.as_csv(rows), content_type=spreadsheets.TYPES[kind])
    else:
        file = io.BytesIO()
        export.as_xlsx(rows, file)
        file.seek(0)
        response = FileResponse(file, content_type=spreadsheets.TYPES[kind])
    name = f"{network.slug if network else 'mitglieder'}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def exported_network(request) -> NetworkPage | None:
    if not may_import(request.user):
        raise PermissionDenied
    if slug := request.GET.get("network", ""):
        return get_object_or_404(networks_of(request.user), slug=slug)
    if has_whole_list(request.user):
        return None
    return networks_of(request.user).order_by("title").first()
