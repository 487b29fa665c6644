"""What a funder demands to be shown: logos, and wording in one or more languages."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE


class FunderLogoBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Logo"))
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "image"
        label = _("Logo")
        description = _("Shown in the order of this list.")


class LogosBlock(blocks.StreamBlock):
    logo = FunderLogoBlock()

    class Meta:
        required = False


class FunderTextBlock(blocks.StructBlock):
    language = blocks.ChoiceBlock(label=_("Language"), choices=[*LANGUAGE_NAMES.items()], default=SOURCE_LANGUAGE)
    wording = blocks.TextBlock(label=_("Required wording"), required=False, max_length=600, rows=2)
    disclaimer = blocks.TextBlock(label=_("Disclaimer"), required=False, max_length=1000, rows=3)

    class Meta:
        icon = "openquote"
        label = _("Wording in one language")
        description = _("As the funder gives it. Where a language is missing, the German text is shown.")


class TextsBlock(blocks.StreamBlock):
    text = FunderTextBlock()

    class Meta:
        required = False

    def clean(self, value, **kwargs):
        value = super().clean(value, **kwargs)
        languages = [block.value["language"] for block in value]
        if len(languages) > len({*languages}):
            problem = ValidationError(_("Each language can have one wording only."))
            raise blocks.StreamBlockValidationError(non_block_errors=[problem])
        return value
