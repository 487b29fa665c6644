"""Figures over time, by language and by state, for the campaigns somebody looks after."""

from collections import Counter
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Sum
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from campaigns.desk import places
from campaigns.desk.chart import Columns, Shares, by_period
from campaigns.desk.rights import keeps, pages_of
from campaigns.models import CampaignPage, DayFigures, SignUp
from core.languages import LANGUAGE_NAMES
from organisations.states import STATES


def by_day(days: QuerySet[DayFigures], what: str) -> dict[date, int]:
    return dict(days.filter(**{f"{what}__gt": 0}).order_by("day").values_list("day").annotate(Sum(what)))


def by_language(days: QuerySet[DayFigures]) -> list[tuple[str, int]]:
    """Of those who take part now, withdrawals taken off; a deletion after the hand-over changes nothing."""
    sums = days.order_by().values_list("language").annotate(Sum("confirmed"), Sum("withdrawn"))
    return [(LANGUAGE_NAMES.get(code, code), max(came - went, 0)) for code, came, went in sums]


def by_state(rows: QuerySet[SignUp]) -> list[tuple[str, int]]:
    """Of the rows that are kept; many give no postal code."""
    codes = rows.confirmed().order_by().values_list("postal_code").annotate(Count("pk"))
    counted: Counter = places.by_state(codes)
    nowhere = counted.pop("", 0)
    names = dict(STATES)
    return [(str(names[code]), number) for code, number in counted.items()] + [(_("not said"), nowhere)]


class FiguresView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/figures.html"
    page_title = gettext_lazy("Figures")
    header_icon = "order"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not keeps(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [{"url": "", "label": self.page_title}]

    @cached_property
    def own(self) -> list[CampaignPage]:
        pages = pages_of(self.request.user).select_related("tally").prefetch_related("paper_batches")
        return [*pages.defer_streamfields().order_by("title")]

    @cached_property
    def chosen(self) -> list[CampaignPage]:
        """One of them, or all; a number that is none of theirs means all of theirs."""
        wanted = self.request.GET.get("campaign", "")
        return [page for page in self.own if str(page.pk) == wanted] or self.own

    def get_context_data(self, **kwargs):
        keys = [page.pk for page in self.chosen]
        days, rows = DayFigures.objects.filter(page__in=keys), SignUp.objects.filter(campaign__in=keys)
        sums = days.aggregate(withdrawn=Sum("withdrawn", default=0), lapsed=Sum("lapsed", default=0))
        return super().get_context_data(
            own=self.own,
            chosen=self.chosen[0] if len(self.chosen) == 1 else None,
            confirmed=sum(page.tally.confirmed for page in self.chosen if hasattr(page, "tally")),
            pending=rows.pending().count(),
            on_paper=sum(page.paper_signatures for page in self.chosen),
            **sums,
            charts=[
                Columns(_("Confirmed"), by_period(by_day(days, "confirmed")), "confirmed"),
                Columns(_("Withdrawn"), by_period(by_day(days, "withdrawn")), "withdrawn"),
                Columns(_("Never confirmed"), by_period(by_day(days, "lapsed")), "lapsed"),
                Shares(_("By language"), by_language(days), _("Language")),
                Shares(_("By state"), by_state(rows), _("State")),
            ],
            **kwargs,
        )


class FiguresItem(MenuItem):
    def is_shown(self, request):
        return keeps(request.user)


class FiguresViewSet(ViewSet):
    name = "campaign-figures"
    url_namespace = "campaign_figures"
    icon = "order"
    menu_label = gettext_lazy("Figures")
    menu_item_class = FiguresItem

    def get_urlpatterns(self):
        return [path("", FiguresView.as_view(), name="index")]
