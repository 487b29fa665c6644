"""What is deleted when: see docs/data-protection.md."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.models import MailSent, SignUp, SignUpLink

UNCONFIRMED = timedelta(days=7)
AFTER_HAND_OVER = timedelta(days=183)
CHUNK = 500


def purge() -> dict[str, int]:
    """Delete what is over its time, in short batches; how many of what. Safe to repeat."""
    now = timezone.now()
    handed_over = timezone.localdate(now) - AFTER_HAND_OVER
    return {
        "unconfirmed": _delete(SignUp.objects.pending().filter(requested_at__lt=now - UNCONFIRMED)),
        "handed_over": _delete(SignUp.objects.filter(campaign__handed_over_on__lt=handed_over)),
        "links": _delete(SignUpLink.objects.filter(expires_at__lt=now - UNCONFIRMED, owner__confirmed_at=None)),
        "mails": _delete(MailSent.objects.filter(sent_at__lt=now - timedelta(days=1))),
    }


def _delete(rows: QuerySet) -> int:
    """Numbers stay what they were: a tally does not shrink because signatures have done their work."""
    deleted = 0
    while keys := [*rows.values_list("pk", flat=True)[:CHUNK]]:
        rows.model.objects.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted
