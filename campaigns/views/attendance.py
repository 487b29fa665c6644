"""The list of guests of a date in the admin: on the screen with ticks, and to print."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns.desk.rights import keeps, pages_of
from campaigns.models import EventDate, EventPage
from campaigns.registering import guest_lists, turnout
from campaigns.registering.attendance import AttendanceForm, waiting_rows
from core.listing import page_number

PER_PAGE = 50


def dates_of(user):
    """Of the events that somebody looks after and that take registrations, or did."""
    own = pages_of(user, EventPage).values_list("pk", flat=True)
    dates = EventDate.objects.filter(event__in=[*own])
    return dates.filter(Q(event__registers_here=True) | Q(registrations__isnull=False) | Q(turnout__isnull=False))


class AttendancePage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        above = [{"url": reverse("campaign_registrations:index"), "label": _("Registrations")}]
        if not isinstance(self, Lists):
            above.append({"url": reverse("campaign_registrations:lists"), "label": _("Guest lists")})
        return [*super().get_breadcrumbs_items(), *above, {"url": "", "label": self.get_page_title()}]


class Lists(AttendancePage):
    """Dates to come, the next one first; then those that are over."""

    page_title = gettext_lazy("Guest lists")
    template_name = "campaigns/admin/guest_lists.html"

    def get_context_data(self, **kwargs):
        if not keeps(self.request.user, EventPage):
            raise Http404
        now, over = timezone.now(), self.request.GET.get("when") == "over"
        dates = dates_of(self.request.user).select_related("event", "turnout")
        dates = dates.filter(ends_at__lt=now) if over else dates.filter(ends_at__gte=now)
        dates = dates.annotate(
            seated=Sum("registrations__people", filter=Q(registrations__seated_at__isnull=False), default=0),
            waiting=Count(
                "registrations", filter=Q(registrations__confirmed_at__isnull=False, registrations__seated_at=None)
            ),
            came=Sum("registrations__came"),
        ).order_by("-starts_at" if over else "starts_at", "pk")
        page = Paginator(dates, PER_PAGE).get_page(page_number(self.request.GET))
        return super().get_context_data(dates=page, over=over, **kwargs)


class GuestList(AttendancePage):
    template_name = "campaigns/admin/guest_list.html"

    def dispatch(self, request, *args, pk, **kwargs):
        self.date = dates_of(request.user).filter(pk=pk).select_related("event").first()
        if self.date is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.date.event.title

    def get_page_subtitle(self):
        return str(self.date)

    def get(self, request, *args, **kwargs):
        return self._answer(AttendanceForm(self.date))

    def post(self, request, *args, **kwargs):
        form = AttendanceForm(self.date, request.POST)
        if not form.is_valid():
            return self._answer(form, 422)
        form.save()
        messages.success(request, _("Saved."))
        return redirect("campaign_registrations:list", self.date.pk)

    def _answer(self, form, status=200):
        context = self.get_context_data(
            date=self.date,
            event=self.date.event,
            form=form,
            rows=form.rows,
            waiting=waiting_rows(self.date),
            figures=turnout.figures(self.date),
            states=turnout.states(self.date),
            deleted_on=guest_lists.goes_at(self.date),
            has_begun=self.date.starts_at <= timezone.now(),
        )
        return self.render_to_response(context, status=status)


class PrintedList(GuestList):
    """Without email addresses: paper gets left behind."""

    template_name = "campaigns/admin/guest_list_print.html"
    http_method_names = ["get", "head"]
