from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.callout import CalloutBlock
from core.blocks.links import LinksBlock
from core.blocks.listing import ListingBlock
from core.blocks.media import DownloadsBlock, FigureBlock, FundersBlock, VideoBlock
from core.blocks.newsletter import NewsletterBlock
from core.blocks.people import PeopleBlock
from core.blocks.prose import AccordionBlock, FiguresBlock, HeadingBlock, QuoteBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """The content of every page; all page types share it."""

    heading = HeadingBlock(group=_("Text"))
    text = TextBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    accordion = AccordionBlock(group=_("Text"))
    callout = CalloutBlock(group=_("Text"))
    image = FigureBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    downloads = DownloadsBlock(group=_("Pictures and files"))
    figures = FiguresBlock(group=_("Facts"))
    people = PeopleBlock(group=_("Facts"))
    funders = FundersBlock(group=_("Facts"))
    links = LinksBlock(group=_("Links"))
    listing = ListingBlock(group=_("Links"))
    newsletter = NewsletterBlock(group=_("Links"))

    class Meta:
        template = "blocks/body.html"
        block_counts = {"newsletter": {"max_num": 1}}
