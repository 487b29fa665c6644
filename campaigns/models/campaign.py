from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail_localize.fields import TranslatableField

from campaigns.panels import LaunchCheckPanel
from campaigns.periods import RUNNING, STATUSES, status_of
from core.languages import IN_SOURCE_LANGUAGE
from core.listing import paginate
from core.models import BasePage
from core.publishing import SourcePageQuerySet

# Actions with a form of ours, and the texts without which nobody can take part.
SIGNED = ("petition", "pledge")
TO_TAKE_PART = ("ask", "consent_text", "share_text")


class CampaignQuerySet(SourcePageQuerySet):
    def newest(self):
        return self.listed().with_cards().order_by("-starts_on", "-pk")


class CampaignIndexPage(BasePage):
    tone = "leaf"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("campaign overview")
        verbose_name_plural = _("campaign overviews")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = paginate(CampaignPage.objects.newest(), request.GET)
        return context


class CampaignPage(BasePage):
    ACTIONS = [
        ("petition", _("Sign a petition")),
        ("pledge", _("Make a pledge")),
        ("newsletter", _("Get the newsletter")),
        ("contact", _("Get in touch")),
    ]

    action = models.CharField(_("what people can do"), max_length=12, choices=ACTIONS, default="petition")
    goal = models.PositiveIntegerField(
        _("goal"), null=True, blank=True, help_text=_("How many people shall take part.")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    paper_signatures = models.PositiveIntegerField(_("signatures on paper"), default=0)
    handed_over_on = models.DateField(
        _("handed over on"),
        null=True,
        blank=True,
        help_text=_("Six months later the signatures are deleted; their number stays."),
    )
    projects = ParentalManyToManyField(
        "campaigns.ProjectPage",
        verbose_name=_("projects"),
        blank=True,
        related_name="campaigns",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )
    ask = models.CharField(_("what is asked for"), max_length=300, blank=True)
    consent_text = models.TextField(_("consent text"), blank=True)
    share_text = models.CharField(_("text for sharing"), max_length=280, blank=True)

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("ask"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("action"), FieldPanel("goal")]),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("paper_signatures"), FieldPanel("handed_over_on")]),
                FieldPanel("projects", widget=CheckboxSelectMultiple),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("consent_text"), FieldPanel("share_text")], heading=_("Texts")),
        LaunchCheckPanel(heading=_("Where people can take part")),
    ]

    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("ask"),
        TranslatableField("consent_text"),
        TranslatableField("share_text"),
    ]

    tone = "leaf"
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(CampaignQuerySet)()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})

    @property
    def status(self) -> str:
        return status_of([(self.facts.starts_on, self.facts.ends_on)])

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]

    @property
    def takes_sign_ups(self) -> bool:
        return self.live and self.facts.action in SIGNED and self.status == RUNNING

    @property
    def lacking(self) -> list[str]:
        """The fields that must be filled in before people can take part in the language of this page."""
        return [name for name in TO_TAKE_PART if not getattr(self, name).strip()]
