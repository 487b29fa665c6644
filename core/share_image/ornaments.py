"""The woven pattern and the sign of the federation, drawn from the same files that the pages show."""

import re
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw

from core.palette import palette

COMPONENTS = settings.BASE_DIR / "templates" / "components"
PATH = re.compile(r'<path class="(?:strand|fill)-(\w+)"([^>]*?) d="([^"]+)"')
STEP = re.compile(r"([MHVhvz])\s*((?:-?[\d.]+\s*)*)")
FINER = 4  # drawn this much larger, so that edges come out smooth
STRAND = 27
WEAVE_SIZE, SIGN_SIZE = (480, 395), (40, 40)


@cache
def weave(width: int) -> Image.Image:
    """As wide as asked for, on nothing; its thick corner is at the upper right."""
    return _drawn("weave.html", WEAVE_SIZE, width, _strand)


@cache
def sign(width: int) -> Image.Image:
    return _drawn("mark.html", SIGN_SIZE, width, _area)


def _drawn(name: str, size: tuple[int, int], width: int, put) -> Image.Image:
    scale = width * FINER / size[0]
    image = Image.new("RGBA", (width * FINER, round(size[1] * scale)))
    draw = ImageDraw.Draw(image)
    for colour, attributes, path in PATH.findall((COMPONENTS / name).read_text(encoding="utf-8")):
        for points in _lines(path):
            scaled = [(x * scale, y * scale) for x, y in points]
            put(draw, scaled, palette()[colour], STRAND * scale / 2 if "round" in attributes else 0, scale)
    return image.reduce(FINER)


def _strand(draw, points, colour: str, cap: float, scale: float) -> None:
    (x0, y0), (x1, y1) = sorted(points[:2])
    half = STRAND * scale / 2
    across, along = (half, 0) if x0 == x1 else (0, half)
    draw.rectangle((x0 - across, y0 - along, x1 + across, y1 + along), fill=colour)
    for x, y in ((x0, y0), (x1, y1)) if cap else ():
        draw.ellipse((x - cap, y - cap, x + cap, y + cap), fill=colour)


def _area(draw, points, colour: str, cap: float, scale: float) -> None:
    draw.polygon(points, fill=colour)


def _lines(path: str) -> list[list[tuple[float, float]]]:
    """Points of each part of an SVG path whose lines are all level or upright."""
    lines, x, y = [], 0.0, 0.0
    for step, numbers in STEP.findall(path):
        values = [float(number) for number in numbers.split()]
        match step:
            case "M":
                x, y = values
                lines.append([(x, y)])
                continue
            case "H" | "h":
                x = values[0] + (x if step == "h" else 0)
            case "V" | "v":
                y = values[0] + (y if step == "v" else 0)
            case "z":
                continue
        lines[-1].append((x, y))
    return lines
