from django.db import models
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import TranslatableField

from campaigns.funding.identity import recognise
from campaigns.models.funding import FundingPeriod
from campaigns.panels import DutiesPanel
from campaigns.periods import FINISHED, PLANNED, RUNNING, STATUSES, UNKNOWN, status_of
from core.languages import IN_SOURCE_LANGUAGE, reader_language
from core.listing import choose, paginate
from core.models import BasePage
from core.panels import InlinePanel, MultipleChooserPanel
from core.publishing import SourcePageQuerySet
from core.rich_text import PROSE
from organisations.models import NetworkPage, OrganisationLink, linked_organisations


class ProjectIndexPage(BasePage):
    tone = "plum"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.ProjectPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("project overview")
        verbose_name_plural = _("project overviews")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        status = choose("status", _("Status"), STATUSES.items(), request.GET, reader_language())
        projects = list(ProjectPage.objects.listed().with_cards().order_by("title"))
        if status.value:
            projects = [project for project in projects if project.status == status.value]
        order = [RUNNING, UNKNOWN, PLANNED, FINISHED]
        projects.sort(key=lambda project: order.index(project.status))
        context["filters"] = [status]
        context["pages"] = paginate(projects, request.GET, context["filters"])
        return context


class ProjectQuerySet(SourcePageQuerySet):
    def with_cards(self):
        """The status on a card follows from the funding."""
        return super().with_cards().prefetch_related("funding_periods")


class MilestoneBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    text = blocks.RichTextBlock(label=_("What happened, or is planned"), features=PROSE)

    class Meta:
        icon = "date"
        label = _("Milestone")
        template = "blocks/update.html"


class PartnerBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=160)
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "group"
        label = _("Partner")


class ProjectPage(BasePage):
    networks = ParentalManyToManyField(
        NetworkPage,
        verbose_name=_("networks taking part"),
        blank=True,
        related_name="projects",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )
    contact = models.ForeignKey(
        "core.Contact", verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    website = models.URLField(_("website"), blank=True)
    partners = StreamField(
        [("partner", PartnerBlock())],
        verbose_name=_("partners"),
        blank=True,
        default=list,
        db_default=[],
        help_text=_("Who is not in the directory: municipalities, foundations, universities."),
    )
    milestones = StreamField(
        [("milestone", MilestoneBlock())], verbose_name=_("milestones"), blank=True, default=list, db_default=[]
    )

    content_panels = [
        *BasePage.title_panels,
        InlinePanel("funding_periods", heading=_("Funding"), label=_("funding period")),
        DutiesPanel(heading=_("Duties to funders")),
        MultiFieldPanel(
            [
                FieldPanel("networks", widget=CheckboxSelectMultiple),
                FieldPanel("contact"),
                FieldPanel("website"),
            ],
            heading=_("Who takes part"),
        ),
        MultipleChooserPanel(
            "partner_links", "organisation", heading=_("Organisations taking part"), label=_("organisation")
        ),
        FieldPanel("partners"),
        FieldPanel("body"),
        FieldPanel("milestones"),
        InlinePanel("materials", heading=_("Materials to download"), label=_("material")),
    ]

    tone = "plum"
    translatable_fields = [*BasePage.translatable_fields, TranslatableField("milestones")]

    parent_page_types = ["campaigns.ProjectIndexPage"]
    subpage_types = ["campaigns.PressKitPage"]

    objects = PageManager.from_queryset(ProjectQuerySet)()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    @property
    def status(self) -> str:
        return status_of([(period.starts_on, period.ends_on) for period in self.facts.funding_periods.all()])

    @property
    def status_label(self) -> str:
        return STATUSES.get(self.status, "")

    def save(self, *args, **kwargs):
        recognise(self)
        super().save(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # Asked of the model: what a draft holds is a list, not a queryset.
        networks = self.facts.networks.values_list("id", flat=True)
        context["networks"] = NetworkPage.objects.listed().with_text().by_name().filter(pk__in=networks)
        context["organisations"] = linked_organisations(self.facts.partner_links)
        return context


class ProjectPartner(OrganisationLink):
    heading = _("Projects")
    tone = "plum"

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partner_links")

    @classmethod
    def over(cls):
        periods = FundingPeriod.objects.filter(page=OuterRef("pk"))
        return Exists(periods) & ~Exists(periods.lasting())
