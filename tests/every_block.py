"""A body with every block of a page once, filled with its preview."""

from wagtail import blocks
from wagtail.rich_text import RichText

from home.models import ContentPage


def every_block() -> list[tuple]:
    body = ContentPage._meta.get_field("body").stream_block
    previews = ((name, block, block.get_preview_value()) for name, block in body.child_blocks.items())
    return [(name, _as_saved(block, value)) for name, block, value in previews if value]


def _as_saved(block, value):
    """Previews leave out what is optional; the editor's form saves an empty text for it."""
    if isinstance(block, blocks.StructBlock) and value is not None:
        for name, child in block.child_blocks.items():
            value[name] = _as_saved(child, value.get(name))
    elif isinstance(block, blocks.ListBlock) and value is not None:
        return [_as_saved(block.child_block, item) for item in value]
    elif value is None and isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return ""
    elif value is None and isinstance(block, blocks.RichTextBlock):
        return RichText("")
    return value
