from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.rich_text import INLINE, PROSE


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": PROSE, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        preview_value = _("<p>Migrant organisations advise, teach, accompany and help to shape their cities.</p>")


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Subsection"))], default="h2", search_index=False
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["anchor"] = slugify(value["text"], allow_unicode=True)
        return context

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides a long page; readers can link to it.")
        template = "blocks/heading.html"
        preview_value = {"text": _("What we do"), "level": "h2"}


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quotation"), max_length=600)
    name = blocks.CharBlock(label=_("Name"), required=False, max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's words, with name and role.")
        template = "blocks/quote.html"
        preview_value = {
            "quote": _("Trust is the basis. Competence counts only where it has a seat at the table."),
            "name": _("A network coordinator"),
            "role": "",
        }


class AccordionItemBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Questions and answers that open one by one.")
        template = "blocks/accordion.html"
        preview_value = {
            "title": _("Questions and answers"),
            "items": [{"heading": _("Who can take part?"), "text": _("<p>Everybody.</p>")}],
        }


class FigureItemBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=160)
    as_of = blocks.DateBlock(label=_("As of"), required=False)


class FiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=INLINE)
    figures = blocks.ListBlock(FigureItemBlock(), label=_("Figures"), min_num=1, max_num=8)

    class Meta:
        icon = "decimal"
        label = _("Facts and figures")
        description = _("Numbers with their source and date.")
        template = "blocks/figures.html"
        preview_value = {
            "title": _("In figures"),
            "text": "",
            "figures": [
                {"value": "14", "label": _("local networks"), "source": "", "as_of": None},
                {"value": "9", "label": _("federal states"), "source": "", "as_of": None},
            ],
        }
