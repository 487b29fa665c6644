"""Who is at a mailing: taken from the queue, worked on for some seconds, put back, left alone, finished."""

import logging
import time
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from campaigns.mailing import preparing, sending
from campaigns.mailing.kinds import Kind, kind_of
from campaigns.models import Mailing
from core import leases

logger = logging.getLogger(__name__)

State, Trouble = Mailing.State, Mailing.Trouble

TURN = 10  # seconds of work after which other tasks get their turn
RENEW = 10  # seconds after which a lease is made longer
# How long the mail server is left alone after each failure; after the last one somebody has to look.
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]


def put_in_queue(mailing: Mailing) -> None:
    from campaigns.mailing.tasks import work_on_mailing

    if ticket := leases.ticket_to_queue(mailing):
        work_on_mailing.enqueue(mailing.pk, ticket.isoformat())


def put_due_in_queue() -> int:
    """Those whose time has come, whose worker died, whose server was left alone long enough."""
    due = [*Mailing.objects.due()]
    for mailing in due:
        put_in_queue(mailing)
    return len(due)


class Hold:
    """Our lease on a mailing. Whoever has lost it to another worker stops; so does whoever's turn is over."""

    def __init__(self, mailing: Mailing, turn: float):
        self.mailing, self.until = mailing, time.monotonic() + turn
        self.is_lost, self._renewed = False, time.monotonic()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def may_go_on(self) -> bool:
        if time.monotonic() - self._renewed > RENEW:
            self._renew()
        return not self.is_lost and not self.is_over

    def _renew(self) -> None:
        lease = leases.working()
        self.is_lost = not self.ours.update(lease_until=lease)
        self.mailing.lease_until, self._renewed = lease, time.monotonic()

    @property
    def ours(self):
        return Mailing.objects.filter(pk=self.mailing.pk, state=State.RUNNING, lease_until=self.mailing.lease_until)


def work_on(pk: int, ticket: datetime | None = None, turn: float = TURN) -> None:
    mailing = leases.take(Mailing.objects.unfinished(), pk, ticket)
    if mailing is None:
        return
    if not Mailing.objects.unfinished().filter(pk=pk).update(state=State.RUNNING):
        return  # taken back or paused at this moment
    hold, kind = Hold(mailing, turn), kind_of(mailing)
    try:
        if _is_prepared(mailing, kind, hold):
            sending.settle(mailing)
            sending.Round(mailing, kind, hold.may_go_on).run()
            _end(hold)
        elif hold.is_over:
            _back_to_the_queue(hold)
    except sending.ServerTroubleError as trouble:
        _leave_alone(hold, str(trouble))
    except sending.RefusesEverybodyError as trouble:
        _stop(hold, Trouble.REFUSALS, str(trouble))
    except DatabaseError:
        raise  # nothing can be written down now; whoever takes it up next tries again
    except Exception:
        logger.exception("Mailing %s failed", pk)
        _leave_alone(hold, "", Trouble.UNEXPECTED)


def _is_prepared(mailing: Mailing, kind: Kind, hold: Hold) -> bool:
    if not mailing.written_at:
        if missing := preparing.missing(mailing, kind):
            _stop(hold, Trouble.CONTENT, missing)
            return False
        preparing.write(mailing, kind)
    return bool(mailing.prepared_at) or preparing.list_readers(mailing, kind, hold.may_go_on)


def _end(hold: Hold) -> None:
    """Of this turn: others go on, the last readers wait for their time, or all is done."""
    waiting = hold.mailing.deliveries.waiting().order_by("not_before").first()
    if waiting is None:
        hold.ours.update(state=State.DONE, finished_at=timezone.now(), lease_until=None)
    elif waiting.not_before <= timezone.now():
        _back_to_the_queue(hold)
    else:
        hold.ours.update(lease_until=waiting.not_before)


def _back_to_the_queue(hold: Hold) -> None:
    """Unless somebody has paused it, or another worker has it."""
    if hold.ours.exists():
        put_in_queue(hold.mailing)


def _leave_alone(hold: Hold, answer: str, trouble: Trouble = Trouble.SERVER) -> None:
    failures = hold.mailing.failures
    if failures >= len(WAITS):
        _stop(hold, trouble, answer)
        return
    later = timezone.now() + WAITS[failures]
    hold.ours.update(failures=failures + 1, trouble=trouble, answer=answer, lease_until=later)
    logger.warning("Mailing %s waits (%s): %s", hold.mailing.pk, trouble, answer)


def _stop(hold: Hold, trouble: Trouble, answer: str) -> None:
    hold.ours.update(state=State.PAUSED, trouble=trouble, answer=answer[:300], lease_until=None)
    logger.error("Mailing %s was paused (%s): %s", hold.mailing.pk, trouble, answer)
