"""The smaller fonts that pages load: no letter may be promised that they have not."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from core.lettering.web_font import EUROPEAN, SMALLER

BASE = settings.BASE_DIR / "static" / "css" / "base.css"
RANGE = r"{file}[^;]*; unicode-range: ([^;]*);"
SPACES = {0x20, 0xA0}


def promised(file: str) -> set[int]:
    signs = set()
    for part in re.search(RANGE.format(file=file), BASE.read_text()).group(1).split(", "):
        first, _dash, last = part.removeprefix("U+").partition("-")
        signs |= {*range(int(first, 16), int(last or first, 16) + 1)}
    return signs


@pytest.mark.parametrize("smaller", SMALLER, ids=lambda smaller: smaller.file)
def test_the_style_sheet_promises_what_the_font_has(smaller):
    has = {*TTFont(smaller.path).getBestCmap()}
    assert promised(smaller.file) == has - SPACES
    assert has == {*map(ord, smaller.signs)}


@pytest.mark.parametrize("smaller", SMALLER, ids=lambda smaller: smaller.file)
def test_no_sign_is_promised_twice(smaller):
    """The browser would load both."""
    assert promised(smaller.file).isdisjoint(promised(smaller.whole))


@pytest.mark.parametrize("smaller", SMALLER, ids=lambda smaller: smaller.file)
def test_it_is_made_from_the_whole_one(smaller):
    made, kept = TTFont(BytesIO(smaller.make())), TTFont(smaller.path)
    assert made.getBestCmap() == kept.getBestCmap()
    assert [made["glyf"][name] for name in made.getGlyphOrder()] == [
        kept["glyf"][name] for name in kept.getGlyphOrder()
    ]


def test_a_reserved_name_stays_with_the_whole_font():
    """SIL Open Font License, section 3."""
    names = TTFont(EUROPEAN.path)["name"]
    assert not [name for number in (1, 3, 4, 6, 16) if "Source" in (name := names.getDebugName(number) or "")]


def test_letters_of_both_files_are_asked_for_together():
    for sheet in BASE.parent.glob("*.css"):
        lines = [
            line for line in sheet.read_text().splitlines() if "Source Sans 3" in line and "@font-face" not in line
        ]
        assert all(f'"Source Sans 3", "{EUROPEAN.family}"' in line for line in lines), sheet.name
