"""How many read the newsletter, over time, by language, topic and way in. For the office."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns.desk.chart import Columns, Shares, by_period
from campaigns.desk.figures import by_day
from campaigns.desk.rights import keeps_all
from campaigns.models import DayFigures, Subscriber
from core.languages import LANGUAGE_NAMES
from core.models import Topic


def by_topic() -> list[tuple[str, int]]:
    """Whoever chose several counts for each; whoever chose none gets everything."""
    readers = Subscriber.objects.reachable()
    names = {label.key: label.text for label in Topic.objects.labels()}
    chosen = readers.exclude(topics=None).order_by().values_list("topics__key").annotate(Count("pk"))
    counted = [(names.get(key, key), number) for key, number in chosen]
    return [(_("everything"), readers.filter(topics=None).count()), *counted]


def by_field(name: str, labels: dict[str, str]) -> list[tuple[str, int]]:
    rows = Subscriber.objects.reachable().order_by().values_list(name).annotate(Count("pk"))
    return [(str(labels.get(key, key)), number) for key, number in rows]


class ReaderFiguresView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/reader_figures.html"
    page_title = gettext_lazy("Figures of the newsletter")
    header_icon = "order"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not keeps_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [{"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        days, rows = DayFigures.objects.filter(page=None), Subscriber.objects.all()
        return super().get_context_data(
            readers=rows.reachable().count(),
            pending=rows.pending().count(),
            stopped=rows.stopped().count(),
            charts=[
                Columns(_("New readers"), by_period(by_day(days, "confirmed")), "confirmed"),
                Columns(_("Withdrawn"), by_period(by_day(days, "withdrawn")), "withdrawn"),
                Columns(_("Never confirmed"), by_period(by_day(days, "lapsed")), "lapsed"),
                Shares(_("By language"), by_field("language", LANGUAGE_NAMES), _("Language")),
                Shares(_("By topic"), by_topic(), _("Topic")),
                Shares(_("Came by"), by_field("source", dict(Subscriber.SOURCES)), _("Came by")),
            ],
            **kwargs,
        )
