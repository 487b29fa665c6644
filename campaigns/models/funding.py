from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from campaigns.funding.blocks import LogosBlock, TextsBlock
from core.languages import SOURCE_LANGUAGE

PARTS = ("wording", "disclaimer")


@dataclass(frozen=True)
class FunderText:
    wording: str
    disclaimer: str
    language: str


class FundingQuerySet(models.QuerySet):
    def on(self, day: date):
        """Periods that `day` lies in."""
        return self.lasting(day).filter(starts_on__lte=day)

    def lasting(self, day: date | None = None):
        """Those that have not ended before `day`, today if none is given; begun or not."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day or timezone.localdate()))


class FundingPeriod(Orderable):
    """Who pays for a project from when to when, and what has to be shown for it."""

    page = ParentalKey("campaigns.ProjectPage", on_delete=models.CASCADE, related_name="funding_periods")
    funder = models.CharField(_("funder"), max_length=160)
    programme = models.CharField(_("programme"), max_length=160, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount in euros"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("For the office only; never public."),
    )
    keep_until = models.DateField(
        _("documents are kept until"),
        null=True,
        blank=True,
        help_text=_("As the funder demands it. Until then the project cannot be deleted here."),
    )
    logos = StreamField(LogosBlock(), verbose_name=_("logos"), blank=True, default=list, db_default=[])
    texts = StreamField(TextsBlock(), verbose_name=_("required wording"), blank=True, default=list, db_default=[])
    needs_logo = models.BooleanField(_("a logo is required"), default=True, db_default=True)
    needs_wording = models.BooleanField(_("wording is required"), default=True, db_default=True)
    needs_disclaimer = models.BooleanField(_("a disclaimer is required"), default=False, db_default=False)

    panels = [
        FieldRowPanel([FieldPanel("funder"), FieldPanel("programme")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("keep_until")]),
        FieldRowPanel([FieldPanel("needs_logo"), FieldPanel("needs_wording"), FieldPanel("needs_disclaimer")]),
        FieldPanel("logos"),
        FieldPanel("texts"),
    ]

    objects = FundingQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("funding period")
        verbose_name_plural = _("funding periods")

    def __str__(self):
        return f"{self.funder}, {self.programme}" if self.programme else self.funder

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    @property
    def logo_keys(self) -> list[tuple[int, str]]:
        """(id of the picture, address of the funder), without a query."""
        values = [item["value"] for item in self.logos.raw_data if item["type"] == "logo"]
        return [(value["image"], value.get("url") or "") for value in values if value.get("image")]

    def text_in(self, language: str) -> FunderText:
        """In this language, or in German where there is none or the German one says more; never two at once."""
        found = {block.value["language"]: block.value for block in self.texts}
        own, german = found.get(language), found.get(SOURCE_LANGUAGE)
        says_less = own and german and any(german.get(part) and not own.get(part) for part in PARTS)
        if german and (own is None or says_less):
            own, language = german, SOURCE_LANGUAGE
        wording, disclaimer = ((own or {}).get(part) or "" for part in PARTS)
        return FunderText(wording, disclaimer, language)


class FundingTask(models.Model):
    """That a funding period ends soon: for the project's staff, once for each of the moments they are told at.

    A period whose end is put off gets new tasks; those for the earlier end are of no concern any more.
    """

    period = models.ForeignKey(FundingPeriod, on_delete=models.CASCADE, related_name="tasks")
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("end of a funding period")
        verbose_name_plural = _("ends of funding periods")
        constraints = [
            models.UniqueConstraint(fields=["period", "ends_on", "days"], name="funding_task_once"),
        ]

    def __str__(self):
        return f"{self.period}: {self.ends_on:%d.%m.%Y}"
