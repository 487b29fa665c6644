"""Whoever takes part in a campaign, as project staff and the office see them."""

from datetime import date

import django_filters
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.widgets.button import Button

from campaigns import retention
from campaigns.desk import handling, places
from campaigns.desk.columns import PersonColumn, TypedColumn, state_of
from campaigns.desk.exporting import ExportColumn
from campaigns.desk.filters import OptInFilters, OwnPageFilter
from campaigns.desk.viewset import DeskIndexView, DeskInspectView, DeskViewSet
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


class SignUpInspectView(DeskInspectView):
    template_name = "campaigns/admin/sign_up.html"
    page_title = _("Sign-up")

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("campaign_sign_ups:index"), "label": _("Sign-ups")},
            {"url": "", "label": self.object.name},
        ]

    @property
    def header_more_buttons(self):
        again = reverse("campaign_sign_ups:ask_again", args=[self.object.pk])
        withdraw = reverse("campaign_sign_ups:withdraw", args=[self.object.pk])
        buttons = [Button(_("Withdraw on behalf of this person"), url=withdraw, icon_name="bin", priority=20)]
        if not self.object.confirmed_at:
            buttons.insert(0, Button(_("Send the mail once more"), url=again, icon_name="mail", priority=10))
        return buttons

    def get_field_label(self, field_name, field):
        return gettext("Comment and name") if field_name == "decision" else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        return (gettext("yes") if value else gettext("no")) if isinstance(value, bool) else value

    def get_context_data(self, **kwargs):
        return super().get_context_data(deleted=when_deleted(self.object), **kwargs)


def when_deleted(sign_up: SignUp) -> str:
    campaign = sign_up.campaign
    if not sign_up.confirmed_at:
        return gettext("if it is not confirmed: on %(day)s") % {
            "day": _day(timezone.localdate(sign_up.requested_at + retention.UNCONFIRMED))
        }
    if campaign.handed_over_on:
        return gettext("on %(day)s, six months after the hand-over") % {
            "day": _day(campaign.handed_over_on + retention.AFTER_HAND_OVER)
        }
    if campaign.ends_on:
        return gettext("six months after the hand-over, at the latest on %(day)s") % {
            "day": _day(campaign.ends_on + retention.AFTER_END)
        }
    return gettext("six months after the hand-over, which is to be entered on the campaign")


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


class SignUpViewSet(DeskViewSet):
    model = SignUp
    page_lookup, page_model = "campaign", CampaignPage
    name = "sign-ups"
    url_namespace = "campaign_sign_ups"
    icon = "group"
    menu_label = _("Sign-ups")
    index_view_class = SignUpIndexView
    inspect_view_class = SignUpInspectView
    inspect_template_name = "campaigns/admin/sign_up.html"
    inspect_view_fields = [
        *("campaign", "name", "email", "language", "postal_code", "comment", "decision"),
        *("shows_name", "wants_updates", "ways"),
    ]
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
        ExportColumn(_("Would like to"), lambda row: ", ".join(str(way) for way in row.ways.all())),
        ExportColumn(_("Comment"), lambda row: row.comment),
        ExportColumn(_("Comment and name"), lambda row: row.decision),
    ]

    def shown(self, rows):
        return super().shown(rows).prefetch_related("ways")

    def more_urls(self):
        return [
            path("<int:pk>/withdraw/", handling.WithdrawView.as_view(), name="withdraw"),
            path("<int:pk>/ask-again/", handling.AskAgainView.as_view(), name="ask_again"),
        ]

    def more_buttons(self):
        return [(_("Figures"), reverse("campaign_figures:index"), "order")]
