"""Puts lines of glyphs onto a picture of Pillow."""

import uharfbuzz as hb
from PIL import Image

from core.lettering.fonts import EM
from core.lettering.lines import Line, Setting

MIDDLE = 0.335  # of a letter, above the base line: between capitals and small letters


def paint(
    image: Image.Image,
    setting: Setting,
    box: tuple[float, float, float],
    colour: str,
    from_the_right: bool | None = None,
) -> float:
    """Draw below `top` between `left` and `right` (`box`), returning where the text ends.

    Lines begin where their own direction says, or all of them at one side.
    """
    left, top, right = box
    if from_the_right is None:
        from_the_right = setting.style.right_to_left
    height = setting.size * setting.style.leading
    for number, line in enumerate(setting.lines):
        width = line.width * setting.size / EM
        x = right - width if from_the_right else left
        paint_line(image, line, setting.size, (x, top + (number + 0.5) * height + MIDDLE * setting.size), colour)
    return top + setting.height


def paint_line(image: Image.Image, line: Line, size: float, at: tuple[float, float], colour: str) -> None:
    """With its beginning on the base line at `at`."""
    outlines = hb.RasterDraw()
    scale = size / EM
    for glyph in line.glyphs:
        outlines.transform = (scale, 0, 0, scale, at[0] + glyph.x * scale, glyph.y * scale - at[1])
        outlines.draw_glyph(glyph.font, glyph.number)
    drawn = outlines.render()
    area = drawn.extents
    if not area.width or not area.height:
        return
    mask = Image.frombytes("L", (area.width, area.height), drawn.buffer, "raw", "L", area.stride, -1)
    image.paste(colour, (area.x_origin, -(area.y_origin + area.height)), mask)
