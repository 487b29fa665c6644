"""Brings checked rows into the directory: in short batches, each marked as applied in its own transaction.

Whoever is killed in the middle leaves whole batches behind; the next one goes on after the last of them.
"""

import time
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.signal_handlers import disable_reference_index_auto_update

from core import statistics
from organisations.member_list import changing_together, leases
from organisations.member_list.changing import Conflict, change, history
from organisations.member_list.columns import BY_NAME
from organisations.member_list.creating import New, create
from organisations.member_list.problems import Wrong
from organisations.member_list.words import Words
from organisations.models import ImportRow, MemberImport, OrganisationPage

BATCH, LEAST = 40, 5  # rows; what is done once a batch costs as much as a few rows
SECONDS = 0.5  # a batch ends after so long, too: nobody else can write on SQLite while it lasts
TURN, PAUSE = 0.8, 0.12  # after so many seconds of work others get so many; who waits for SQLite looks every 0.1 s
REFUSALS = (Conflict, ValidationError, Wrong, DatabaseError)
TO_APPLY = (ImportRow.NEW, ImportRow.CHANGED)


def ready(imports: QuerySet) -> QuerySet:
    """Those with something to apply: one error anywhere, and nothing is applied."""
    rows = ImportRow.objects.filter(member_import=OuterRef("pk"))
    return imports.filter(
        Exists(rows.filter(outcome__in=TO_APPLY, applied_at=None)),
        ~Exists(rows.filter(outcome=ImportRow.ERROR)),
        state=MemberImport.CHECKED,
    )


def may_be_applied(member_import: MemberImport) -> bool:
    return ready(MemberImport.objects.filter(pk=member_import.pk)).exists()


def rows_to_apply(member_import: MemberImport) -> QuerySet:
    return member_import.rows.filter(outcome__in=TO_APPLY, applied_at=None)


@transaction.atomic
def begin(member_import: MemberImport) -> bool:
    """Whether it may be applied and nobody else has begun: from now on it is on its way."""
    locked = MemberImport.objects.select_for_update().defer("content").get(pk=member_import.pk)
    if not may_be_applied(locked):
        return False
    locked.state, locked.done, locked.total = MemberImport.APPLYING, 0, rows_to_apply(locked).count()
    locked.lease_until = leases.waiting()
    locked.save(update_fields=["state", "done", "total", "lease_until"])
    return True


def apply(pk: int, pause: Callable[[float], None] = time.sleep) -> None:
    """Until all rows are applied, or somebody cancels. The caller holds the lease."""
    words = Words(MemberImport.objects.select_related("network").defer("content").get(pk=pk).network)
    size, turn = BATCH, time.monotonic()
    with disable_reference_index_auto_update():  # the columns hold no reference that it knows
        while True:
            began = time.monotonic()
            if not _apply_batch(pk, words, size):
                statistics.renew()
                return
            now = time.monotonic()
            # A busy machine gets smaller batches.
            size = max(LEAST, size // 2) if now - began > SECONDS else min(BATCH, size * 2)
            is_their_turn = now - turn > TURN
            pause(PAUSE if is_their_turn else 0)
            turn = time.monotonic() if is_their_turn else turn


@transaction.atomic
def _apply_batch(pk: int, words: Words, size: int) -> bool:
    """Whether there may be more to do."""
    locked = MemberImport.objects.select_for_update().defer("content").get(pk=pk)
    if locked.state != MemberImport.APPLYING:
        return False
    rows = rows_to_apply(locked).select_related("member_import__uploaded_by").defer("member_import__content")
    done = _apply_rows([*rows.order_by("number")[:size]], words)
    _save(done)
    locked.done = F("done") + len(done)
    locked.lease_until = leases.working()
    if not done:
        locked.state, locked.finished_at, locked.lease_until = MemberImport.DONE, timezone.now(), None
    locked.save(update_fields=["done", "lease_until", "state", "finished_at"])
    return bool(done)


def _save(rows: list[ImportRow]) -> None:
    for fields, outcomes in (
        (["applied_at", "organisation"], TO_APPLY),
        (["outcome", "errors"], (ImportRow.CONFLICT,)),
    ):
        ImportRow.objects.bulk_update([row for row in rows if row.outcome in outcomes], fields)


def _apply_rows(rows: list[ImportRow], words: Words) -> list[ImportRow]:
    """Those that were dealt with: all that go together, and as many others as there is time for."""
    until = time.monotonic() + SECONDS
    changed = [row for row in rows if row.outcome == ImportRow.CHANGED]
    # Before the others: it takes hold of pages, and who publishes one has hold of it before the directory is counted.
    together = _change_together(changed, words)
    new = [row for row in rows if row.outcome == ImportRow.NEW]
    _add(new, words)
    for row in changed:
        if row not in together and time.monotonic() < until:
            _change(row, words)
            together.append(row)
    return new + together


def _change_together(rows: list[ImportRow], words: Words) -> list[ImportRow]:
    """Those that were dealt with; none where the database refuses, because it does not tell which is to blame."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            outcomes = changing_together.change(
                [(row, partial(_values, row, words)) for row in rows], words, rows[0].member_import.uploaded_by
            )
    except DatabaseError:
        return []
    for row, error in outcomes.items():
        if error:
            _refuse(row, error)
        else:
            row.applied_at = timezone.now()
    return [*outcomes]


def _change(row: ImportRow, words: Words) -> None:
    """A row that cannot be applied any more becomes a conflict, and nothing of it is applied."""
    try:
        with transaction.atomic():
            change(row, _values(row, words), words, row.member_import.uploaded_by)
        row.applied_at = timezone.now()
    except REFUSALS as error:
        _refuse(row, error)


def _add(rows: list[ImportRow], words: Words) -> None:
    numbers = [row.values["member_number"] for row in rows]
    taken = {*OrganisationPage.objects.filter(member_number__in=numbers).values_list("member_number", flat=True)}
    batch = []
    for row in rows:
        try:
            if row.values["member_number"] in taken:
                raise Conflict({"member_number": _("An organisation with this number has been added meanwhile.")})
            values = _values(row, words)
            batch.append((row, New(values, history(row, values))))
        except REFUSALS as error:
            _refuse(row, error)
    _create(batch)


def _create(batch: list[tuple[ImportRow, New]]) -> None:
    """Together; where that fails, one by one, to tell who is to blame."""
    if not batch:
        return
    try:
        with transaction.atomic():
            create([new for _row, new in batch], batch[0][0].member_import.uploaded_by)
    except REFUSALS as error:
        if len(batch) == 1:
            _refuse(batch[0][0], error)
        else:
            for one in batch:
                _create([one])
        return
    for row, new in batch:
        row.organisation, row.applied_at = new.page, timezone.now()


def _values(row: ImportRow, words: Words) -> dict:
    return {name: BY_NAME[name].parse(text, words) for name, text in row.values.items()}


def _refuse(row: ImportRow, error: Exception) -> None:
    match error:
        case Conflict():
            reasons = error.columns
        case ValidationError():
            reasons = {"": " ".join(error.messages)}
        case Wrong():
            reasons = {"": str(error)}
        case _:
            reasons = {"": _("The database refused this row: somebody else has just written something like it.")}
    row.outcome, row.errors = ImportRow.CONFLICT, reasons
