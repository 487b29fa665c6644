from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from organisations.models.organisation import OrganisationPage


class OrganisationLink(Orderable):
    """An organisation that takes part in something. Always the source page, whichever language it was chosen in."""

    organisation = models.ForeignKey(
        OrganisationPage, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="%(class)s_links"
    )

    # How such pages stand on the profile: below which heading, in which colour, and with which date.
    heading = ""
    tone = ""
    moment = ""

    panels = [PageChooserPanel("organisation", "organisations.OrganisationPage")]

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self.organisation = self.organisation.source
        super().save(*args, **kwargs)

    @classmethod
    def over(cls):
        """An expression: whether such a page is about something that has ended."""
        return Value(False)

    @classmethod
    def pages_of(cls, organisation):
        """The public pages of this kind that the organisation takes part in."""
        pages = cls._meta.get_field("page").related_model.objects.listed()
        return pages.filter(pk__in=cls.objects.filter(organisation=organisation.pk).values("page"))


def linked_organisations(links):
    """The public ones among them, by name; `links` is a page's manager, which in a preview knows unsaved choices."""
    keys = links.values_list("organisation_id", flat=True)
    return OrganisationPage.objects.listed().with_text().by_name().filter(pk__in=keys)
