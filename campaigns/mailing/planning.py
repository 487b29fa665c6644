"""What people do with a mailing: order it, take it back, pause it, go on, cancel it. Each is one statement."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns.mailing import running
from campaigns.models import Mailing

State = Mailing.State


@transaction.atomic
def plan(kind: str, about: int, title: str, user, send_at: datetime | None = None) -> Mailing | None:
    """None where it has been ordered before."""
    values = {"title": title[:255], "started_by": user, "send_at": send_at or timezone.now()}
    mailing, created = Mailing.objects.get_or_create(kind=kind, about=about, defaults=values)
    if not created:
        return None
    _work_on(mailing)
    return mailing


@transaction.atomic
def take_back(mailing: Mailing) -> bool:
    """As if it had never been ordered; False where the texts are fixed already."""
    unwritten = Mailing.objects.select_for_update().filter(state__in=(State.PLANNED, State.PAUSED), written_at=None)
    row = unwritten.filter(pk=mailing.pk).first()
    return bool(row and row.delete())


def pause(mailing: Mailing) -> bool:
    """Holds from the next mail on."""
    return bool(Mailing.objects.filter(pk=mailing.pk, state=State.RUNNING).update(state=State.PAUSED))


@transaction.atomic
def go_on(mailing: Mailing) -> bool:
    """After a pause, or before the next attempt is due."""
    unfinished = Mailing.objects.filter(pk=mailing.pk, state__in=(State.PAUSED, State.RUNNING))
    troubled = unfinished.exclude(state=State.RUNNING, trouble="")
    if not troubled.update(state=State.RUNNING, failures=0, trouble="", answer="", lease_until=None):
        return False
    mailing.deliveries.waiting().filter(attempts__gt=0).update(not_before=timezone.now())
    mailing.refresh_from_db()
    _work_on(mailing)
    return True


def cancel(mailing: Mailing) -> bool:
    """Whoever has the mail keeps it; nobody else gets it."""
    unfinished = Mailing.objects.filter(pk=mailing.pk).exclude(state__in=(State.DONE, State.CANCELLED))
    return bool(unfinished.update(state=State.CANCELLED, finished_at=timezone.now(), lease_until=None, trouble=""))


def _work_on(mailing: Mailing) -> None:
    if mailing.send_at <= timezone.now():
        transaction.on_commit(lambda: running.put_in_queue(mailing), robust=True)
