"""A logo that somebody sent: whatever it is, it becomes a small picture without anything hidden, or a clear refusal."""

import base64
import binascii
import struct
import warnings
import zlib
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from core.image_metadata import upright_in_srgb

FORMATS = ["PNG", "JPEG", "WEBP", "GIF", "AVIF"]
MOST_PIXELS = 25_000_000
SIDE = 480  # no logo is drawn larger
WORKING_SIDE = 1200
LONGEST_KEPT = 2_000_000  # characters
DAMAGES = (OSError, SyntaxError, ValueError, TypeError, IndexError, EOFError, struct.error, zlib.error, OverflowError)


def read(file: IO[bytes]) -> Image.Image:
    """The first picture of the file, upright, in sRGB, cut to what is to be seen; ValidationError says what is wrong."""
    _refuse_drawings(file)
    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(file, formats=FORMATS)
            _refuse_too_many_pixels(image.width * image.height)
            logo = _small(image)
    except Image.DecompressionBombError:
        _refuse_too_many_pixels(None)
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This file is no picture that we know. Please choose a logo as PNG, JPEG, WebP, GIF or AVIF."),
            code="kind",
        ) from error
    except DAMAGES as error:
        raise ValidationError(
            _("This picture cannot be read; perhaps a part of it is missing. Save it anew as PNG and try again."),
            code="damaged",
        ) from error
    return _seen(logo)


def _refuse_drawings(file: IO[bytes]) -> None:
    file.seek(0)
    start = file.read(2048).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    file.seek(0)
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")):
        raise ValidationError(
            _("SVG files can hold programs, so we do not take them. Please save the logo as PNG."), code="svg"
        )


def _refuse_too_many_pixels(pixels: int | None) -> None:
    if pixels is None or pixels > MOST_PIXELS:
        raise ValidationError(
            _("This picture is too large: at most %(most)d million pixels are allowed. A logo needs 500 by 500.")
            % {"most": MOST_PIXELS // 1_000_000},
            code="pixels",
        )


def _small(image: Image.Image) -> Image.Image:
    """Made smaller as early as possible, so that little of it is in memory at once."""
    image.draft("RGB", (WORKING_SIDE, WORKING_SIDE))
    image.load()
    image = _even(image)
    image.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    return upright_in_srgb(image).convert("RGBA")


def _even(image: Image.Image) -> Image.Image:
    """In a mode whose pixels can be mixed; 16 bits a colour become eight."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda light: light * (1 / 256)).convert("L")
    if image.mode in ("1", "P", "PA") or "transparency" in image.info:
        profile = image.info.get("icc_profile")
        image = image.convert("RGBA")
        image.info = {"icc_profile": profile} if profile else {}
    return image


def _seen(logo: Image.Image) -> Image.Image:
    """Without the empty margin many logos have."""
    box = logo.getchannel("A").point(lambda light: 255 if light > 8 else 0).getbbox()
    if box is None:
        raise ValidationError(_("There is nothing to be seen in this picture."), code="empty")
    cut = logo.crop(box)
    cut.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return cut


def kept(logo: Image.Image) -> str:
    """The logo as text, for the form to bring along: we keep nothing."""
    target = BytesIO()
    logo.save(target, "PNG", optimize=True)
    return base64.b64encode(target.getvalue()).decode()


def brought_along(text: str) -> Image.Image | None:
    """What `kept` made. Anything else is no logo, and no reason for a message: nobody typed it."""
    if not text or len(text) > LONGEST_KEPT:
        return None
    try:
        return read(BytesIO(base64.b64decode(text, validate=True)))
    except (binascii.Error, ValueError, ValidationError):
        return None
