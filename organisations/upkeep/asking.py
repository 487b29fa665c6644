""" "Send me my link": whoever asks learns nothing, the mailbox gets a link if it is the one the office has noted."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisations.models import ProfileLink
from organisations.upkeep.links import page_of, send_link
from organisations.upkeep.record import locked_record

PAUSE = timedelta(days=1)
PER_ADDRESS = 3  # in that time, for all organisations together


@transaction.atomic
def send_link_if_known(key: str, email: str) -> bool:
    """Called by a task, so that the answer to the visitor is the same in time, too."""
    page = page_of(key)
    if page is None or page.status == page.CLOSED:
        return False
    record = locked_record(page)
    if not record.email or record.email.casefold() != email.strip().casefold():
        return False
    asked = ProfileLink.objects.filter(reason=ProfileLink.REQUESTED, created_at__gt=timezone.now() - PAUSE)
    if asked.filter(organisation=page).exists():
        return False
    if asked.filter(organisation__record__email__iexact=record.email).count() >= PER_ADDRESS:
        return False
    return send_link(page, ProfileLink.REQUESTED)
