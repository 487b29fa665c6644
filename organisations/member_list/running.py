"""The way of an import: received, checked, applied, finished or cancelled. Each step may be interrupted."""

import zlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.languages import preferred_language
from organisations.member_list import applying, leases
from organisations.member_list.checking import Check, checked_rows, same_number
from organisations.member_list.problems import Refused
from organisations.member_list.reading import MAX_BYTES
from organisations.member_list.table import Table, find
from organisations.models import ImportRow, MemberImport, NetworkPage

AT_ONCE = 300  # rows that may be worked on while somebody waits for the page
SMALL = 300 * 1024  # bytes that may be read for it
CHUNK = 500  # rows that are deleted in one go
IGNORED = 20


def receive(name: str, content: bytes, network: NetworkPage | None, user) -> MemberImport:
    # Compressed, because a database driver holds several copies of what it is given.
    packed = zlib.compress(content, 1)
    member_import = MemberImport.objects.create(
        file_name=name[-200:], content=packed, network=network, uploaded_by=user, lease_until=leases.waiting()
    )
    del member_import.content  # fetched again where it is read: whoever keeps the import need not keep the file
    return member_import


def is_short(name: str, content: bytes) -> bool:
    """Whether the check is quick enough for a request. What is refused is refused at once."""
    if len(content) > SMALL:
        return False
    try:
        return find(name, content).total <= AT_ONCE
    except Refused:
        return True


def work_on(pk: int, ticket: datetime | None = None) -> None:
    """Does what is to be done next, unless somebody else is at it."""
    member_import = leases.take(pk, ticket)
    if member_import is None:
        return
    with override(preferred_language(member_import.uploaded_by)):
        if member_import.state == MemberImport.CHECKING:
            _check(member_import)
        else:
            applying.apply(pk)


def cancel(pk: int) -> bool:
    """Whether there was something to cancel. What is applied stays; a batch that is under way is finished first."""
    unfinished = MemberImport.objects.filter(pk=pk, state__in=(*leases.UNFINISHED, MemberImport.CHECKED))
    return bool(
        unfinished.update(state=MemberImport.CANCELLED, finished_at=timezone.now(), lease_until=None, content=b"")
    )


def _check(member_import: MemberImport) -> None:
    """From the beginning, even if somebody was interrupted in it."""
    delete_rows(member_import)
    try:
        table = find(member_import.file_name, _unpacked(member_import))
        if not leases.renew(member_import.pk, total=table.total, done=0):
            return
        if _save_rows(member_import, table):
            _finish_check(member_import, _notes(table))
    except Refused as refused:
        delete_rows(member_import)
        _close(member_import, MemberImport.FAILED, str(refused), finished_at=timezone.now())


def _unpacked(member_import: MemberImport) -> bytes:
    try:
        # Room for all of it at once: a buffer that grows is in memory twice.
        return zlib.decompress(member_import.content, bufsize=MAX_BYTES)
    except zlib.error as error:  # nothing that `receive` has stored
        raise Refused(_("This file is not plain text. Save it as .xlsx or as .csv in UTF-8 and retry.")) from error


def _save_rows(member_import: MemberImport, table: Table) -> bool:
    check, done = Check(table, member_import.network), 0
    for rows in checked_rows(check):
        for row in rows:
            row.member_import = member_import
        done += len(rows)
        with transaction.atomic():
            ImportRow.objects.bulk_create(rows)
            if not leases.renew(member_import.pk, done=done):
                return False
    if not done:
        raise Refused(_("There are no rows below the header."))
    _mark_first_of_twins(member_import, check.twice)
    return True


def _mark_first_of_twins(member_import: MemberImport, twice: dict[int, int]) -> None:
    numbers = [*twice]
    for start in range(0, len(numbers), CHUNK):
        rows = [*member_import.rows.filter(number__in=numbers[start : start + CHUNK])]
        for row in rows:
            row.outcome, row.values = ImportRow.ERROR, {}
            row.errors.setdefault("member_number", same_number(twice[row.number]))
        ImportRow.objects.bulk_update(rows, ["outcome", "values", "errors"], batch_size=100)


def _notes(table: Table) -> str:
    if not table.ignored:
        return ""
    names = ", ".join(f"“{name[:40]}”" for name in table.ignored[:IGNORED])
    count = len(table.ignored)
    return ngettext(
        "A column is unknown here and was ignored: %(names)s.",
        "%(count)d columns are unknown here and were ignored: %(names)s.",
        count,
    ) % {
        "count": count,
        "names": names,
    }


def _finish_check(member_import: MemberImport, message: str) -> None:
    _close(member_import, MemberImport.CHECKED, message)


def _close(member_import: MemberImport, state: str, message: str, **values) -> None:
    """The file has served its purpose."""
    MemberImport.objects.filter(pk=member_import.pk, state=MemberImport.CHECKING).update(
        state=state, message=message, content=b"", lease_until=None, **values
    )


def delete_rows(member_import: MemberImport) -> None:
    """In short transactions, because thousands at once would keep others from writing."""
    while keys := [*member_import.rows.values_list("pk", flat=True)[:CHUNK]]:
        ImportRow.objects.filter(pk__in=keys).delete()
