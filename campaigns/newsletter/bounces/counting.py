"""How often a reader's mailbox has refused us, and when we stop. A reader who confirms anew starts from nothing."""

from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.utils import timezone

from campaigns.models import Subscriber


class Refusal(Enum):
    FOR_GOOD = "hard_bounces"  # there is no such mailbox
    FOR_NOW = "soft_bounces"  # full, switched off for a while, not reached


MOST = {Refusal.FOR_GOOD: 2, Refusal.FOR_NOW: 5}
# One issue may come back with several reports, and somebody may forge some: one a day counts.
BETWEEN = timedelta(hours=20)
FORGOTTEN_AFTER = timedelta(days=180)


def refused(pk: int) -> None:
    """The mail server has said while we were sending that there is no such mailbox."""
    count(pk, Refusal.FOR_GOOD)


@transaction.atomic
def count(pk: int, refusal: Refusal) -> bool:
    """Whether it counted."""
    subscriber = Subscriber.objects.select_for_update().filter(pk=pk, stopped_at=None).first()
    now = timezone.now()
    last = subscriber and subscriber.bounced_at
    if subscriber is None or (last and last > now - BETWEEN):
        return False
    if last and last < now - FORGOTTEN_AFTER:
        subscriber.hard_bounces = subscriber.soft_bounces = 0
    number = getattr(subscriber, refusal.value) + 1
    setattr(subscriber, refusal.value, number)
    subscriber.bounced_at = now
    if number >= MOST[refusal]:
        subscriber.stopped_at = now
    subscriber.save(update_fields=["hard_bounces", "soft_bounces", "bounced_at", "stopped_at"])
    return True
