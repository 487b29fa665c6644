"""Shapes text into lines of glyphs, and finds the size and the breaks with which it fills a given space."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

import uharfbuzz as hb

from core.lettering.fonts import EM, choose, font
from core.lettering.order import levels, visual

BREAK = re.compile(r"[ \t\n]+|(?<=\w\w)[-–/](?=[^\W\d]{2})|[\u00ad\u200b]")
BLANKS = re.compile(r"[\t\n\v\f\r \u2028\u2029]+")
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
ELLIPSIS = "…"


@dataclass(frozen=True)
class Style:
    weight: int = 400
    right_to_left: bool = False
    leading: float = 1.2  # height of a line, in sizes


@dataclass(frozen=True)
class Glyph:
    font: hb.Font
    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """`width` and places are in units of the em: see fonts.EM."""

    glyphs: tuple[Glyph, ...]
    width: int


@dataclass(frozen=True)
class Setting:
    """A text that fits."""

    texts: tuple[str, ...]
    size: float
    style: Style

    @property
    def height(self) -> float:
        return len(self.texts) * self.size * self.style.leading

    @cached_property
    def lines(self) -> list[Line]:
        return [shape(text, self.style) for text in self.texts]


def tidy(text: str) -> str:
    """Composed letters and single spaces; those that do not break stay as they are."""
    return BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def missing(text: str) -> list[str]:
    """Letters that no font of ours has, each once."""
    signs = UNSEEN.sub("", tidy(text))
    without = [sign for sign, number in zip(signs, choose(signs), strict=True) if number is None]
    return [*dict.fromkeys(without)]


def shape(text: str, style: Style) -> Line:
    """One line as it is seen, from the left to the right. What no font has is left out."""
    found = levels(text, style.right_to_left)
    runs = [(level, (start, end, number, level)) for start, end, number, level in _runs(text, found)]
    glyphs, x = [], 0
    for start, end, number, level in visual([run for run in runs if run[1][2] is not None]):
        used = font(number, style.weight)
        buffer = _shaped(text, start, end, used, level)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(Glyph(used, info.codepoint, x + position.x_offset, position.y_offset))
            x += position.x_advance
    return Line(tuple(glyphs), x)


def _runs(text: str, found: list[int]):
    """Stretches of one typeface and one direction, in the order they are read."""
    start = 0
    for (number, level), group in groupby(zip(choose(text), found, strict=True)):
        end = start + len([*group])
        yield start, end, number, level
        start = end


def _shaped(text: str, start: int, end: int, used: hb.Font, level: int) -> hb.Buffer:
    """With what stands around it, because Arabic letters look at their neighbours."""
    buffer = hb.Buffer()
    buffer.add_str(text, start, end - start)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    hb.shape(used, buffer)
    return buffer


class Breaker:
    """Breaks one text into lines. All lengths are in units of the em."""

    def __init__(self, text: str, style: Style):
        self.text, self.style = tidy(text), style

    @cached_property
    def _pieces(self) -> list[tuple[str, str]]:
        """Parts that stay together, each with what stands between it and the next one."""
        pieces, start = [], 0
        for match in BREAK.finditer(self.text):
            sign = match.group()
            keeps = sign in "-–/" and sign.strip()
            pieces.append((self.text[start : match.end() if keeps else match.start()], "" if keeps else sign))
            start = match.end()
        return [*pieces, (self.text[start:], "")]

    @cached_property
    def _widths(self) -> list[int]:
        return [shape(piece, self.style).width for piece, _between in self._pieces]

    @cached_property
    def _spaces(self) -> list[int]:
        """The width of what stands after each piece, which differs between scripts."""
        return [
            shape(f"{piece} ", self.style).width - width if between.isspace() else 0
            for (piece, between), width in zip(self._pieces, self._widths, strict=True)
        ]

    @property
    def widest(self) -> int:
        return max(self._widths)

    def lines(self, width: float) -> list[str]:
        """As many pieces a line as it takes; a piece that is wider stands alone."""
        lines, start, used = [], 0, 0
        for place, length in enumerate(self._widths):
            before = self._spaces[place - 1] if place > start else 0
            if place > start and used + before + length > width:
                lines.append(self._joined(start, place))
                start, used, before = place, 0, 0
            used += before + length
        return [*lines, self._joined(start, len(self._pieces))]

    def _joined(self, start: int, end: int) -> str:
        text = "".join(piece + between for piece, between in self._pieces[start:end])
        return text.rstrip() + "-" if text.endswith("\u00ad") else text.rstrip(" \u200b")

    def balanced(self, width: float) -> list[str]:
        """The same number of lines, of about the same length."""
        lines = self.lines(width)
        low, high = max(self.widest, width / 3), width
        while high - low > EM / 8:
            middle = (low + high) / 2
            low, high = (low, middle) if len(self.lines(middle)) == len(lines) else (middle, high)
        return self.lines(high)


def fit(text: str, style: Style, width: float, height: float, sizes: tuple[int, ...]) -> Setting:
    """The text in the largest of `sizes` (falling) in which all of it fits; at the smallest, as much as fits."""
    breaker = Breaker(text, style)
    for size in sizes:
        em_width = width / size * EM
        if breaker.widest <= em_width:
            lines = breaker.lines(em_width)
            if len(lines) * size * style.leading <= height:
                return Setting(tuple(breaker.balanced(em_width)), size, style)
    return _cut(breaker, width, height, sizes[-1])


def _cut(breaker: Breaker, width: float, height: float, size: int) -> Setting:
    em_width, style = width / size * EM, breaker.style
    most = max(1, int(height // (size * style.leading)))
    lines = [part for line in breaker.lines(em_width) for part in _chopped(line, style, em_width)]
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], style, em_width)]
    return Setting(tuple(lines), size, style)


def _chopped(line: str, style: Style, width: float) -> list[str]:
    """A word that is wider than the line, in parts; never between a letter and its marks."""
    if " " in line or shape(line, style).width <= width:
        return [line]
    parts, start = [], 0
    for end, following in pairwise([*_letters(line), len(line)]):
        if end > start and shape(line[start:following] + "-", style).width > width:
            parts.append(line[start:end] + ("" if style.right_to_left else "-"))
            start = end
    return [*parts, line[start:]]


def _letters(text: str) -> list[int]:
    return [place for place, sign in enumerate(text) if not unicodedata.combining(sign)]


def _shortened(line: str, style: Style, width: float) -> str:
    """As much of the line as stands beside an ellipsis, whole words if there are several."""
    words = line.split(" ")
    for number in range(len(words), 0, -1):
        shorter = " ".join(words[:number]).rstrip(" ,;:–-") + ELLIPSIS
        if shape(shorter, style).width <= width:
            return shorter
    for end in reversed(_letters(line)):
        if shape(line[:end] + ELLIPSIS, style).width <= width:
            return line[:end] + ELLIPSIS
    return ELLIPSIS
