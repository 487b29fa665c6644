from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail_localize.fields import TranslatableField

from campaigns.events import recurrence
from campaigns.events.plan import local
from core.panels import InlinePanel
from core.widgets import LongSelect

HOME_ZONE = "Europe/Berlin"
YEARS = range(2000, 2100)


def time_zones() -> list[tuple[str, str]]:
    """A callable keeps the list out of migrations."""
    return _time_zones()


@cache
def _time_zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


class TakesPlace(models.Model):
    """When an event takes place: its first date, and how it goes on from there."""

    starts_at = models.DateTimeField(_("begins"), db_index=True, help_text=_("The first date of a series."))
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, choices=time_zones, default=HOME_ZONE, db_default=HOME_ZONE
    )
    # RFC 5545, by the wall clock of the time zone.
    rule = models.CharField(_("repeats"), max_length=120, blank=True, default="", db_default="")
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        db_default=False,
        help_text=_("The page stays and says so; whoever registered is told. Single dates are cancelled one by one."),
    )
    cancellation_reason = models.CharField(_("reason"), max_length=240, blank=True, default="", db_default="")

    time_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("time_zone", widget=LongSelect),
                FieldPanel("rule"),
            ],
            heading=_("When"),
        ),
        InlinePanel("days_left_out", heading=_("Not on these days"), label=_("day or holidays")),
        InlinePanel("extra_dates", heading=_("Also on these days"), label=_("date")),
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancellation_reason")], heading=_("Cancellation")),
    ]
    time_texts = [TranslatableField("cancellation_reason")]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        moments = [self.starts_at, self.ends_at]
        if all(moments) and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})
        if any(moment and moment.year not in YEARS for moment in moments):
            raise ValidationError({"starts_at": _("This year is not possible.")})
        if all(moments) and self.rule and not recurrence.read(self.rule).begins_with(self.local_start):
            raise ValidationError({"rule": _("The first date does not follow this rule.")})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.facts.time_zone)

    @property
    def local_start(self) -> datetime:
        """By the wall clock, without a zone."""
        return local(self.starts_at, ZoneInfo(self.time_zone))


class DayLeftOut(Orderable):
    """A day, or days, on which a series does not take place."""

    page = ParentalKey("campaigns.EventPage", on_delete=models.CASCADE, related_name="days_left_out")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True, help_text=_("Only for several days in a row."))

    panels = [FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])]

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The end lies before the beginning.")})


class ExtraDate(Orderable):
    """A date beside the rule, by the wall clock of the event."""

    page = ParentalKey("campaigns.EventPage", on_delete=models.CASCADE, related_name="extra_dates")
    day = models.DateField(_("day"))
    starts = models.TimeField(_("begins"), null=True, blank=True, help_text=_("Empty: at the usual time."))
    ends = models.TimeField(_("ends"), null=True, blank=True)

    panels = [FieldPanel("day"), FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])]

    def clean(self):
        super().clean()
        if self.day and self.day.year not in YEARS:
            raise ValidationError({"day": _("This year is not possible.")})

    def times(self, event: TakesPlace, zone: ZoneInfo) -> tuple[datetime, datetime]:
        usual_start, usual_end = local(event.starts_at, zone), local(event.ends_at, zone)
        start = datetime.combine(self.day, self.starts or usual_start.time())
        if self.ends is None:
            return start, start + (usual_end - usual_start)
        end = datetime.combine(self.day, self.ends)
        return start, end if end >= start else end + timedelta(days=1)
