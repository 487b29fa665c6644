from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from organisations.models.organisation import OrganisationPage


class OrganisationLink(Orderable):
    """An organisation that takes part in something. Always the source page, whichever language it was chosen in."""

    organisation = models.ForeignKey(
        OrganisationPage, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="%(class)s_links"
    )

    panels = [PageChooserPanel("organisation", "organisations.OrganisationPage")]

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self.organisation = self.organisation.source
        super().save(*args, **kwargs)


def linked_organisations(links):
    """The public ones among them, by name; `links` is a page's manager, which in a preview knows unsaved choices."""
    keys = [link.organisation_id for link in links.all()]
    return OrganisationPage.objects.listed().with_text().by_name().filter(pk__in=keys)
