"""The dates of an event, to be moved or cancelled one by one: that holds at once, without a draft."""

from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.desk.rights import pages_of
from campaigns.events.form import by_the_clock_of
from campaigns.events.plan import local
from campaigns.models import EventDate, EventPage
from campaigns.models.event_time import YEARS
from core.listing import page_number

PER_PAGE = 50


def event_or_404(user, pk: int) -> EventPage:
    """An event that `user` looks after; one of somebody else is not found."""
    return get_object_or_404(pages_of(user, EventPage), pk=pk)


class DateForm(forms.ModelForm):
    is_cancelled = forms.BooleanField(label=gettext_lazy("This date is cancelled"), required=False)

    class Meta:
        model = EventDate
        fields = ["starts_at", "ends_at", "note"]
        widgets = {"starts_at": AdminDateTimeInput(), "ends_at": AdminDateTimeInput()}

    field_order = ["is_cancelled", "starts_at", "ends_at", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.zone = self.instance.event, ZoneInfo(self.instance.event.time_zone)
        self.fields["note"].help_text = _("In German; shown beside the date.")
        self.initial["is_cancelled"] = self.instance.is_cancelled
        if self.times_are_fixed:
            del self.fields["starts_at"], self.fields["ends_at"]
        for name in ("starts_at", "ends_at"):
            self.initial[name] = local(self.initial[name], self.zone)
        if self.cancelled_for_good:
            self.fields["is_cancelled"].disabled = True
            self.fields["is_cancelled"].help_text = self.cancelled_for_good

    @property
    def times_are_fixed(self) -> bool:
        """What is over is not moved; the one date of an event follows the editor's fields."""
        is_only_one = not self.event.rule and self.event.dates.count() == 1
        return self.instance.is_over or is_only_one

    @property
    def cancelled_for_good(self) -> str:
        if self.instance.is_dropped:
            return _("The event's rule no longer has this date.")
        return _("The whole event is cancelled.") if self.instance.is_cancelled_with_event else ""

    def clean(self):
        data = super().clean()
        data |= {name: by_the_clock_of(self.zone, data[name]) for name in ("starts_at", "ends_at") if data.get(name)}
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at < starts_at:
            self.add_error("ends_at", _("The end lies before the beginning."))
        if starts_at and starts_at.year not in YEARS:
            self.add_error("starts_at", _("This year is not possible."))
        return data

    def save(self, commit=True):
        if not self.fields["is_cancelled"].disabled:
            cancelled_at = self.instance.cancelled_at or timezone.now()
            self.instance.cancelled_at = cancelled_at if self.cleaned_data["is_cancelled"] else None
        self.instance.changed_at = timezone.now()
        return super().save(commit)


class DatesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/event_dates.html"
    page_title = gettext_lazy("Dates")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        self.event = event_or_404(request.user, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.event.title

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.event.pk])
        return [{"url": edit, "label": self.event.title}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        is_past = "past" in self.request.GET
        dates = EventDate.objects.filter(event=self.event)
        dates = dates.over() if is_past else dates.to_come()
        page = Paginator(dates, PER_PAGE).get_page(page_number(self.request.GET))
        return super().get_context_data(event=self.event, dates=page, is_past=is_past, **kwargs)


class DateView(WagtailAdminTemplateMixin, FormView):
    template_name = "campaigns/admin/event_date.html"
    form_class = DateForm
    page_title = gettext_lazy("Move or cancel a date")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    @transaction.atomic
    def dispatch(self, request, *args, **kwargs):
        dates = EventDate.objects.select_related("event")
        if request.method == "POST":
            dates = dates.select_for_update(of=("self",))
        self.date = get_object_or_404(dates, pk=kwargs["pk"])
        if not pages_of(request.user, EventPage).filter(pk=self.date.event_id).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.date.event.title

    def get_breadcrumbs_items(self):
        event = self.date.event
        return [
            {"url": reverse("wagtailadmin_pages:edit", args=[event.pk]), "label": event.title},
            {"url": reverse("campaign_events:dates", args=[event.pk]), "label": _("Dates")},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.date}

    def get_context_data(self, **kwargs):
        return super().get_context_data(date=self.date, event=self.date.event, **kwargs)

    def form_valid(self, form):
        date = form.save()
        data = {"date": date.original_start.isoformat(), "cancelled": date.is_cancelled}
        log(date.event, "campaigns.date_changed", user=self.request.user, data=data)
        messages.success(self.request, _("The date was changed. It holds from now on."))
        return redirect("campaign_events:dates", date.event_id)


def page_buttons(page: Page, user, view_name=None, next_url=None):
    """A `register_page_header_buttons` hook."""
    if issubclass(page.specific_class or Page, EventPage) and pages_of(user, EventPage).filter(pk=page.pk).exists():
        url = reverse("campaign_events:dates", args=[page.pk])
        yield Button(_("Dates"), url, icon_name="calendar-alt", priority=62)


urls = [
    path("<int:page_id>/dates/", DatesView.as_view(), name="dates"),
    path("dates/<int:pk>/", DateView.as_view(), name="date"),
]


def log_actions(actions) -> None:
    """A `register_log_actions` hook."""
    actions.register_action("campaigns.date_changed", gettext_lazy("Date changed"), gettext_lazy("A date changed"))
