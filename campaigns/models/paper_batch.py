from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from campaigns.models.campaign import CampaignPage


class PaperBatch(Orderable):
    """Signatures on paper, as they were counted at one time. The lists themselves stay with the office."""

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="paper_batches")
    counted_on = models.DateField(_("counted on"), default=timezone.localdate)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Where they were collected."))
    number = models.PositiveIntegerField(_("number"))
    counted_by = models.CharField(_("counted by"), max_length=120, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("counted_on"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("counted_by")]),
    ]
