"""The board as a table for spreadsheets: one line for each text in each language."""

import csv
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from core.spreadsheets import harmless
from translations.board.questions import name_of, name_of_person
from translations.board.table import Board, Place, Row


class _Echo:
    def write(self, value: str) -> str:
        return value


def lines(board: Board) -> Iterator[str]:
    """Encoded as spreadsheet programs expect it: they take a file without the mark for something else than UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow([harmless(name) for name in _head()])
    for row in board.rows:
        for place in board.places(row):
            if board.fits(row, place.locale):
                yield writer.writerow([harmless(str(value)) for value in _values(board, row, place)])


def _head() -> list[str]:
    return [
        _("Type"),
        _("German title"),
        _("Address"),
        _("Language"),
        _("Status"),
        _("Texts"),
        _("Missing texts"),
        _("Outdated since"),
        _("Assigned to"),
        _("Due"),
        _("Urgent"),
        _("Wanted by readers"),
    ]


def _values(board: Board, row: Row, place: Place) -> list:
    cell, given = place.cell, place.assignment
    kind = ContentType.objects.get_for_id(row.type_id).name if row.type_id else board.question.model._meta.verbose_name
    who = (given.person and name_of_person(given.person)) or (given.group and given.group.name) if given else ""
    return [
        kind,
        row.title,
        row.url_path,
        name_of(place.locale),
        cell.state.label,
        cell.total,
        cell.missing,
        f"{timezone.localtime(cell.since):%Y-%m-%d}" if cell.since else "",
        who or "",
        given.due.isoformat() if given and given.due else "",
        _("yes") if given and given.is_urgent else "",
        place.demand,
    ]
