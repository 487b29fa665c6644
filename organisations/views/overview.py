"""The list a coordinator works from: what of their organisations is current, complete and translated."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from core.languages import LANGUAGE_NAMES
from organisations.completeness import missing, percentage
from organisations.models import OrganisationPage
from organisations.overview import SEARCHED, OverviewFilters, missing_languages, overview_of
from organisations.rights import keeps_organisations

PER_PAGE = 50


class CellColumn(Column):
    """Shows what the view has put on each row, by a template of ours."""

    def __init__(self, name, **kwargs):
        super().__init__(name, **kwargs)
        self.cell_template_name = f"organisations/admin/{name}_cell.html"


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class OverviewView(IndexView):
    model = OrganisationPage
    i18n_enabled = False
    any_permission_required = None
    template_name = "organisations/admin/overview.html"
    page_title = _("Organisations")
    header_icon = "group"
    index_url_name = "organisations_admin:overview"
    index_results_url_name = "organisations_admin:overview_results"
    filterset_class = OverviewFilters
    search_fields = SEARCHED
    search_backend_name = None
    default_ordering = "sort_name"
    paginate_by = PER_PAGE
    FORMATS = ()  # the member list has an export of its own
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="organisation"),
        TitleColumn(
            "title",
            label=_("Organisation"),
            sort_key="sort_name",
            get_url=edit_address,
            get_title_id=lambda page: f"organisation_{page.pk}_title",
        ),
        Column("network_title", label=_("Network"), sort_key="network_title"),
        CellColumn("completeness", label=_("Complete"), sort_key="completeness"),
        CellColumn("confirmed", label=_("Last confirmed"), sort_key="entry__due_on"),
        CellColumn("waiting", label=_("Changes"), sort_key="waiting_since"),
        CellColumn("languages", label=_("Missing languages")),
        CellColumn("precision", label=_("Address shown"), sort_key="entry__precision"),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not keeps_organisations(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return overview_of(self.request.user)

    def order_queryset(self, organisations):
        return organisations.order_by(self.ordering, "sort_name", "pk")

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, has_other_pages = super().paginate_queryset(queryset, page_size)
        page.object_list = rows = list(rows)
        self.describe(rows)
        return paginator, page, rows, has_other_pages

    def describe(self, rows) -> None:
        """What the cells show, beyond what the query brought."""
        languages, today = missing_languages(rows), timezone.localdate()
        for page in rows:
            page.percentage, page.missing = percentage(page), missing(page)
            page.missing_languages = [(code, LANGUAGE_NAMES[code]) for code in languages[page.pk]]
            page.is_overdue = page.entry.due_on < today

    @cached_property
    def header_more_buttons(self):
        return [
            Button(_("Proposed changes"), reverse("organisations_admin:proposals"), icon_name="clipboard-list"),
            Button(_("Import and export"), reverse("organisations_admin:imports"), icon_name="download"),
        ]

    def user_has_permission(self, permission):
        return False  # pages are added and deleted in the explorer


def matching(request):
    """The keys of everything the search and filters of this address find, for "select all"."""
    view = OverviewView()
    view.setup(request)
    return view.get_queryset().values_list("pk", flat=True)
