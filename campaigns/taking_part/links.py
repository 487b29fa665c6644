"""Links by mail to those who signed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from campaigns.models import SignUp, SignUpLink
from campaigns.opt_in.links import GONE, Found, Links

_links = Links(SignUpLink, "campaigns.taking_part.links")


def make(sign_up: SignUp) -> str:
    """The address of a new link."""
    return address(sign_up, _links.make(sign_up))


def address(sign_up: SignUp, token: str) -> str:
    with override(sign_up.language):
        return settings.BASE_URL + reverse("campaigns:sign_up_link", args=[sign_up.campaign.slug, token])


def find(slug: str, token: str) -> Found:
    found = _links.find(token, "campaign", owner__campaign__slug=slug)
    if found.owner and not found.refusal and not found.owner.confirmed_at and not found.owner.campaign.takes_sign_ups:
        return Found(GONE, found.owner)
    return found
