from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NewsletterBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=300)

    class Meta:
        icon = "mail"
        label = _("Newsletter")
        description = _(
            "The form to subscribe. Readers whose language has no newsletter yet are led to those that have."
        )
        template = "blocks/newsletter.html"
        preview_template = "blocks/previews/newsletter.html"
        preview_value = {"title": _("Stay up to date"), "text": ""}
