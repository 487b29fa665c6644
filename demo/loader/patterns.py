"""Draws the patterns of the sample pictures, in the palette of the site. The same names give the same picture."""

from math import pi, sin
from random import Random

from PIL import Image, ImageDraw

SIZE = (1600, 900)
FINER = 2  # drawn this much larger, so that edges come out smooth
COLOURS = 48

PAPER = "#fbf7f0"
PALETTE = {
    "petrol": ("#0a4f5c", "#dceef0"),
    "plum": ("#6b1d50", "#f5e2ee"),
    "leaf": ("#24541b", "#e3f0dc"),
    "brick": ("#84290f", "#fbe6dd"),
    "saffron": ("#f4b63f", "#fbf0d8"),
}


class Canvas:
    """A drawing in one leading colour: `pick` gives that one often and the others now and then."""

    def __init__(self, motif: str, colour: str):
        self.random = Random(f"{motif} {colour}")  # noqa: S311 (a picture, not a secret)
        self.lead, self.wash = PALETTE[colour]
        self.others = [strong for strong, _wash in PALETTE.values() if strong != self.lead]
        self.width, self.height = (side * FINER for side in SIZE)
        self.image = Image.new("RGB", (self.width, self.height), self.wash)
        self.draw = ImageDraw.Draw(self.image)

    def pick(self, share_of_lead: float = 0.55) -> str:
        return self.lead if self.random.random() < share_of_lead else self.random.choice(self.others)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def finished(self) -> Image.Image:
        return self.image.reduce(FINER).quantize(COLOURS, dither=Image.Dither.NONE)


def draw(motif: str, colour: str) -> Image.Image:
    canvas = Canvas(motif, colour)
    MOTIFS[motif](canvas)
    return canvas.finished()


def weave(canvas: Canvas) -> None:
    step, band = 200, 148
    gap = (step - band) // 2
    columns = [canvas.pick() for _ in range(0, canvas.width, step)]
    for row, y in enumerate(range(0, canvas.height, step)):
        colour = canvas.pick()
        for column, x in enumerate(range(0, canvas.width, step)):
            upright = ((x + gap, y, x + gap + band, y + step), columns[column])
            level = ((x, y + gap, x + step, y + gap + band), colour)
            for box, fill in (upright, level) if (row + column) % 2 else (level, upright):
                canvas.draw.rectangle(box, fill=fill, outline=canvas.wash, width=4)


def arches(canvas: Canvas) -> None:
    step = 400
    for row, y in enumerate(range(step // 2, canvas.height + step, step // 2)):
        for x in range(-step // 2 * (row % 2), canvas.width + step, step):
            outer, inner = canvas.pick(), canvas.random.choice([PAPER, canvas.wash])
            for radius, fill in ((200, outer), (150, inner), (100, canvas.pick()), (52, PAPER)):
                canvas.draw.pieslice((x - radius, y - radius, x + radius, y + radius), 180, 360, fill=fill)


def threads(canvas: Canvas) -> None:
    distance, phase = 76, canvas.random.random() * pi
    for number, base in enumerate(range(-300, canvas.height + 300, distance)):
        colour = canvas.pick(0.6) if number % 4 else PAPER
        points = [
            (x, base + 150 * sin(x / 520 + phase) + 60 * sin(x / 190 + phase * 2 + base / 900))
            for x in range(-40, canvas.width + 80, 24)
        ]
        canvas.draw.line(points, fill=colour, width=canvas.random.choice([22, 34, 46]), joint="curve")


def knots(canvas: Canvas) -> None:
    step = 290
    spots = {
        (column, row): (
            column * step + canvas.random.randint(-80, 80),
            row * step + canvas.random.randint(-80, 80),
        )
        for column in range(-1, canvas.width // step + 2)
        for row in range(-1, canvas.height // step + 2)
    }
    for (column, row), spot in spots.items():
        for neighbour in ((column + 1, row), (column, row + 1), (column + 1, row + 1), (column + 1, row - 1)):
            if neighbour in spots and canvas.random.random() < 0.62:
                canvas.draw.line((spot, spots[neighbour]), fill=canvas.lead, width=canvas.random.choice([8, 12, 18]))
    for x, y in spots.values():
        radius = canvas.random.choice([26, 34, 48, 66])
        canvas.disc(x, y, radius, canvas.pick(0.4))
        canvas.disc(x, y, radius * 0.42, PAPER)


def rings(canvas: Canvas) -> None:
    for number in range(8):
        x = canvas.width * (number % 4 + canvas.random.uniform(0.1, 0.9)) / 4
        y = canvas.height * (number // 4 + canvas.random.uniform(0.1, 0.9)) / 2
        colour = canvas.pick(0.65)
        for radius in range(canvas.random.choice([420, 560, 700]), 40, -90):
            box = (x - radius, y - radius, x + radius, y + radius)
            canvas.draw.ellipse(box, outline=colour, width=30)
        canvas.disc(x, y, 44, colour)


def paths(canvas: Canvas) -> None:
    """Square tiles with two quarter circles each; turned at random, they join to ways that never end."""
    step = 260
    for x in range(0, canvas.width, step):
        for y in range(0, canvas.height, step):
            turned = canvas.random.random() < 0.5
            corners = [(x, y), (x + step, y + step)] if turned else [(x + step, y), (x, y + step)]
            angles = [(0, 90), (180, 270)] if turned else [(90, 180), (270, 360)]
            for (centre_x, centre_y), (start, end) in zip(corners, angles, strict=True):
                for radius, width, colour in ((186, 112, canvas.lead), (137, 14, PAPER)):
                    box = (centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius)
                    canvas.draw.arc(box, start, end, fill=colour, width=width)
            if canvas.random.random() < 0.22:
                canvas.disc(x + step / 2, y + step / 2, 40, canvas.random.choice(canvas.others))


def houses(canvas: Canvas) -> None:
    for floor, bottom in enumerate(range(460, canvas.height + 460, 430)):
        x = -60 * floor
        while x < canvas.width:
            width = canvas.random.choice([190, 240, 300, 360])
            height = canvas.random.choice([170, 220, 270])
            _house(canvas, x, bottom, width, height)
            x += width + 14


def _house(canvas: Canvas, x: int, bottom: int, width: int, height: int) -> None:
    wall, top = canvas.pick(0.5), bottom - height
    roof = canvas.random.choice(
        [
            [(x, top), (x + width / 2, top - 120), (x + width, top)],
            [(x, top), (x, top - 110), (x + width, top)],
            [(x, top), (x + 40, top - 80), (x + width - 40, top - 80), (x + width, top)],
        ]
    )
    canvas.draw.polygon(roof, fill=canvas.pick(0.6))
    canvas.draw.rectangle((x, top, x + width, bottom), fill=wall)
    for left in range(x + 34, x + width - 60, 78):
        for upper in range(top + 34, bottom - 70, 88):
            light = PALETTE["saffron"][0] if canvas.random.random() < 0.3 else PAPER
            canvas.draw.rectangle((left, upper, left + 40, upper + 52), fill=light if wall != light else PAPER)


MOTIFS = {
    "arches": arches,
    "houses": houses,
    "knots": knots,
    "paths": paths,
    "rings": rings,
    "threads": threads,
    "weave": weave,
}
