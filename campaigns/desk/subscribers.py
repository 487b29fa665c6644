"""The newsletter's readers, as the office sees them. Nobody else sees an address."""

import django_filters
from django.db.models import Q, QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from campaigns.desk.columns import PersonColumn, short, state_of
from campaigns.desk.exporting import ExportColumn
from campaigns.desk.filters import CONFIRMED, PENDING, WITHDRAWN, OptInFilters
from campaigns.desk.reader_figures import ReaderFiguresView
from campaigns.desk.viewset import DeskIndexView, DeskViewSet
from campaigns.models import Subscriber
from core.email_addresses import normalised
from core.models import Topic

STOPPED = "stopped"
ALL_TOPICS = "all"


def topics() -> list[tuple[str, str]]:
    return [(ALL_TOPICS, _("everything")), *((label.key, label.text) for label in Topic.objects.labels())]


class SubscriberFilters(OptInFilters):
    state = django_filters.ChoiceFilter(
        label=_("status"),
        choices=[
            (CONFIRMED, _("gets the newsletter")),
            (PENDING, _("not confirmed yet")),
            (STOPPED, _("stopped, because mail came back")),
            (WITHDRAWN, _("withdrawn")),
        ],
        method="by_state",
    )
    topic = django_filters.ChoiceFilter(label=_("topic"), choices=topics, method="by_topic")
    source = django_filters.ChoiceFilter(label=_("came by"), choices=Subscriber.SOURCES)

    class Meta:
        model = Subscriber
        fields = ["state", "language", "topic", "source", "requested_at"]

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == STOPPED:
            return rows.stopped()
        return rows.reachable() if value == CONFIRMED else super().by_state(rows, name, value)

    def by_topic(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those who chose it; whoever chose nothing gets it, too, and is found under `ALL_TOPICS`."""
        return rows.filter(topics=None) if value == ALL_TOPICS else rows.filter(topics__key=value)


def status_of(subscriber: Subscriber) -> str:
    if subscriber.stopped_at:
        return _("stopped %(when)s") % {"when": short(subscriber.stopped_at)}
    return state_of(subscriber)


def topics_of(subscriber: Subscriber) -> str:
    return ", ".join(topic.name for topic in subscriber.topics.all()) or str(_("everything"))


def bounces_of(subscriber: Subscriber) -> int:
    return subscriber.hard_bounces + subscriber.soft_bounces


class SubscriberIndexView(DeskIndexView):
    def search_queryset(self, queryset):
        """By a part of the address, as it was typed or in its other spelling."""
        if not self.is_searching:
            return queryset
        words = self.search_query.strip()
        whole = Q(email_key=normalised(words)) if "@" in words else Q()
        return queryset.filter(Q(email__icontains=words) | whole)


class SubscriberViewSet(DeskViewSet):
    model = Subscriber
    name = "newsletter-readers"
    url_namespace = "newsletter_readers"
    icon = "mail"
    menu_label = _("Newsletter readers")
    index_view_class = SubscriberIndexView
    filterset_class = SubscriberFilters
    search_fields = ["email"]
    list_display = [
        PersonColumn("email", label=_("Email"), url_name="newsletter_readers:inspect"),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("topics", label=_("Topics"), accessor=topics_of),
        Column("source", label=_("Came by"), accessor="get_source_display"),
        DateColumn("requested_at", label=_("Asked for"), sort_key="requested_at"),
        Column("state", label=_("Status"), accessor=status_of),
        Column("bounces", label=_("Mail that came back"), accessor=bounces_of),
    ]
    inspect_view_fields = [
        "email",
        "language",
        "topics",
        "source",
        "requested_at",
        "confirmed_at",
        "consent",
        "hard_bounces",
        "soft_bounces",
        "bounced_at",
        "stopped_at",
    ]
    export_columns = [
        ExportColumn(_("Email"), lambda row: row.email),
        ExportColumn(_("Language"), lambda row: row.get_language_display()),
        ExportColumn(_("Topics"), topics_of),
        ExportColumn(_("Came by"), lambda row: row.get_source_display()),
        ExportColumn(_("Asked for"), lambda row: row.requested_at),
        ExportColumn(_("Confirmed"), lambda row: row.confirmed_at),
    ]

    def more_urls(self) -> list:
        return [path("figures/", ReaderFiguresView.as_view(), name="figures")]

    def more_buttons(self) -> list[tuple[str, str, str]]:
        return [(_("Figures"), reverse("newsletter_readers:figures"), "order")]

    def shown(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related("topics")

    def to_export(self, rows: QuerySet) -> QuerySet:
        """Those who get it: nobody needs the addresses of the others."""
        return rows.reachable()
