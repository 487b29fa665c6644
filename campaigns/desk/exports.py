"""The log of exports, and the files of large ones for whoever asked for them."""

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.admin.ui.tables import Column, DateColumn

from campaigns.desk import exporting
from campaigns.desk.rights import DeskPolicy, keeps_all, keeps_anything
from campaigns.desk.viewset import DeskViewSet, row_or_404
from campaigns.models import Export
from core.spreadsheets import TYPES


class ExportPolicy(DeskPolicy):
    """The office sees who took what; everybody else at the desk what they took themselves."""

    def user_has_permission(self, user, action: str) -> bool:
        return action in self.ACTIONS and user.is_active and keeps_anything(user)

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        rows = Export.objects.all()
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        return rows if keeps_all(user) else rows.filter(user=user)


class FileColumn(Column):
    cell_template_name = "campaigns/admin/file_cell.html"


def who(log: Export) -> str:
    return (log.user.get_full_name() or log.user.get_username()) if log.user else ""


def kind_of(log: Export) -> str:
    from campaigns.desk.group import viewset_named

    viewset = viewset_named(log.kind)
    return str(viewset.menu_label) if viewset else log.kind


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Only for whoever asked for it: an export of their own would be written down, too."""
    log = row_or_404(request, Export, pk)
    if log.user_id != request.user.pk or not log.file:
        raise Http404
    try:
        file = default_storage.open(log.file)
    except OSError as error:
        raise Http404 from error
    return FileResponse(
        file, as_attachment=True, filename=exporting.file_name(log), content_type=TYPES.get(log.format, TYPES["csv"])
    )


class ExportViewSet(DeskViewSet):
    model = Export
    name = "exports"
    url_namespace = "campaign_exports"
    icon = "download"
    menu_label = _("Exports")
    inspect_view_enabled = False
    list_display = [
        DateColumn("created_at", label=_("When")),
        Column("user", label=_("Who"), accessor=who),
        Column("kind", label=_("What"), accessor=kind_of),
        Column("narrowed", label=_("Narrowed to")),
        Column("rows", label=_("Rows")),
        Column("format", label=_("Format")),
        FileColumn("state", label=_("Status"), accessor="get_state_display"),
    ]

    def policy(self):
        return ExportPolicy(Export)

    def shown(self, rows):
        return rows.select_related("user")

    def more_urls(self):
        return [path("<int:pk>/file/", download, name="download")]
