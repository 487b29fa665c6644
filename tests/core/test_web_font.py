"""The Arabic font that pages load: no letter may be promised that it has not."""

import re
from io import BytesIO

from django.conf import settings
from fontTools.ttLib import TTFont

from core.lettering import web_font

BASE = settings.BASE_DIR / "static" / "css" / "base.css"
RANGE = re.compile(r"vazirmatn-arabic-common[^;]*; unicode-range: ([^;]*);")


def promised() -> set[int]:
    signs = set()
    for part in RANGE.search(BASE.read_text()).group(1).split(", "):
        first, _dash, last = part.removeprefix("U+").partition("-")
        signs |= {*range(int(first, 16), int(last or first, 16) + 1)}
    return signs


def test_the_style_sheet_promises_what_the_font_has():
    has = {*TTFont(web_font.COMMON).getBestCmap()}
    assert promised() == has - {0x20, 0xA0}
    assert has == {*map(ord, web_font.SIGNS)}


def test_it_is_made_from_the_whole_one():
    made, kept = TTFont(BytesIO(web_font.make())), TTFont(web_font.COMMON)
    assert made.getBestCmap() == kept.getBestCmap()
    assert [made["glyf"][name] for name in made.getGlyphOrder()] == [
        kept["glyf"][name] for name in kept.getGlyphOrder()
    ]
