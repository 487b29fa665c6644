"""Links by mail to those who signed."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from campaigns.models import CampaignPage, SignUp, SignUpLink
from campaigns.opt_in.links import GONE, UNKNOWN, Found, Links

_links = Links(SignUpLink, "campaigns.taking_part.links")
_signer = Signer(sep=".", salt="campaigns.taking_part.links.lasting")


def make(sign_up: SignUp) -> str:
    """The address of a new link."""
    return address(sign_up, _links.make(sign_up))


def lasting(sign_up: SignUp) -> str:
    """For news of a campaign: works for as long as somebody takes part, and needs no row for each mail.

    It stops such mail and takes the sign-up back; whoever has not confirmed gets none.
    """
    return address(sign_up, _signer.sign(str(sign_up.pk)))


def address(sign_up: SignUp, token: str) -> str:
    with override(sign_up.language):
        return settings.BASE_URL + reverse("campaigns:sign_up_link", args=[sign_up.campaign.slug, token])


def find(slug: str, token: str) -> Found:
    """By a link of either sort. Changes nothing.

    The token alone says whose it is: links outlive a change of the campaign's address. `slug` tells a link that we have
    forgotten from one of a campaign that is there no more.
    """
    if pk := _kept_in(token):
        owner = SignUp.objects.confirmed().select_related("campaign").filter(pk=pk).first()
        found = Found("" if owner else UNKNOWN, owner)
    else:
        found = _links.find(token, "campaign")
    return Found(GONE, found.owner) if _is_over(found, slug) else found


def _is_over(found: Found, slug: str) -> bool:
    if found.owner:
        return not found.owner.confirmed_at and not found.owner.campaign.takes_confirmations
    return found.refusal == UNKNOWN and not CampaignPage.objects.listed().filter(slug=slug).exists()


def _kept_in(token: str) -> int | None:
    """The key of a sign-up in a lasting link."""
    try:
        return int(_signer.unsign(token))
    except BadSignature:
        return None
