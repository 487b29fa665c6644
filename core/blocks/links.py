from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.addresses import page_address
from core.publishing import leads_somewhere


class TargetValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """Where the link leads: the page in the reader's language, or the outside address; nowhere while there is no page."""
        page = self.get("page")
        if page:
            return page_address(page) if leads_somewhere(page) else ""
        return self.get("url") or ""


class TargetMixin:
    """A struct block with `page` and `url`, of which at most one may be filled."""

    target_required = False

    def clean(self, value):
        value = super().clean(value)
        chosen = [name for name in ("page", "url") if value.get(name)]
        if len(chosen) == 2:
            raise StructBlockValidationError({"url": ValidationError(_("Choose a page or an address, not both."))})
        if self.target_required and not chosen and not self.is_deferred_validation:
            raise StructBlockValidationError({"page": ValidationError(_("Choose a page or give an address."))})
        return value


class LinkBlock(TargetMixin, blocks.StructBlock):
    target_required = True

    title = blocks.CharBlock(label=_("Text of the link"), max_length=120)
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=240)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = TargetValue


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Links")
        description = _("A list of further addresses, each with a line that says what is there.")
        template = "blocks/links.html"
        preview_value = {
            "title": _("Read on"),
            "links": [{"title": _("Our positions"), "description": "", "page": None, "url": "https://example.org/"}],
        }
