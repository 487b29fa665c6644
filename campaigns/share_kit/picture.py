"""The picture an organisation shares: a motif of the campaign, its title, and who takes part with name and logo."""

import re
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from PIL import Image, ImageDraw, ImageOps

from campaigns.models import CampaignPage, Motif
from core.languages import direction
from core.lettering.lines import Setting, Style, fit, tidy
from core.lettering.order import runs_right_to_left
from core.lettering.painting import paint
from core.palette import palette
from core.share_image.ornaments import sign

WIDTH = 1080
EDGE = 60
ROW = 208  # of the name and logo
LOGO = (340, 144)
TITLE_SIZES = (88, 80, 72, 66, 60, 54, 48)
NAME_SIZES = (52, 46, 40, 36, 32)
# Stays together and keeps its last point at its right side, in an Arabic name, too.
ASSOCIATION = re.compile(r"\be\.\s?V\.")


@dataclass(frozen=True)
class Format:
    """`band` is the height of title and name together; `margin` stays free of them: apps cover it with their buttons."""

    key: str
    label: str
    height: int
    band: int
    margin: int = 0

    @property
    def is_covered(self) -> bool:
        """Whether the motif lies under the band as well."""
        return bool(self.margin)


FORMATS = [
    Format("square", gettext_lazy("Square"), 1080, 500),
    Format("portrait", gettext_lazy("Portrait"), 1350, 560),
    Format("story", pgettext_lazy("shape of a picture", "Story"), 1920, 640, margin=280),
]


def draw(page: CampaignPage, motif: Motif, form: Format, name: str, logo: Image.Image | None) -> Image.Image:
    language, colours = page.text_language, palette()
    turned = direction(language) == "rtl"
    image = Image.new("RGB", (WIDTH, form.height), colours["paper"])
    top = form.margin if motif.place == "top" else form.height - form.band - form.margin
    _motif(image, motif, form)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, top, WIDTH, top + form.band - 1), fill=colours[motif.tone])
    _title(image, page.title, (top, form.band - ROW), turned)
    row = top + form.band - ROW
    pen.rectangle((0, row, WIDTH, row + ROW - 1), fill=colours["logo-ground"])
    with override(language):
        _who(image, row, name, logo, turned)
    return image


def _motif(image: Image.Image, motif: Motif, form: Format) -> None:
    height = form.height if form.is_covered else form.height - form.band
    rendition = motif.image.get_rendition(f"fill-{WIDTH}x{height}|format-jpeg|jpegquality-90|bgcolor-ffffff")
    with rendition.file.open() as file:
        picture = ImageOps.fit(Image.open(file).convert("RGB"), (WIDTH, height), Image.Resampling.LANCZOS)
    image.paste(picture, (0, 0 if form.is_covered or motif.place == "bottom" else form.band))


def _title(image: Image.Image, title: str, space: tuple[int, int], turned: bool) -> None:
    top, height = space
    style = Style(weight=800, right_to_left=turned, leading=1.42 if turned else 1.12)
    inner = height - 2 * 36
    setting = fit(tidy(title), style, WIDTH - 2 * EDGE, inner, TITLE_SIZES)
    paint(image, setting, (EDGE, top + 36 + (inner - setting.height) / 2, WIDTH - EDGE), palette()["paper"])


def _who(image: Image.Image, top: int, name: str, logo: Image.Image | None, turned: bool) -> None:
    """Logo, name and the sign of the federation, one after the other where lines begin."""
    start, end = EDGE, WIDTH - EDGE
    mark = sign(72)
    _put(image, mark, top, end - mark.width, turned)
    end -= mark.width + 36
    if logo:
        fitted = ImageOps.contain(logo, LOGO, Image.Resampling.LANCZOS)
        _put(image, fitted, top, start, turned)
        start += fitted.width + 36
    left, right = (WIDTH - end, WIDTH - start) if turned else (start, end)
    texts = [
        (fit(_("We take part"), Style(600, turned), right - left, 40, (28, 24)), "ink-soft"),
        (_name(name, right - left), "ink"),
        (fit(settings.BASE_URL.partition("://")[2].removeprefix("www."), Style(), right - left, 34, (24,)), "ink-soft"),
    ]
    y = top + (ROW - sum(setting.height for setting, _colour in texts)) / 2
    for setting, colour in texts:
        y = paint(image, setting, (left, y, right), palette()[colour], from_the_right=turned)


def _name(name: str, width: float) -> Setting:
    """In its own direction, whatever that of the campaign is."""
    turned = runs_right_to_left(name)
    name = ASSOCIATION.sub("e.\u00a0V.\u200e", name)
    return fit(name, Style(750, turned, 1.3 if turned else 1.12), width, 118, NAME_SIZES)


def _put(image: Image.Image, part: Image.Image, top: int, start: int, turned: bool) -> None:
    x = WIDTH - start - part.width if turned else start
    image.paste(part, (x, top + (ROW - part.height) // 2), part)


def png(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "PNG", compress_level=5)
    return target.getvalue()


def preview(image: Image.Image) -> bytes:
    small, target = image.copy(), BytesIO()
    small.thumbnail((540, 720), Image.Resampling.LANCZOS)
    small.save(target, "JPEG", quality=82)
    return target.getvalue()
