"""Links that work for as long as somebody is a reader.

A link is the reader's keyed address, which is in the database, with our signature, which is nowhere: whoever reads the
database can use no link, and no row is needed for each mail sent. So the link in an issue two years old works, also
for somebody who has left and come back meanwhile.

`address(subscriber)` stands in the head of every issue, too: mail programs unsubscribe by it, bounces are attributed by it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from campaigns.models import KeptOut, Subscriber

_signer = Signer(sep=".", salt="campaigns.newsletter.unsubscribing")


@dataclass(frozen=True)
class Reader:
    """Whose link it is; no `subscriber` where they have left, or never were one."""

    keyed: str
    subscriber: Subscriber | None

    @property
    def is_kept_out(self) -> bool:
        return KeptOut.objects.filter(page=None, address=self.keyed).exists()


def token(subscriber: Subscriber) -> str:
    return _signer.sign(subscriber.keyed)


def find(token: str) -> Reader | None:
    """None where the link is damaged. Changes nothing."""
    try:
        keyed = _signer.unsign(token)
    except BadSignature:
        return None
    return Reader(keyed, Subscriber.objects.confirmed().filter(keyed=keyed).first())


def address(subscriber: Subscriber) -> str:
    """Where a post unsubscribes, with one click of a mail program or of a button."""
    return settings.BASE_URL + _path("unsubscribe", subscriber)


def preferences_address(subscriber: Subscriber) -> str:
    """Where readers choose language and topics."""
    return settings.BASE_URL + preferences_path(subscriber)


def preferences_path(subscriber: Subscriber) -> str:
    return _path("newsletter_preferences", subscriber)


def _path(name: str, subscriber: Subscriber) -> str:
    with override(subscriber.language):
        return reverse(f"campaigns:{name}", args=[token(subscriber)])
