from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from core.publishing import readable_pages
from core.texts import with_texts


class ListingBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    parent = blocks.PageChooserBlock(
        label=_("Newest pages below"), required=False, help_text=_("Or choose single pages below.")
    )
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pages"), default=[])
    limit = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["pages"] = with_texts(_listed(value))
        return context

    class Meta:
        icon = "doc-full"
        label = _("List of pages")
        description = _("Cards of chosen pages, or of the newest below a page.")
        template = "blocks/listing.html"
        preview_template = "blocks/previews/listing.html"


def _listed(value) -> list:
    """Public pages only: drafts and pages behind a login never show in a listing."""
    public = readable_pages(Page.objects.all())
    chosen = [page.pk for page in value["pages"] if page]
    if chosen:
        by_pk = {page.pk: page for page in public.filter(pk__in=chosen).specific(defer=True)}
        return [by_pk[pk] for pk in chosen if pk in by_pk]
    if value["parent"]:
        newest = public.child_of(value["parent"]).order_by("-first_published_at")
        return list(newest[: value["limit"]].specific(defer=True))
    return []
