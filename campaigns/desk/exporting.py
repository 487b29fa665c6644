"""Lists of people as a file. Confirmed rows only; who took what, and how much, is written down first.

A few thousand rows are answered at once. More are written by the task worker, row by row, and wait for a day where only
whoever asked can fetch them; a worker that was killed begins anew.
"""

import io
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import messages

from campaigns.models import Export
from core import leases
from core.languages import preferred_language
from core.spreadsheets import CSV, MOST_ROWS, TYPES, as_csv, as_xlsx, cell

logger = logging.getLogger(__name__)

AT_ONCE = 2_000
CHUNK = 1_000
FOLDER = "exports"


@dataclass(frozen=True)
class ExportColumn:
    heading: str
    value: Callable[[Model], object]


def text_of(value: object) -> str:
    """A cell. Times are local, without a zone; what is nothing is empty."""
    if isinstance(value, datetime):
        value = f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    elif isinstance(value, bool):
        value = _("yes") if value else ""
    return cell(value)


def table(rows: QuerySet, columns: list[ExportColumn]) -> Iterator[list[str]]:
    """Asked for in pieces by their keys: a million rows need no more memory than a thousand, on any database."""
    yield [text_of(column.heading) for column in columns]
    last, rows = 0, rows.order_by("pk")
    while piece := [*rows.filter(pk__gt=last)[:CHUNK]]:
        for row in piece:
            yield [text_of(column.value(row)) for column in columns]
        last = piece[-1].pk


def answer(request: HttpRequest, viewset, rows: QuerySet, narrowed: str) -> HttpResponse:
    """The file, or the list of exports where it will be waiting."""
    kind = request.GET["export"]
    count = rows.count()
    if count > MOST_ROWS.get(kind, count):
        messages.error(request, _("An Excel sheet holds about a million rows. Please take CSV, or narrow the list."))
        return redirect(request.path)
    log = Export(user=request.user, kind=viewset.name, narrowed=narrowed[:255], format=kind, rows=count)
    if count > AT_ONCE:
        log.question = request.GET.urlencode()
        log.save()
        put_in_queue(log)
        messages.success(request, _("The file is being written. You find it here as soon as it is done."))
        return redirect("campaign_exports:index")
    log.state = Export.DONE
    log.save()
    lines, file = table(rows, viewset.export_columns), io.BytesIO()
    if kind == CSV:
        file.writelines(as_csv(lines))
    else:
        as_xlsx(lines, file, str(viewset.menu_label))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(log), content_type=TYPES[kind])


def file_name(log: Export) -> str:
    return f"{log.kind}-{timezone.localtime(log.created_at):%Y-%m-%d}.{log.format}"


def unfinished() -> QuerySet:
    return Export.objects.filter(state=Export.RUNNING)


def put_in_queue(log: Export) -> None:
    from campaigns.desk.tasks import write_export

    if ticket := leases.ticket_to_queue(log):
        write_export.enqueue(log.pk, ticket.isoformat())


def write(pk: int, ticket: datetime | None = None) -> None:
    """Write the file, with the rights its owner has now."""
    log = leases.take(unfinished(), pk, ticket)
    if log is None:
        return
    try:
        with override(preferred_language(log.user) if log.user else None):
            file = _written(log)
    except Exception:
        logger.exception("Export %s failed", pk)
        unfinished().filter(pk=pk).update(state=Export.FAILED, question="", lease_until=None)
        return
    if not unfinished().filter(pk=pk).update(state=Export.DONE, file=file, question="", rows=log.rows):
        default_storage.delete(file)


def forget_files(exports: QuerySet[Export]) -> int:
    """Whose they were may ask for them anew. What was written down of them stays."""
    waiting = [*exports.exclude(file="")]
    exports.filter(pk__in=[export.pk for export in waiting]).update(file="")
    for export in waiting:
        # Where the storage does not answer, nobody else shall wait for it: see `delete_unnamed_files`.
        transaction.on_commit(partial(default_storage.delete, export.file), robust=True)
    return len(waiting)


def delete_unnamed_files(before: datetime) -> None:
    """What no row names: the storage did not answer, or a worker was killed between file and row."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nobody has exported that much
        return
    named = {*Export.objects.exclude(file="").values_list("file", flat=True)}
    for path in {f"{FOLDER}/{name}" for name in names} - named:
        if default_storage.get_modified_time(path) < before:
            default_storage.delete(path)


def _written(log: Export) -> str:
    viewset, rows = _asked_again(log)
    lines = _counted(log, table(rows, viewset.export_columns))
    with tempfile.TemporaryFile() as file:
        if log.format == CSV:
            file.writelines(as_csv(lines))
        else:
            as_xlsx(lines, file, str(viewset.menu_label))
        file.seek(0)
        return default_storage.save(f"{FOLDER}/{get_random_string(32)}.{log.format}", File(file))


def _asked_again(log: Export):
    from campaigns.desk.group import viewset_named

    request = HttpRequest()
    request.method, request.GET, request.user = "GET", QueryDict(log.question), log.user
    viewset = viewset_named(log.kind)
    return viewset, viewset.to_export(viewset.asked_for(request))


def _counted(log: Export, lines: Iterator[list[str]]) -> Iterator[list[str]]:
    """Rows may have come and gone since somebody asked. Shows others that somebody is at work, too."""
    for number, line in enumerate(lines):
        log.rows = number
        if number % CHUNK == 0:
            leases.renew(unfinished(), log.pk)
        yield line
