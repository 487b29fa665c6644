"""Links by mail to those who signed. Looking changes nothing, mail scanners look; only a button acts."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.models import SignUp, SignUpLink
from core.tokens import Tokens

LIFETIME = timedelta(hours=48)

# Why a link cannot be used.
DAMAGED, UNKNOWN, EXPIRED, GONE = "damaged", "unknown", "expired", "gone"

_tokens = Tokens("campaigns.taking_part.links")


@dataclass(frozen=True)
class Found:
    """What a link leads to; `refusal` says why it cannot be used."""

    refusal: str = ""
    sign_up: SignUp | None = None


def make(sign_up: SignUp) -> str:
    """The address of a new link, which is written down nowhere else."""
    token, digest = _tokens.new()
    SignUpLink.objects.create(sign_up=sign_up, token_hash=digest, expires_at=timezone.now() + LIFETIME)
    return address(sign_up, token)


def address(sign_up: SignUp, token: str) -> str:
    with override(sign_up.language):
        return settings.BASE_URL + reverse("campaigns:sign_up_link", args=[sign_up.campaign.slug, token])


def find(slug: str, token: str) -> Found:
    """Changes nothing. A confirmed sign-up can be taken back whatever the age of the link."""
    digest = _tokens.read(token)
    if digest is None:
        return Found(DAMAGED)
    link = SignUpLink.objects.filter(token_hash=digest, sign_up__campaign__slug=slug)
    link = link.select_related("sign_up__campaign").first()
    if link is None:
        return Found(UNKNOWN)
    sign_up = link.sign_up
    if not sign_up.confirmed_at and link.expires_at <= timezone.now():
        return Found(EXPIRED, sign_up)
    if not sign_up.confirmed_at and not sign_up.campaign.takes_sign_ups:
        return Found(GONE, sign_up)
    return Found("", sign_up)
