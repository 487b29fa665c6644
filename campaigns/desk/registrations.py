"""Whoever has registered for an event, as project staff and the office see them."""

import django_filters
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn

from campaigns.desk.columns import PersonColumn, TypedColumn, short
from campaigns.desk.exporting import ExportColumn
from campaigns.desk.filters import OptInFilters, OwnPageFilter
from campaigns.desk.viewset import DeskIndexView, DeskInspectView, DeskViewSet
from campaigns.models import EventPage, Registration
from campaigns.registering.attendance import wishes
from campaigns.views import attendance

SEATED, WAITING, PENDING = "seated", "waiting", "pending"


class RegistrationFilters(OptInFilters):
    event = OwnPageFilter(EventPage, label=gettext_lazy("event"), field_name="date__event")
    date = django_filters.NumberFilter(label=gettext_lazy("number of the date"), min_value=1, max_value=2**31)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("status"),
        choices=[
            (SEATED, gettext_lazy("has a place")),
            (WAITING, gettext_lazy("on the waiting list")),
            (PENDING, gettext_lazy("not confirmed yet")),
        ],
        method="by_state",
    )

    class Meta:
        model = Registration
        fields = ["event", "date", "state", "language", "requested_at"]

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return {SEATED: rows.seated, WAITING: rows.confirmed().filter(seated_at=None).all, PENDING: rows.pending}[
            value
        ]()


class RegistrationIndexView(DeskIndexView):
    def search_queryset(self, queryset):
        """By name, or by an address as it was typed or in its other spelling."""
        return queryset.search(self.search_query) if self.is_searching else queryset


class RegistrationInspectView(DeskInspectView):
    fields = ["date", "name", "email", "language", "people", "state", "wishes", "note", "requested_at", "consent"]

    def get_field_label(self, field_name, field):
        own = {"state": _("Status"), "wishes": _("Needs and answers"), "date": _("Event")}
        return own.get(field_name) or super().get_field_label(field_name, field)

    def get_date_display_value(self):
        return event_of(self.object)

    def get_state_display_value(self):
        return state_of(self.object)

    def get_wishes_display_value(self):
        return wishes_of(self.object) or "–"

    def get_consent_display_value(self):
        return self.object.consent.text


def event_of(row: Registration) -> str:
    return f"{row.date.event.title}, {row.date}"


def state_of(row: Registration) -> str:
    if row.seated_at:
        return _("has a place since %(when)s") % {"when": short(row.seated_at)}
    if row.confirmed_at:
        return _("on the waiting list since %(when)s") % {"when": short(row.confirmed_at)}
    return _("not confirmed yet")


def wishes_of(row: Registration) -> str:
    return "; ".join(wishes(row))


class RegistrationViewSet(DeskViewSet):
    model = Registration
    page_lookup, page_model = "date__event", EventPage
    name = "registrations"
    url_namespace = "campaign_registrations"
    icon = "calendar-check"
    menu_label = gettext_lazy("Registrations")
    index_view_class = RegistrationIndexView
    inspect_view_class = RegistrationInspectView
    filterset_class = RegistrationFilters
    search_fields = ["name", "email"]
    list_display = [
        PersonColumn("name", label=gettext_lazy("Name"), url_name="campaign_registrations:inspect"),
        Column("email", label=gettext_lazy("Email")),
        Column("event", label=gettext_lazy("Event"), accessor=event_of),
        Column("people", label=gettext_lazy("People")),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display"),
        TypedColumn("wishes", label=gettext_lazy("Needs and answers"), accessor=wishes_of),
        DateColumn("requested_at", label=gettext_lazy("Registered"), sort_key="requested_at"),
        Column("state", label=gettext_lazy("Status"), accessor=state_of),
    ]
    export_columns = [
        ExportColumn(gettext_lazy("Event"), lambda row: row.date.event.title),
        ExportColumn(gettext_lazy("Date"), lambda row: f"{row.date.local_start:%Y-%m-%d %H:%M}"),
        ExportColumn(gettext_lazy("Name"), lambda row: row.name),
        ExportColumn(gettext_lazy("Email"), lambda row: row.email),
        ExportColumn(gettext_lazy("People"), lambda row: row.people),
        ExportColumn(gettext_lazy("Language"), lambda row: row.get_language_display()),
        ExportColumn(gettext_lazy("Status"), state_of),
        ExportColumn(gettext_lazy("Needs and answers"), wishes_of),
        ExportColumn(gettext_lazy("Note"), lambda row: row.note),
        ExportColumn(gettext_lazy("Confirmed"), lambda row: row.confirmed_at),
        ExportColumn(gettext_lazy("Came"), lambda row: row.came),
    ]

    def more_urls(self):
        return [
            path("lists/", attendance.Lists.as_view(), name="lists"),
            path("lists/<int:pk>/", attendance.GuestList.as_view(), name="list"),
            path("lists/<int:pk>/print/", attendance.PrintedList.as_view(), name="print"),
        ]

    def more_buttons(self):
        return [(_("Guest lists"), reverse("campaign_registrations:lists"), "list-ul")]
