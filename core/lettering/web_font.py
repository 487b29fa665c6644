"""Makes the smaller Vazirmatn that pages load first: the letters of the languages people write here, in the weights used.

The whole one is nearly twice as large, for signs of the Quran and of print; browsers fetch it when such a sign comes.
Run `make fonts` after a new version of the whole one. Source: fontTools; the licence (OFL, no reserved name) allows it.
"""

from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
WHOLE = FOLDER / "vazirmatn-arabic-wght-normal.woff2"
COMMON = FOLDER / "vazirmatn-arabic-common-wght-normal.woff2"
WEIGHTS = (400, 800)

ARABIC = "،؛؟" + "".join(map(chr, [*range(0x621, 0x63B), *range(0x640, 0x656), *range(0x660, 0x66E), 0x670, 0x671]))
# Persian and Dari, Kurdish (Sorani), Pashto, Urdu.
OTHERS = "ٹټپځڅچڈډڑړڕږژښڤکګگڵںڼھہۃۆۇیۍێېے۔ە" + "۰۱۲۳۴۵۶۷۸۹"
JOINING = "\u200c\u200d\u200e"
SIGNS = ARABIC + OTHERS + JOINING + "\u0020\u00a0"


def make() -> bytes:
    options = subset.Options(layout_features=["*"], name_IDs=["*"], hinting=False, glyph_names=False)
    font, smaller, made = TTFont(WHOLE, recalcTimestamp=False), BytesIO(), BytesIO()
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=SIGNS)
    subsetter.subset(font)
    font.flavor = None
    font.save(smaller)
    font = instancer.instantiateVariableFont(TTFont(smaller, recalcTimestamp=False), {"wght": WEIGHTS})
    font.flavor = "woff2"
    font.save(made)
    return made.getvalue()


if __name__ == "__main__":
    COMMON.write_bytes(make())
    print(f"{COMMON.name}: {COMMON.stat().st_size} bytes")  # noqa: T201
