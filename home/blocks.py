"""Sections of the home page and the columns of the footer."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import CalloutBlock, CardChooserBlock, LinkBlock, NewsletterBlock, TextBlock, open_ones
from news.models import NewsPage
from organisations.figures import FIGURES, Figure, federation_figures
from organisations.first_questions import first_questions
from organisations.models import DirectoryPage


class FigureOverrideBlock(blocks.StructBlock):
    figure = blocks.ChoiceBlock(label=_("Figure"), choices=FIGURES, search_index=False)
    number = blocks.IntegerBlock(label=_("Number"), min_value=0)
    source = blocks.CharBlock(label=_("Source"), max_length=160)
    until = blocks.DateBlock(label=_("Valid until"), help_text=_("After this day the counted number shows again."))


class FiguresSectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    overrides = blocks.ListBlock(
        FigureOverrideBlock(), label=_("Numbers that differ from the count"), default=[], max_num=len(FIGURES)
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        today = timezone.localdate()
        current = {entry["figure"]: entry for entry in value["overrides"] if entry["until"] >= today}
        figures = [_overridden(figure, current.get(figure.key)) for figure in federation_figures()]
        return context | {"figures": figures, "counted_on": today}

    class Meta:
        icon = "decimal"
        label = _("Live figures")
        description = _("Counted from the directory whenever the page is shown.")
        template = "blocks/sections/figures.html"
        preview_value = {"title": "", "overrides": []}


def _overridden(figure: Figure, entry) -> Figure:
    return replace(figure, number=entry["number"], source=entry["source"]) if entry else figure


class NewsSectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    limit = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=6)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"pages": NewsPage.objects.newest()[: value["limit"]]}

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest news")
        description = _("The newest news, always up to date.")
        template = "blocks/sections/news.html"
        preview_value = {"title": _("News"), "limit": 3}


class ProjectsSectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=300)
    projects = blocks.ListBlock(CardChooserBlock("campaigns.ProjectPage"), label=_("Projects"), max_num=6)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"pages": open_ones(value["projects"])}

    class Meta:
        icon = "folder-open-inverse"
        label = _("Projects")
        description = _("Projects of your choice.")
        template = "blocks/sections/projects.html"
        preview_value = {"title": _("Projects"), "text": "", "projects": []}


class StorySectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    story = CardChooserBlock("stories.StoryPage", label=_("Story"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"page": next(iter(open_ones([value["story"]])), None)}

    class Meta:
        icon = "pick"
        label = _("Good practice")
        description = _("One story of cooperation, with its facts beside it.")
        template = "blocks/sections/story.html"
        preview_template = "blocks/previews/story.html"


class DirectorySectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=300)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"questions": first_questions(), "directory": DirectoryPage.objects.listed().first()}

    class Meta:
        icon = "search"
        label = _("Search for help")
        description = _("The search form of the directory.")
        template = "blocks/sections/directory.html"
        preview_value = {"title": _("Find help near you"), "text": ""}


class SectionsBlock(blocks.StreamBlock):
    directory = DirectorySectionBlock()
    figures = FiguresSectionBlock()
    news = NewsSectionBlock()
    projects = ProjectsSectionBlock()
    story = StorySectionBlock()
    callout = CalloutBlock()
    newsletter = NewsletterBlock(template="blocks/sections/newsletter.html")
    text = TextBlock()

    class Meta:
        template = "blocks/sections/sections.html"
        block_counts = {"newsletter": {"max_num": 1}}


class FooterColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class FooterBlock(blocks.StreamBlock):
    column = FooterColumnBlock()

    class Meta:
        max_num = 4
