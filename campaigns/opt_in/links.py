"""Links by mail to those who filled in a form. Looking changes nothing, mail scanners look; only a button acts."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from campaigns.models.opt_in import OptIn, OptInLink
from core.tokens import Tokens

LIFETIME = timedelta(hours=48)

# Why a link cannot be used. EXPIRED and GONE know whose it was; GONE is for the views: what it was for is over.
DAMAGED, UNKNOWN, EXPIRED, GONE = "damaged", "unknown", "expired", "gone"
STATUS = {DAMAGED: 404, UNKNOWN: 404, EXPIRED: 410, GONE: 410}


@dataclass(frozen=True)
class Found:
    """What a link leads to; `refusal` says why it cannot be used."""

    refusal: str = ""
    owner: OptIn | None = None


class Links:
    def __init__(self, model: type[OptInLink], purpose: str, lifetime: timedelta = LIFETIME):
        """`purpose` keeps links of one kind from working as another."""
        self._model, self._tokens, self._lifetime = model, Tokens(purpose), lifetime

    def make(self, owner: OptIn) -> str:
        """The token of a new link, which is written down nowhere else."""
        token, digest = self._tokens.new()
        self._model.objects.create(owner=owner, token_hash=digest, expires_at=timezone.now() + self._lifetime)
        return token

    def find(self, token: str, *related: str, **wanted) -> Found:
        """Changes nothing. `related` are fetched with the owner, `wanted` are further lookups on the link.

        What is confirmed can be taken back whatever the age of the link.
        """
        digest = self._tokens.read(token)
        if digest is None:
            return Found(DAMAGED)
        rows = self._model.objects.select_related("owner", *(f"owner__{name}" for name in related))
        link = rows.filter(token_hash=digest, **wanted).first()
        if link is None:
            return Found(UNKNOWN)
        is_late = not link.owner.confirmed_at and link.expires_at <= timezone.now()
        return Found(EXPIRED if is_late else "", link.owner)
