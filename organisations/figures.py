"""Numbers about the federation, counted from the directory."""

from dataclasses import dataclass

from django.db.models import Count, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from organisations.models.network import NetworkPage
from organisations.models.organisation import OrganisationPage
from organisations.models.vocabulary import Service

NETWORKS, STATES, ORGANISATIONS, SERVICES = "networks", "states", "organisations", "services"
FIGURES = [
    (NETWORKS, _("local networks")),
    (STATES, _("federal states")),
    (ORGANISATIONS, _("organisations")),
    (SERVICES, _("kinds of services")),
]


@dataclass(frozen=True)
class Figure:
    key: str
    number: int
    label: str
    source: str = ""


def federation_figures() -> list[Figure]:
    """What the federation consists of, in the reader's language."""
    numbers = _counted()
    return [Figure(key, numbers.get(key, 0), _label(key, numbers.get(key, 0))) for key, _name in FIGURES]


def _label(key: str, number: int) -> str:
    """What stands below a number, in the form that the number asks for."""
    labels = {
        NETWORKS: npgettext("figure", "local network", "local networks", number),
        STATES: npgettext("figure", "federal state", "federal states", number),
        ORGANISATIONS: npgettext("figure", "organisation", "organisations", number),
        SERVICES: npgettext("figure", "kind of services", "kinds of services", number),
    }
    return labels[key]


def _counted() -> dict[str, int]:
    """All numbers in one query."""
    networks = NetworkPage.objects.listed()
    counts = [
        _count(networks, NETWORKS, Count("pk")),
        _count(networks, STATES, Count("state", distinct=True)),
        _count(OrganisationPage.objects.listed(), ORGANISATIONS, Count("pk")),
        _count(Service.objects.source(), SERVICES, Count("pk")),
    ]
    return dict(counts[0].union(*counts[1:], all=True))


def _count(rows, key: str, number: Count):
    return (
        rows.order_by().annotate(key_=Value(key)).values("key_").annotate(number=number).values_list("key_", "number")
    )
