"""Lists of whoever takes part in something: declared once for each kind, with the same rights, filters and export.

    class SignUpViewSet(DeskViewSet):
        model = SignUp
        page_lookup, page_model = "campaign", CampaignPage
        name = "sign-ups"
        filterset_class = SignUpFilters
        list_display = [...]
        export_columns = [ExportColumn(_("Name"), lambda row: row.name), …]

There are a list, a page for each row, and what a kind adds (`more_urls`); rows are never added or edited in a form.
"""

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry, register_permission_policy

from campaigns.desk import exporting
from campaigns.desk.exporting import ExportColumn
from campaigns.desk.filters import WITHDRAWN
from campaigns.desk.rights import DeskPolicy
from campaigns.models import CampaignPage


def seen_by(user, model: type[Model]) -> QuerySet:
    """The rows of a kind that somebody may see; what is not among them is not found, in any view."""
    return policy_registry.get_by_type(model).instances_user_has_permission_for(user, "view")


def row_or_404(request: HttpRequest, model: type[Model], pk: int) -> Model:
    return get_object_or_404(seen_by(request.user, model), pk=pk)


class DeskIndexView(generic.IndexView):
    viewset = None
    any_permission_required = ["view"]
    i18n_enabled = False
    default_ordering = "-pk"

    def get(self, request, *args, **kwargs):
        if self.is_export and self.viewset.export_columns and request.method == "GET":
            if self.filters and not self.filters.is_valid():
                messages.error(request, _("Nothing was exported, because a filter was not understood."))
                return redirect(self.index_url)
            rows = self.viewset.to_export(self.get_queryset())
            return exporting.answer(request, self.viewset, rows, self.narrowed)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return self.viewset.shown(seen_by(self.request.user, self.model))

    def get_valid_orderings(self):
        return [*super().get_valid_orderings(), "-pk"]

    def order_queryset(self, queryset):
        """With the key at the end, so that no row is on two pages."""
        return queryset.order_by(*dict.fromkeys([self.ordering, "-pk"]))

    @cached_property
    def narrowed(self) -> str:
        described = getattr(self.filters, "described", str)()
        return "; ".join(filter(None, [described, _("searched") if self.is_searching else ""]))

    @cached_property
    def show_export_buttons(self):
        return bool(self.viewset.export_columns)

    @cached_property
    def no_results_message(self):
        if self.request.GET.get("state") == WITHDRAWN:
            return _("Whoever withdraws is deleted at once. How many there were each day stands among the figures.")
        return super().no_results_message

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            *(Button(label, url=url, icon_name=icon) for label, url, icon in self.viewset.more_buttons()),
        ]


class DeskInspectView(generic.InspectView):
    any_permission_required = ["view"]

    def get_object(self, queryset=None):
        return row_or_404(self.request, self.model, self.pk)


class DeskViewSet(ModelViewSet):
    page_lookup = ""
    page_model: type[Page] = CampaignPage
    export_columns: list[ExportColumn] = []
    index_view_class = DeskIndexView
    inspect_view_class = DeskInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 100
    pk_path_converter = "int"

    def policy(self) -> DeskPolicy:
        return DeskPolicy(self.model, self.page_lookup, self.page_model)

    def shown(self, rows: QuerySet) -> QuerySet:
        """With what the columns need."""
        return rows.select_related(self.page_lookup) if self.page_lookup else rows

    def to_export(self, rows: QuerySet) -> QuerySet:
        return rows.confirmed()

    def asked_for(self, request: HttpRequest) -> QuerySet:
        """What the list at this address holds on all its pages, for the user of the request."""
        callable_view = self.index_view
        view = callable_view.view_class(**callable_view.view_initkwargs)
        view.setup(request)
        return view.get_queryset()

    def more_urls(self) -> list:
        return []

    def more_buttons(self) -> list[tuple[str, str, str]]:
        """Beside the export: label, address, icon."""
        return []

    def get_common_view_kwargs(self, **kwargs):
        """Without addresses of what there is not."""
        known = super().get_common_view_kwargs(viewset=self, **kwargs)
        missing = ("history", "usage", "add", "edit", "delete")
        return {name: value for name, value in known.items() if name not in {f"{each}_url_name" for each in missing}}

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            *([path("<int:pk>/", self.inspect_view, name="inspect")] if self.inspect_view_enabled else []),
            *self.more_urls(),
        ]

    def on_register(self):
        register_permission_policy(self.model, self.policy(), exact_class=True)
        super().on_register()

    def register_admin_url_finder(self):
        """Nothing refers to these rows."""

    def get_permissions_to_register(self):
        """Rights follow the pages: there is nothing to tick in the form for groups."""
        return super().get_permissions_to_register().none()
