"""Who was written to is forgotten when nothing can come back any more; how many they were is kept."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.mailing import figures
from campaigns.models import Delivery, Mailing
from campaigns.models.opt_in import OptIn
from core.email_addresses import normalised
from core.retention import LATENESS, in_batches

KEPT_FOR = timedelta(days=14) - LATENESS  # mail servers give up after five days


def forget() -> int:
    """How many deliveries were deleted. Safe to repeat."""
    over = Mailing.objects.over().filter(finished_at__lt=timezone.now() - KEPT_FOR, deliveries__isnull=False)
    return sum(_forget_readers(mailing) for mailing in over.distinct())


def _forget_readers(mailing: Mailing) -> int:
    if not mailing.figures:
        mailing.figures = figures.by_language(mailing)
        mailing.save(update_fields=["figures"])
    mailing.texts.all().delete()
    return in_batches(mailing.deliveries.all())


def to_address(address: str, people: dict[str, type[OptIn]]) -> QuerySet[Delivery]:
    """What was sent to the person behind an address, while they are among the `people` that kinds of mailings go to."""
    wanted = Q(pk=None)
    for kind, model in people.items():
        keys = model.objects.filter(email_key=normalised(address)).values("pk")
        wanted |= Q(mailing__kind=kind, recipient__in=keys)
    return Delivery.objects.filter(wanted)
