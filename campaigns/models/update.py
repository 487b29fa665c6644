from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager

from campaigns.models.campaign import CampaignPage
from core.models import BasePage
from core.publishing import SourcePageQuerySet

TAKEN = "mitmachen"  # what campaigns.urls puts below the address of a campaign


class CampaignUpdateQuerySet(SourcePageQuerySet):
    def of(self, campaign: CampaignPage):
        """Public ones, the latest first, with title and summary in the reader's language."""
        return self.child_of(campaign).listed().with_text().order_by("-date", "-pk")


class CampaignUpdatePage(BasePage):
    """How a campaign goes on: a page of its own below it, so that it is translated, approved and read like any other."""

    date = models.DateField(_("date"), default=timezone.localdate)

    content_panels = [*BasePage.title_panels, FieldPanel("date"), FieldPanel("body")]

    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types = []

    objects = PageManager.from_queryset(CampaignUpdateQuerySet)()

    class Meta:
        verbose_name = _("campaign update")
        verbose_name_plural = _("campaign updates")

    def clean(self):
        super().clean()
        if self.slug == TAKEN:
            raise ValidationError({"slug": _("Under this address stands the form of the campaign.")})
