"""Numbers about the federation, counted from the directory."""

from django.db.models import Count
from django.utils.translation import gettext as _

from organisations.models.network import NetworkPage
from organisations.models.organisation import OrganisationPage
from organisations.models.vocabulary import Service


def federation_figures() -> list[tuple[int, str]]:
    """(number, what it counts) in the reader's language."""
    networks = NetworkPage.objects.listed().aggregate(number=Count("pk"), states=Count("state", distinct=True))
    return [
        (networks["number"], _("local networks")),
        (networks["states"], _("federal states")),
        (OrganisationPage.objects.listed().count(), _("organisations")),
        (Service.objects.source().count(), _("kinds of services")),
    ]
