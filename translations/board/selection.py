"""Which cells somebody has chosen on the board: rows times languages, or everything that fits the question."""

from functools import cached_property
from uuid import UUID

from django.http import QueryDict
from wagtail.models import Locale

from translations.board.questions import Question
from translations.board.table import Board, Row
from translations.states import Cell


class Selection:
    def __init__(self, data: QueryDict, question: Question):
        self.board, self.question = Board(question), question
        self.is_everything = "everything" in data
        self.keys = {key for text in data.getlist("row") if (key := _key(text))}
        self.languages = set(data.getlist("language"))

    @cached_property
    def locales(self) -> list[Locale]:
        return [locale for locale in self.question.columns if locale.language_code in self.languages]

    @cached_property
    def rows(self) -> list[Row]:
        """Only of those that the user sees; with everything, only cells that fit."""
        return [row for row in self.board.rows if self.is_everything or row.key in self.keys]

    @cached_property
    def cells(self) -> list[tuple[Row, Locale, Cell]]:
        return [
            (row, locale, self.board.cell(row, locale))
            for row in self.rows
            for locale in self.locales
            if not self.is_everything or self.board.fits(row, locale)
        ]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
