from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.links import TargetMixin, TargetValue
from core.rich_text import PROSE


class CalloutBlock(TargetMixin, blocks.StructBlock):
    TONES = [("info", _("Good to know")), ("action", _("Call to action")), ("warning", _("Important"))]

    tone = blocks.ChoiceBlock(label=_("Kind"), choices=TONES, default="info", search_index=False)
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=PROSE)
    link_text = blocks.CharBlock(label=_("Text of the button"), required=False, max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        description = _("Something that must not be overlooked, with a button if you like.")
        template = "blocks/callout.html"
        value_class = TargetValue
        preview_value = {
            "tone": "action",
            "title": _("Do you want to take part?"),
            "text": _("<p>Write to us: we will find the network near you.</p>"),
            "link_text": _("Contact"),
            "page": None,
            "url": "https://example.org/",
        }
