"""Work on many items that nobody would wait for, done by the task worker: survives a kill and can be cancelled.

A kind of work is one step, a function of one item and the person who started it:

    @jobs.kind("request")
    def request(item: dict, user) -> str | None:
        ...  # what went wrong with this item, as a text to show; None if nothing did

    job = jobs.start("request", [{"title": "Über uns", "page": 4}, …], user, _("Request translations"))

`item["title"]` names the item where its problem is shown. The step asks for the rights of `user` itself: they may have
changed since the job was started. Modules with steps are imported in `translations.apps`, for the worker's sake.

Each item is done in a transaction of its own, together with the note that it is done: no kill can do one twice. A step
that talks to other machines is registered with `in_transaction=False`; it may be called again for an item in which the
worker was killed.
"""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import leases
from core.languages import preferred_language
from translations.models import Job, JobItem
from translations.rights import is_administrator

logger = logging.getLogger(__name__)

Step = Callable[[dict, object], str | None]

TURN = 20  # seconds of work after which other tasks get their turn
WORK, PAUSE = 0.5, 0.12  # after so many seconds others get so many to write; who waits for SQLite looks every 0.1 s
BATCH = 500


@dataclass(frozen=True)
class Kind:
    step: Step
    in_transaction: bool


KINDS: dict[str, Kind] = {}


def kind(name: str, *, in_transaction: bool = True) -> Callable[[Step], Step]:
    def register(step: Step) -> Step:
        KINDS[name] = Kind(step, in_transaction)
        return step

    return register


def start(name: str, items: Iterable[dict], user, title: str) -> Job:
    if name not in KINDS:
        raise LookupError(f"No such kind of job: {name}")
    with transaction.atomic():
        job = Job.objects.create(kind=name, title=title[:255], started_by=user, lease_until=leases.waiting())
        rows = [JobItem(job=job, number=number, data=data) for number, data in enumerate(items, start=1)]
        JobItem.objects.bulk_create(rows, batch_size=BATCH)
        job.total = len(rows)
        job.save(update_fields=["total"])
    put_in_queue(job)
    job.refresh_from_db()
    return job


def put_in_queue(job: Job) -> None:
    from translations.tasks import work_on_job

    if ticket := leases.ticket_to_queue(job):
        work_on_job.enqueue(job.pk, ticket.isoformat())


def seen_by(user) -> QuerySet:
    return Job.objects.all() if is_administrator(user) else Job.objects.filter(started_by=user.pk)


def unfinished() -> QuerySet:
    return Job.objects.filter(state=Job.RUNNING)


def abandoned() -> QuerySet:
    return leases.abandoned(unfinished())


def cancel(pk: int) -> bool:
    """Whether there was something to cancel. What is done stays; an item that is under way is finished first."""
    return bool(unfinished().filter(pk=pk).update(**_closed(Job.CANCELLED)))


def work_on(pk: int, ticket: datetime | None = None, turn: float = TURN, pause: Callable = time.sleep) -> None:
    """Do items until all are done, somebody cancels, or it is the turn of others."""
    job = leases.take(unfinished(), pk, ticket)
    if job is None:
        return
    began = last_pause = time.monotonic()
    with override(preferred_language(job.started_by)):
        while _do_next(job):
            now = time.monotonic()
            if now - began > turn:
                put_in_queue(job)
                return
            if now - last_pause > WORK:
                pause(PAUSE)
                last_pause = time.monotonic()


def _do_next(job: Job) -> bool:
    """Whether there may be more to do."""
    step, item, lease = KINDS[job.kind], None, job.lease_until
    try:
        with transaction.atomic() if step.in_transaction else nullcontext():
            item = _claim(job)
            if item:
                _finish(item, _problem(step, item, job))
    except OperationalError:
        raise  # the database is busy or gone: whoever takes the job up next tries again
    except Exception:
        logger.exception("Job %s failed at item %s", job.pk, item)
        if item is None:
            raise
        if step.in_transaction:
            job.lease_until = lease  # the new one was rolled back with the rest
        _finish(item, _("Something unexpected happened. The technical staff finds it in the log."))
    return item is not None


@transaction.atomic
def _claim(job: Job) -> JobItem | None:
    """The next item, while the job is still ours. The lock keeps others out until the surrounding transaction ends."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if not locked.is_at_work or locked.lease_until != job.lease_until:
        return None
    item = job.items.filter(done_at=None).order_by("number").first()
    if item is None or not get_user_model().objects.filter(pk=job.started_by_id, is_active=True).exists():
        state = Job.CANCELLED if item else Job.DONE
        unfinished().filter(pk=job.pk).update(**_closed(state))
        return None
    job.lease_until = leases.working()
    job.save(update_fields=["lease_until"])
    return item


def _problem(step: Kind, item: JobItem, job: Job) -> str:
    user = get_user_model().objects.get(pk=job.started_by_id)  # afresh: rights are remembered on it
    try:
        with transaction.atomic() if step.in_transaction else nullcontext():
            return step.step(item.data, user) or ""
    except PermissionDenied as error:
        return str(error) or _("You may not do this.")
    except ValidationError as error:
        return " ".join(error.messages)


@transaction.atomic
def _finish(item: JobItem, problem: str) -> None:
    marked = JobItem.objects.filter(pk=item.pk, done_at=None).update(done_at=timezone.now(), problem=problem)
    Job.objects.filter(pk=item.job_id).update(done=F("done") + marked)


def _closed(state: str) -> dict:
    return {"state": state, "finished_at": timezone.now(), "lease_until": None}
