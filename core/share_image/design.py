"""What the picture of a page looks like that others see where its address is shared."""

from django.conf import settings
from PIL import Image, ImageDraw, ImageOps

from core.languages import direction
from core.lettering.lines import Setting, Style, fit, tidy
from core.lettering.painting import paint
from core.palette import palette
from core.share_image.ornaments import sign, weave

DESIGN = 1  # goes into every address: a new design has a new number
SIZE = (1200, 630)
PICTURE = (404, 630)
WEAVE = 520
EDGE = 68
HEAD, FOOT = 152, 112  # where the title may begin, and what stays free below it
SIZES = (96, 88, 80, 72, 64, 58, 52, 46)
LEADING = {"ltr": 1.12, "rtl": 1.42}
SENDER = "Bundesverband NeMO"


def draw(title: str, language: str, tone: str, picture: Image.Image | None = None) -> Image.Image:
    """The title with the sign of the federation, and with the page's picture or the woven pattern beside it."""
    colours, turned = palette(), direction(language) == "rtl"
    image = Image.new("RGB", SIZE, colours["paper"])
    free = SIZE[0] - PICTURE[0]
    _ornament(image, picture, turned)
    pen = ImageDraw.Draw(image)
    pen.rectangle(_box((0, 0, 20, SIZE[1]), turned), fill=colours[tone])
    start, end = _between((EDGE, free - EDGE / 2), turned)
    setting = fit_title(title, language, end - start)
    room = SIZE[1] - HEAD - FOOT
    paint(image, setting, (start, HEAD + max(0, (room - setting.height) / 2), end), colours["ink"])
    _sender(image, turned, colours)
    _address(image, turned, colours[tone])
    return image


def fit_title(title: str, language: str, width: float) -> Setting:
    side = direction(language)
    style = Style(weight=800, right_to_left=side == "rtl", leading=LEADING[side])
    return fit(tidy(title) or SENDER, style, width, SIZE[1] - HEAD - FOOT, SIZES)


def _ornament(image: Image.Image, picture: Image.Image | None, turned: bool) -> None:
    if picture:
        cut = ImageOps.fit(picture.convert("RGB"), PICTURE, Image.Resampling.LANCZOS)
        image.paste(cut, (0 if turned else SIZE[0] - PICTURE[0], 0))
        return
    pattern = weave(WEAVE)
    pattern = ImageOps.mirror(pattern) if turned else pattern
    image.paste(pattern, (0 if turned else SIZE[0] - pattern.width, 0), pattern)


def _sender(image: Image.Image, turned: bool, colours: dict[str, str]) -> None:
    mark = sign(56)
    x = SIZE[0] - EDGE - mark.width if turned else EDGE
    image.paste(mark, (x, 64), mark)
    name = fit(SENDER, Style(weight=700, right_to_left=turned), 600, 40, (32,))
    start, end = _between((EDGE + mark.width + 20, SIZE[0]), turned)
    paint(image, name, (start, 72, end), colours["ink"])


def _address(image: Image.Image, turned: bool, colour: str) -> None:
    host = settings.BASE_URL.partition("://")[2].removeprefix("www.")
    line = fit(host, Style(weight=600, right_to_left=turned), 600, 40, (28,))
    start, end = _between((EDGE, SIZE[0]), turned)
    paint(image, line, (start, SIZE[1] - 84, end), colour)


def _between(sides: tuple[float, float], turned: bool) -> tuple[float, float]:
    """The left and the right end of what is measured from where lines begin."""
    return (SIZE[0] - sides[1], SIZE[0] - sides[0]) if turned else sides


def _box(box: tuple[float, float, float, float], turned: bool) -> tuple[float, float, float, float]:
    left, right = _between((box[0], box[2]), turned)
    return (left, box[1], right - 1, box[3])
