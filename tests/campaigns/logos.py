"""Files that people may send as a logo, good ones and others."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.core.pictures import animated, with_secrets


def encoded(image, image_format="PNG", **options) -> bytes:
    target = BytesIO()
    image.save(target, image_format, **options)
    return target.getvalue()


def shape(mode="RGB", colour="red", size=(300, 200)):
    return Image.new(mode, size, colour)


def sixteen_bit():
    return encoded(Image.new("I;16", (200, 200), 50_000))


def with_hole():
    """Transparent around a blue square in the middle."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((0, 0, 255, 255), (100, 150, 300, 250))
    return encoded(image)


def bomb(width=40_000, height=40_000):
    """A small file that says it has very many pixels, and has them."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (width // 8 + 1)
    pixels = zlib.compressobj(9)
    data = b"".join(pixels.compress(row) for _ in range(min(height, 2000))) + pixels.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def palette(**options):
    return encoded(shape().quantize(4), **options)


GOOD = {
    "png": lambda: encoded(shape()),
    "jpeg": lambda: encoded(shape(), "JPEG"),
    "webp": lambda: encoded(shape(), "WEBP"),
    "avif": lambda: encoded(shape(), "AVIF"),
    "gif": lambda: encoded(shape(), "GIF"),
    "grey": lambda: encoded(shape("L", 90)),
    "grey with alpha": lambda: encoded(shape("LA", (90, 255))),
    "one bit": lambda: encoded(shape("1", 1)),
    "CMYK": lambda: encoded(shape("CMYK", (0, 255, 255, 0)), "JPEG"),
    "16 bit": sixteen_bit,
    "palette": palette,
    "palette with a transparent colour": lambda: palette(transparency=1),
    "grey with a transparent value": lambda: encoded(shape("L", 90), transparency=0),
    "alpha": with_hole,
    "animated GIF": lambda: animated("GIF"),
    "animated WebP": lambda: animated("WEBP"),
    "animated PNG": lambda: animated("PNG"),
    "on its side": lambda: with_secrets("jpeg", orientation=6),
    "one point": lambda: encoded(shape(size=(1, 1))),
    "very wide": lambda: encoded(shape(size=(5000, 10))),
    "25 megapixels": lambda: encoded(shape("L", 90, (5000, 5000))),
}

BAD = {
    "nothing": (lambda: b"", "kind"),
    "text": (lambda: b"Hallo " * 100, "kind"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg"),
    "SVG with a declaration": (lambda: b'\xef\xbb\xbf \n<?xml version="1.0"?><svg/>', "svg"),
    "HTML": (lambda: b"<html><script>alert(1)</script></html>", "kind"),
    "PDF": (lambda: b"%PDF-1.4 ...", "kind"),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9999 9999\n", "kind"),
    "TIFF": (lambda: encoded(shape(), "TIFF"), "kind"),
    "BMP": (lambda: encoded(shape(), "BMP"), "kind"),
    "icon": (lambda: encoded(shape(size=(64, 64)), "ICO"), "kind"),
    "cut PNG": (lambda: encoded(Image.effect_noise((300, 300), 90))[:2000], "damaged"),
    "cut JPEG": (lambda: encoded(Image.effect_noise((300, 300), 90), "JPEG")[:2000], "damaged"),
    "cut WebP": (lambda: encoded(Image.effect_noise((300, 300), 90), "WEBP")[:2000], None),
    "only a beginning": (lambda: b"\x89PNG\r\n\x1a\n", None),
    "wrong bytes": (lambda: encoded(shape())[:60] + b"\xff" * 300, None),
    "bomb": (bomb, "pixels"),
    "26 megapixels": (lambda: encoded(shape("1", 1, (6500, 4000))), "pixels"),
    "nothing to be seen": (lambda: encoded(shape("RGBA", (0, 0, 0, 0))), "empty"),
}
