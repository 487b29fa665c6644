"""When readers are deleted who have not left themselves: see docs/data-protection.md."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Subscriber
from campaigns.newsletter.subscribing import leave

AFTER_STOP = timedelta(days=183)


def forget_dead_mailboxes() -> int:
    """Those that refused us so often that we stopped, half a year ago."""
    return sum(map(leave, Subscriber.objects.stopped().filter(stopped_at__lt=timezone.now() - AFTER_STOP)))
