"""The fonts of the site's pages, for drawing. Each file covers one part of one typeface."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

import uharfbuzz as hb
from django.conf import settings
from fontTools.ttLib import TTFont

FOLDER = settings.BASE_DIR / "static" / "fonts"
SANS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese")
ARABIC_FROM = 0x600
SPACES = {0x20, 0xA0}
EM = 4096  # units in which everything is measured, whatever the size it is drawn at


@dataclass(frozen=True)
class Typeface:
    face: hb.Face
    signs: frozenset[int]

    def covers(self, sign: str) -> bool:
        return ord(sign) in self.signs


@cache
def typefaces() -> tuple[Typeface, ...]:
    """Source Sans part by part, then Vazirmatn, which is asked for Arabic script and nothing else."""
    sans = [_read(f"source-sans-3-{part}-wght-normal.woff2") for part in SANS]
    arabic = _read("vazirmatn-arabic-wght-normal.woff2")
    of_arabic = frozenset(sign for sign in arabic.signs if sign >= ARABIC_FROM or sign in SPACES)
    return (*sans, Typeface(arabic.face, of_arabic))


def _read(name: str) -> Typeface:
    """HarfBuzz reads no WOFF2, so the file is unpacked first."""
    font, unpacked = TTFont(FOLDER / name), BytesIO()
    font.flavor = None
    font.save(unpacked)
    face = hb.Face(hb.Blob(unpacked.getvalue()))
    return Typeface(face, frozenset(face.unicodes))


@cache
def font(number: int, weight: int) -> hb.Font:
    made = hb.Font(typefaces()[number].face)
    made.scale = (EM, EM)
    made.set_variations({"wght": weight})
    return made


def choose(text: str) -> list[int | None]:
    """For each sign the number of its typeface; None where no font of ours has it.

    Spaces and marks stay with the letters before them, so that they are shaped together.
    """
    chosen, before = [], None
    for sign in text:
        if before is None or sign.isalnum() or not typefaces()[before].covers(sign):
            found = (number for number, typeface in enumerate(typefaces()) if typeface.covers(sign))
            number = next(found, None)
        else:
            number = before
        chosen.append(number)
        before = before if number is None else number
    return chosen
