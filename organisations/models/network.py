from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from core.models import BasePage
from core.publishing import SourcePageQuerySet
from organisations.fields import LatitudeField, LongitudeField
from organisations.states import STATES


class NetworkQuerySet(SourcePageQuerySet):
    def by_name(self):
        return self.order_by("city", "title")


class NetworkPage(BasePage):
    """A Verbund: the local network of migrant organisations in a city or region."""

    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2, choices=STATES, db_index=True)
    latitude = LatitudeField(_("latitude"))
    longitude = LongitudeField(_("longitude"))
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    contact = models.ForeignKey(
        "core.Contact", verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True, help_text=_("The address of the office; it is never shown."))
    website = models.URLField(_("website"), blank=True)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Invented for the demonstration and marked as such.")
    )

    content_panels = [
        *BasePage.title_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("city"), FieldPanel("state")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("founded"),
                FieldPanel("is_sample"),
            ],
            heading=_("Facts"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")],
            heading=_("Contact"),
        ),
        FieldPanel("body"),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("city"),
        index.FilterField("state"),
    ]

    parent_page_types = ["organisations.DirectoryPage"]
    subpage_types = ["organisations.OrganisationPage"]

    objects = PageManager.from_queryset(NetworkQuerySet)()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def get_context(self, request, *args, **kwargs):
        # Asks the directory, which itself asks the models.
        from organisations.network_answer import NetworkAnswer

        context = super().get_context(request, *args, **kwargs)
        context["answer"] = answer = NetworkAnswer(self.facts)
        context["pages"] = answer.pages(request.GET)
        context["news"] = self.facts.news.newest()[:3]
        context["events"] = self.facts.events.upcoming()[:3]
        return context
