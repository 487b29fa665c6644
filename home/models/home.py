from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from core.models import BasePage
from home.blocks import FooterBlock, SectionsBlock
from home.structured_data import organisation


class HomePage(BasePage):
    """The root of one language's tree, and the frame around every page in that language."""

    hero_title = models.CharField(_("large title"), max_length=120, blank=True)
    hero_text = models.TextField(_("text below it"), max_length=400, blank=True)
    sections = StreamField(SectionsBlock(), verbose_name=_("sections"), blank=True)
    footer = StreamField(FooterBlock(), verbose_name=_("columns of the footer"), blank=True)
    footer_note = models.CharField(_("last line of the footer"), max_length=240, blank=True)

    content_panels = [
        *BasePage.title_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading=_("Opening")),
        FieldPanel("sections"),
        MultiFieldPanel([FieldPanel("footer"), FieldPanel("footer_note")], heading=_("Footer of all pages")),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("hero_text"), index.SearchField("sections")]

    # Home pages are siblings, so each language's has a slug of its own; it shows in no address.
    translatable_fields = [
        *(field for field in BasePage.translatable_fields if field.field_name != "slug"),
        TranslatableField("hero_title"),
        TranslatableField("hero_text"),
        TranslatableField("sections"),
        TranslatableField("footer"),
        TranslatableField("footer_note"),
    ]
    shown_elsewhere = BasePage.shown_elsewhere | {"footer", "footer_note"}

    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def structured_data(self, request):
        return organisation(self, request)
