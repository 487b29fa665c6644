"""Fixing what is sent and to whom. May be interrupted at any point and goes on from there."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from campaigns.mailing.kinds import Kind
from campaigns.models import Delivery, Mailing, MailingText
from core.languages import preferred_language

BATCH = 1000


def missing(mailing: Mailing, kind: Kind) -> str:
    with override(preferred_language(mailing.started_by)):
        return kind.obstacle(mailing)


@transaction.atomic
def write(mailing: Mailing, kind: Kind) -> None:
    """From here on every reader of a language gets the same."""
    mailing.texts.all().delete()
    MailingText.objects.bulk_create(
        MailingText(mailing=mailing, language=text.language, subject=text.subject[:255], text=text.text, html=text.html)
        for text in kind.texts(mailing)
    )
    mailing.written_at = timezone.now()
    mailing.save(update_fields=["written_at"])


def list_readers(mailing: Mailing, kind: Kind, may_go_on: Callable[[], bool]) -> bool:
    """A row for each reader; whether all are there."""
    last = mailing.deliveries.aggregate(last=Max("recipient"))["last"] or 0
    while may_go_on():
        readers = kind.recipients(mailing).filter(pk__gt=last).order_by("pk").values_list("pk", "language")[:BATCH]
        rows = [Delivery(mailing=mailing, recipient=pk, language=language) for pk, language in readers]
        if not rows:
            mailing.prepared_at = timezone.now()
            mailing.save(update_fields=["prepared_at"])
            return True
        # Somebody believed dead may be at it, too: the constraint keeps each reader single.
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        last = rows[-1].recipient
    return False
