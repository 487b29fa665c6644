"""Small charts, drawn on the server as SVG: no script, no style of their own, and the same numbers as a table.

chart = Columns(_("Confirmed"), by_period({date(2026, 5, 1): 12, …}))     {% component chart %} in the template
chart = Shares(_("By language"), [("Deutsch", 120), ("العربية", 80)])
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

WIDTH, HEIGHT, MARGIN, FOOT = 720, 200, 48, 24  # units of the drawing: it grows with its frame
MOST_COLUMNS = 62
STEPS = (1, 2, 5)
DAY, WEEK, MONTH = "day", "week", "month"


@dataclass(frozen=True)
class Point:
    label: str
    value: int


def by_period(figures: dict[date, int]) -> list[Point]:
    """One point for each day, week or month between the first and the last, those without anything, too."""
    if not figures:
        return []
    first, last = min(figures), max(figures)
    period = _period((last - first).days)
    sums, day = {}, first
    while day <= last:
        sums.setdefault(_begin(day, period), 0)
        day += timedelta(days=1)
    for day, number in figures.items():
        sums[_begin(day, period)] += number
    return [Point(_named(day, period), number) for day, number in sums.items()]


def _period(days: int) -> str:
    if days < MOST_COLUMNS:
        return DAY
    return WEEK if days < MOST_COLUMNS * 7 else MONTH


def _begin(day: date, period: str) -> date:
    if period == MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if period == WEEK else day


def _named(day: date, period: str) -> str:
    if period == MONTH:
        return date_format(day, "YEAR_MONTH_FORMAT")
    text = date_format(day, "SHORT_DATE_FORMAT")
    return _("week from %(date)s") % {"date": text} if period == WEEK else text


def top_of_scale(highest: int) -> int:
    """A round number that is not below: 1, 2, 5, 10, 20, 50 …"""
    size = 1
    while True:
        for step in STEPS:
            if step * size >= highest:
                return step * size
        size *= 10


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


class Columns(Component):
    """Figures over time. In languages written from right to left, time runs that way, too."""

    template_name = "campaigns/admin/columns_chart.html"

    def __init__(self, title: str, points: Iterable[Point], name: str = "chart"):
        self.title, self.points, self.name = title, [*points], name

    def get_context_data(self, parent_context):
        top = top_of_scale(max((point.value for point in self.points), default=0))
        return {
            "chart": self,
            "columns": self._columns(top),
            "lines": [(self._height(value, top), value) for value in ((0, top) if top == 1 else (0, top // 2, top))],
            "total": sum(point.value for point in self.points),
            "size": (WIDTH, HEIGHT),
            "begins": WIDTH if get_language_bidi() else 0,
            "ends": 0 if get_language_bidi() else WIDTH,
            "foot": HEIGHT - 6,
        }

    def _columns(self, top: int) -> list[Column]:
        step = (WIDTH - MARGIN) / max(len(self.points), 1)
        return [self._column(place, point, step, top) for place, point in enumerate(self.points)]

    def _column(self, place: int, point: Point, step: float, top: int) -> Column:
        x = MARGIN + place * step
        if get_language_bidi():
            x = WIDTH - x - step
        y = self._height(point.value, top)
        return Column(
            round(x + step * 0.1, 2), y, round(step * 0.8, 2), round(HEIGHT - FOOT - y, 2), point.label, point.value
        )

    def _height(self, value: int, top: int) -> float:
        return round((HEIGHT - FOOT) * (1 - 0.92 * value / top), 2)


class Shares(Component):
    """How a number divides into parts, the largest first: a table with a bar in each line."""

    template_name = "campaigns/admin/shares_chart.html"

    def __init__(self, title: str, parts: Iterable[tuple[str, int]], first_column: str):
        self.title, self.first_column = title, first_column
        self.parts = sorted((part for part in parts if part[1]), key=lambda part: -part[1])

    def get_context_data(self, parent_context):
        total = sum(number for _label, number in self.parts)
        return {
            "chart": self,
            "rows": [(label, number, round(100 * number / total)) for label, number in self.parts],
            "total": total,
        }
