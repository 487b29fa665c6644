from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import TranslatableField

from core.languages import IN_SOURCE_LANGUAGE, reader_language
from core.listing import choose, paginate
from core.models import BasePage, Term
from core.panels import InlinePanel, MultipleChooserPanel
from core.publishing import SourcePageQuerySet
from core.rich_text import PROSE
from organisations.models import OrganisationLink, linked_organisations
from organisations.states import STATES

PARTS = ["situation", "action", "results", "obstacles", "conditions"]


@register_snippet
class CooperationKind(Term):
    """How a municipality and an organisation work together."""

    class Meta(Term.Meta):
        verbose_name = _("kind of cooperation")
        verbose_name_plural = _("kinds of cooperation")


class StoryIndexPage(BasePage):
    tone = "brick"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("good practice overview")
        verbose_name_plural = _("good practice overviews")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language = reader_language()
        kind = choose("kind", _("Kind of cooperation"), CooperationKind.objects.labels(), request.GET, language)
        state = choose("state", _("State"), STATES, request.GET, language)
        stories = StoryPage.objects.newest()
        if kind.value:
            stories = stories.filter(kinds__key=kind.value)
        if state.value:
            stories = stories.filter(state=state.value)
        context["filters"] = [kind, state]
        context["pages"] = paginate(stories, request.GET, context["filters"])
        return context


class StoryQuerySet(SourcePageQuerySet):
    def newest(self):
        return self.listed().with_cards().order_by("-started", "-pk")


class UpdateBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    text = blocks.RichTextBlock(label=_("What changed"), features=PROSE)

    class Meta:
        icon = "date"
        label = _("Update")
        template = "blocks/update.html"


class StoryPage(BasePage):
    """How a municipality and organisations work together, told so that others can copy it."""

    STATUSES = [("running", _("running")), ("changed", _("changed")), ("ended", _("ended"))]

    municipality = models.CharField(_("municipality"), max_length=80)
    state = models.CharField(_("state"), max_length=2, choices=STATES, blank=True)
    kinds = ParentalManyToManyField(
        CooperationKind,
        verbose_name=_("kinds of cooperation"),
        blank=True,
        related_name="stories",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )
    projects = ParentalManyToManyField(
        "campaigns.ProjectPage",
        verbose_name=_("projects"),
        blank=True,
        related_name="stories",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )
    started = models.PositiveSmallIntegerField(_("began in"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=STATUSES, default="running")
    as_of = models.DateField(_("as of"), help_text=_("The date the facts are from."))
    verified_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Until this is filled, the page says that nobody checked.")
    )
    legal_form = models.CharField(_("legal form"), max_length=200, blank=True)
    financial_form = models.CharField(_("financing"), max_length=200, blank=True)
    situation = RichTextField(_("the situation"), features=PROSE, blank=True)
    action = RichTextField(_("what was done"), features=PROSE, blank=True)
    results = RichTextField(_("what it brought"), features=PROSE, blank=True)
    obstacles = RichTextField(_("what did not work"), features=PROSE, blank=True)
    conditions = RichTextField(_("what it takes to copy it"), features=PROSE, blank=True)
    updates = StreamField([("update", UpdateBlock())], verbose_name=_("updates"), blank=True)

    content_panels = [
        *BasePage.title_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("municipality"), FieldPanel("state")]),
                FieldPanel("kinds", widget=CheckboxSelectMultiple),
                FieldPanel("projects", widget=CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("started"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("verified_on")]),
                FieldRowPanel([FieldPanel("legal_form"), FieldPanel("financial_form")]),
            ],
            heading=_("Facts"),
        ),
        MultipleChooserPanel("organisation_links", "organisation", heading=_("Organisations"), label=_("organisation")),
        MultiFieldPanel([FieldPanel(part) for part in PARTS], heading=_("The story")),
        FieldPanel("updates"),
        FieldPanel("body"),
        InlinePanel("sources", heading=_("Sources"), label=_("source")),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("municipality"),
        *(index.SearchField(part) for part in PARTS),
        index.FilterField("state"),
    ]

    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("legal_form"),
        TranslatableField("financial_form"),
        *(TranslatableField(part) for part in PARTS),
        TranslatableField("updates"),
    ]

    tone = "brick"
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(StoryQuerySet)()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["organisations"] = linked_organisations(self.facts.organisation_links)
        return context

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(heading, text) of the parts that are written."""
        fields = ((self._meta.get_field(name).verbose_name, getattr(self, name)) for name in PARTS)
        return [(heading, text) for heading, text in fields if text]


class StoryOrganisation(OrganisationLink):
    heading = _("Good practice")
    tone = "brick"

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="organisation_links")


class StorySource(Orderable):
    """Where the facts of a story come from."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=240)
    url = models.URLField(_("address"), blank=True)

    panels = [FieldPanel("title"), FieldPanel("url")]
