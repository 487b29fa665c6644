from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from campaigns.share_kit.press_pack import Pack
from campaigns.share_kit.press_panel import PressLinksPanel
from core.blocks.prose import QuoteBlock
from core.languages import SOURCE_LANGUAGE
from core.models import BasePage
from core.panels import InlinePanel
from core.publishing import SourcePageQuerySet, closed_until_later

# No links to documents: the kit's own files stay closed as long as the kit does.
FORMATTING = ["bold", "italic", "ol", "ul", "link"]


class PressKitQuerySet(SourcePageQuerySet):
    def under_embargo(self):
        """Closed to everybody without a key, live or not: the moment passes by itself."""
        return self.filter(locale__language_code=SOURCE_LANGUAGE, embargo_until__gt=timezone.now())


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=80)
    value = blocks.CharBlock(label=_("Fact"), max_length=240)

    class Meta:
        icon = "decimal"
        label = _("Fact")


class PressKitPage(BasePage):
    """Texts, pictures and files for editorial offices. Until its embargo ends, only a key opens it."""

    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_(
            "Until then only staff and holders of a press link see this page and its files. "
            "Then it is public by itself; nobody has to do anything."
        ),
    )
    contact = models.ForeignKey(
        "core.Contact",
        verbose_name=_("press contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    short_text = models.TextField(
        _("short text"), max_length=700, blank=True, help_text=_("To be printed as it stands: 300 to 600 characters.")
    )
    long_text = RichTextField(_("long text"), features=FORMATTING, blank=True)
    quotes = StreamField([("quote", QuoteBlock())], verbose_name=_("quotations"), blank=True)
    figures = StreamField([("fact", FactBlock())], verbose_name=_("facts"), blank=True)

    content_panels = [
        *BasePage.title_panels,
        MultiFieldPanel([FieldPanel("embargo_until"), FieldPanel("contact")], heading=_("Facts")),
        PressLinksPanel(heading=_("Press links")),
        MultiFieldPanel([FieldPanel("short_text"), FieldPanel("long_text")], heading=_("Texts")),
        FieldPanel("quotes"),
        FieldPanel("figures"),
        InlinePanel("pictures", heading=_("Pictures and logos"), label=_("picture")),
        InlinePanel("files", heading=_("Documents"), label=_("document")),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("short_text"), index.SearchField("long_text")]

    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("short_text"),
        TranslatableField("long_text"),
        TranslatableField("quotes"),
        TranslatableField("figures"),
    ]

    parent_page_types = ["campaigns.CampaignPage", "campaigns.ProjectPage", "news.NewsIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(PressKitQuerySet)()

    class Meta:
        verbose_name = _("press kit")
        verbose_name_plural = _("press kits")

    def serve(self, request, *args, **kwargs):
        if not self.is_open_to(request):
            raise Http404
        return super().serve(request, *args, **kwargs)

    @property
    def is_under_embargo(self) -> bool:
        until = self.facts.embargo_until
        return bool(until and until > timezone.now())

    def is_open_to(self, request) -> bool:
        """Asks who is there only where it matters: answers to the public must not depend on a cookie."""
        return not self.is_under_embargo or request.user.has_perm("wagtailadmin.access_admin")

    def get_route_paths(self):
        """No redirect tells the address of a closed kit that moved: nobody outside knew the old one."""
        return [] if self.is_under_embargo else super().get_route_paths()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["pack"] = Pack(self)
        return context


closed_until_later(lambda: PressKitPage.objects.under_embargo())


class PressPicture(Orderable):
    KINDS = [("picture", _("picture")), ("logo", _("logo"))]

    page = ParentalKey(PressKitPage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Its description, credit and licence are shown with it and go into the archive."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default="picture")

    panels = [FieldRowPanel([FieldPanel("image"), FieldPanel("kind")])]


class PressFile(Orderable):
    page = ParentalKey(PressKitPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "core.SiteDocument", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("document")]


class PressLink(models.Model):
    """A key to a kit under embargo, for one editorial office. Only the digest of its secret is kept."""

    kit = models.ForeignKey(PressKitPage, on_delete=models.CASCADE, related_name="press_links")
    name = models.CharField(
        _("for whom"),
        max_length=80,
        help_text=_("The editorial office, no person: so you know later which link to take back."),
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("press link")
        verbose_name_plural = _("press links")

    def __str__(self):
        return self.name
