"""Letters that a mail server had taken and could not deliver: whose they were stands in their Message-ID, signed."""

import re
from contextlib import suppress

from django.core.signing import BadSignature

from campaigns.mailing.letters import signer
from campaigns.models import Delivery

State = Delivery.State
LOCAL_PART = re.compile(r"\s*<([^@<>\s]+)@")


def delivery_of(message_id: str) -> int | None:
    """None where it is no letter of ours."""
    found = LOCAL_PART.match(message_id)
    with suppress(BadSignature, ValueError):
        return int(signer.unsign(found.group(1))) if found else None
    return None


def note(delivery: int) -> bool:
    """So that the figures of the mailing tell taken from delivered."""
    rows = Delivery.objects.filter(pk=delivery, state__in=(State.SENT, State.UNKNOWN))
    return bool(rows.update(state=State.BOUNCED))
