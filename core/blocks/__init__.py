from core.blocks.body import BodyBlock
from core.blocks.callout import CalloutBlock
from core.blocks.choosers import CardChooserBlock, open_ones
from core.blocks.links import LinkBlock
from core.blocks.newsletter import NewsletterBlock
from core.blocks.prose import TextBlock

__all__ = ["BodyBlock", "CalloutBlock", "CardChooserBlock", "LinkBlock", "NewsletterBlock", "TextBlock", "open_ones"]
