"""Makes the smaller fonts that pages load first: the letters of the languages people write here.

The whole ones are two to four times as large, for signs of print, of the Quran and of phonetics; browsers fetch them
when such a sign comes. Run `make fonts` after a new version of a whole one. Source: fontTools.

The licence (OFL) allows it. It reserves the name "Source" to the whole Source Sans, so the smaller one has another.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
NAMES = (1, 3, 4, 6, 16)
POSTSCRIPT = 6


@dataclass(frozen=True)
class Smaller:
    file: str
    whole: str
    signs: str
    weights: tuple[int, int]
    family: str = ""
    """Of its own, where the whole one's is reserved."""

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    def make(self) -> bytes:
        options = subset.Options(layout_features=["*"], name_IDs=["*"], hinting=False, glyph_names=False)
        font, smaller, made = TTFont(FOLDER / self.whole, recalcTimestamp=False), BytesIO(), BytesIO()
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=self.signs)
        subsetter.subset(font)
        font.flavor = None
        font.save(smaller)
        font = instancer.instantiateVariableFont(TTFont(smaller, recalcTimestamp=False), {"wght": self.weights})
        if self.family:
            self._rename(font)
        font.flavor = "woff2"
        font.save(made)
        return made.getvalue()

    def _rename(self, font: TTFont) -> None:
        for record in font["name"].names:
            if record.nameID in NAMES:
                record.string = self.family.replace(" ", "") if record.nameID == POSTSCRIPT else self.family


def signs(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


ARABIC = Smaller(
    file="vazirmatn-arabic-common-wght-normal.woff2",
    whole="vazirmatn-arabic-wght-normal.woff2",
    signs="،؛؟"
    + signs(0x621, 0x63A)
    + signs(0x640, 0x655)
    + signs(0x660, 0x66D)
    + "\u0670\u0671"
    # Persian and Dari, Kurdish (Sorani), Pashto, Urdu.
    + "ٹټپځڅچڈډڑړڕږژښڤکګگڵںڼھہۃۆۇیۍێېے۔ە"
    + "۰۱۲۳۴۵۶۷۸۹"
    + "\u200c\u200d\u200e\u0020\u00a0",
    weights=(400, 800),
)
EUROPEAN = Smaller(
    file="nemo-sans-european-wght-normal.woff2",
    whole="source-sans-3-latin-ext-wght-normal.woff2",
    # Turkish, Polish, Kurdish (Kurmancî), Romanian, Serbian, Albanian, Czech, Hungarian, Baltic; Azerbaijani; capital ß.
    signs=signs(0x100, 0x130) + signs(0x132, 0x151) + signs(0x154, 0x17F) + "ȘșȚțƏəẞ",
    weights=(200, 900),
    family="NeMO Sans European",
)
SMALLER = (ARABIC, EUROPEAN)


if __name__ == "__main__":
    for font in SMALLER:
        font.path.write_bytes(font.make())
        print(f"{font.file}: {font.path.stat().st_size} bytes")  # noqa: T201
