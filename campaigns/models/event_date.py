from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.events.plan import local


class EventDateQuerySet(models.QuerySet):
    def taking_place(self):
        return self.filter(cancelled_at=None)

    def to_come(self):
        """Not over yet, the next one first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("ends_at", "pk")

    def over(self):
        return self.filter(ends_at__lt=timezone.now()).order_by("-ends_at", "-pk")


class EventDate(models.Model):
    """One time at which an event takes place. Every event has at least one; `campaigns.events.dates` writes them.

    A date that is moved or cancelled stays the same row, and so do the registrations that point to it.
    """

    event = models.ForeignKey("campaigns.EventPage", on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    # When it was to begin by the event's rule: what tells it from the other dates of the series.
    original_start = models.DateTimeField(editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    is_cancelled_with_event = models.BooleanField(default=False, db_default=False, editable=False)
    # Cancelled because the event's rule no longer has it.
    is_dropped = models.BooleanField(default=False, db_default=False, editable=False)
    note = models.CharField(_("note for guests"), max_length=160, blank=True)
    changed_at = models.DateTimeField(editable=False, default=timezone.now)
    # Counted with each place that is given away: a page with a thousand guests costs no more than an empty one.
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)

    objects = EventDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "original_start"], name="one_row_per_date_of_a_series"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="dates_end_after_begin"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "ends_at"], name="dates_of_an_event"),
            models.Index(fields=["ends_at"], name="dates_by_end"),
        ]

    def __str__(self):
        return f"{self.local_start:%d.%m.%Y %H:%M}"

    @property
    def local_start(self) -> datetime:
        """By the wall clock of the event, without a zone."""
        return local(self.starts_at, ZoneInfo(self.event.time_zone))

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_moved(self) -> bool:
        return self.starts_at != self.original_start
