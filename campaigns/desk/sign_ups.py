"""Whoever takes part in a campaign, as project staff and the office see them."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn

from campaigns.desk import places
from campaigns.desk.columns import PersonColumn, TypedColumn, state_of
from campaigns.desk.exporting import ExportColumn
from campaigns.desk.filters import OptInFilters, OwnPageFilter
from campaigns.desk.viewset import DeskIndexView, DeskViewSet
from campaigns.models import CampaignPage, SignUp
from organisations.states import STATES

TO_MODERATE, HELD_BACK = "waiting", "held_back"


class SignUpFilters(OptInFilters):
    campaign = OwnPageFilter(CampaignPage, label=_("campaign"))
    moderated = django_filters.ChoiceFilter(
        label=_("comment and name"),
        choices=[(TO_MODERATE, _("to be decided")), (HELD_BACK, _("name held back")), *SignUp.DECISIONS],
        method="by_decision",
    )
    place = django_filters.ChoiceFilter(label=_("state"), choices=STATES, method="by_place")
    postal_code = django_filters.CharFilter(label=_("postal code begins with"), lookup_expr="startswith", max_length=5)

    class Meta:
        model = SignUp
        fields = ["campaign", "state", "moderated", "language", "place", "postal_code", "requested_at"]

    def by_decision(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == TO_MODERATE:
            return rows.to_moderate()
        return rows.filter(is_held_back=True) if value == HELD_BACK else rows.filter(moderated=value)

    def by_place(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(places.within(value))


class SignUpIndexView(DeskIndexView):
    template_name = "campaigns/admin/sign_ups.html"

    def search_queryset(self, queryset):
        """By name, or by an address as it was typed or in its other spelling."""
        return queryset.search(self.search_query) if self.is_searching else queryset


class SignUpViewSet(DeskViewSet):
    model = SignUp
    page_lookup, page_model = "campaign", CampaignPage
    name = "sign-ups"
    url_namespace = "campaign_sign_ups"
    icon = "group"
    menu_label = _("Sign-ups")
    index_view_class = SignUpIndexView
    filterset_class = SignUpFilters
    search_fields = ["name", "email"]
    list_display = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="sign-up"),
        PersonColumn(
            "name",
            label=_("Name"),
            url_name="campaign_sign_ups:inspect",
            get_title_id=lambda row: f"sign-up_{row.pk}_title",
        ),
        Column("email", label=_("Email")),
        Column("campaign", label=_("Campaign"), accessor="campaign.title"),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("postal_code", label=_("Postal code"), sort_key="postal_code"),
        TypedColumn("comment", label=_("Comment")),
        Column("moderated", label=_("Decision"), accessor="decision"),
        DateColumn("requested_at", label=_("Signed"), sort_key="requested_at"),
        Column("state", label=_("Status"), accessor=state_of),
    ]
    export_columns = [
        ExportColumn(_("Campaign"), lambda row: row.campaign.title),
        ExportColumn(_("Name"), lambda row: row.name),
        ExportColumn(_("Email"), lambda row: row.email),
        ExportColumn(_("Postal code"), lambda row: row.postal_code),
        ExportColumn(_("Language"), lambda row: row.get_language_display()),
        ExportColumn(_("Signed"), lambda row: row.requested_at),
        ExportColumn(_("Confirmed"), lambda row: row.confirmed_at),
        ExportColumn(_("Name may be shown"), lambda row: row.shows_name),
        ExportColumn(_("Wants updates"), lambda row: row.wants_updates),
        ExportColumn(_("Comment"), lambda row: row.comment),
        ExportColumn(_("Comment and name"), lambda row: row.decision),
    ]
