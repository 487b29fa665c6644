from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting


class EasySettings(BaseGenericSetting):
    """What all texts in Leichte Sprache share."""

    seal = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("seal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A mark you may use, for example the European logo for easy reading, with its owner's permission."
            " Without one, a neutral mark of our own is shown. Either way only on texts with a recorded check."
        ),
    )
    picture_source = models.CharField(
        _("source of the pictures"),
        max_length=300,
        blank=True,
        help_text=_("Shown on every text that names no source of its own."),
    )

    panels = [FieldPanel("seal"), FieldPanel("picture_source")]

    class Meta:
        verbose_name = "Leichte Sprache"
