"""Links by mail to those who register: confirm once, cancel for as long as the registration is kept."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from campaigns.models import Registration, RegistrationLink
from campaigns.opt_in.links import Found, Links

_links = Links(RegistrationLink, "campaigns.registering")


def make(registration: Registration) -> str:
    """The address of a new link, which is written down nowhere else."""
    return address(registration, _links.make(registration))


def address(registration: Registration, token: str) -> str:
    with override(registration.language):
        slug = registration.date.event.slug
        return settings.BASE_URL + reverse("campaigns:registration_link", args=[slug, token])


def find(token: str) -> Found:
    """By the token alone: links outlive a change of the event's address."""
    return _links.find(token, "date__event", "consent")
