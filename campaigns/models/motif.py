from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from campaigns.models.campaign import CampaignPage


class Motif(Orderable):
    """A picture of a campaign to which organisations add their name and logo, to share it."""

    TONES = [("leaf", _("green")), ("petrol", _("petrol")), ("plum", _("plum")), ("brick", _("brick red"))]
    PLACES = [("bottom", _("below the picture")), ("top", _("above the picture"))]

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="motifs")
    image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("At least 1080 pixels wide and high; what matters lies around its focal point."),
    )
    place = models.CharField(_("text and logo"), max_length=6, choices=PLACES, default="bottom")
    tone = models.CharField(_("colour"), max_length=6, choices=TONES, default="leaf")

    panels = [FieldPanel("image"), FieldRowPanel([FieldPanel("place"), FieldPanel("tone")])]

    class Meta(Orderable.Meta):
        verbose_name = _("motif")
        verbose_name_plural = _("motifs")
