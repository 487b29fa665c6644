"""One group per network: its coordinators keep the network's page and the profiles below it."""

from collections.abc import Iterator

from django.contrib.auth.models import Group
from django.dispatch import receiver
from wagtail.models import Collection
from wagtail.signals import page_published

from core import roles as machinery
from core.languages import SOURCE_LANGUAGE
from core.roles import ADD, CHANGE, CHOOSE, SHARED_COLLECTION, TO_THE_ADMIN, Role
from organisations.models import NetworkPage

PREFIX = "Koordination: "
NAME_LENGTH = 150


def roles() -> Iterator[Role]:
    for network in NetworkPage.objects.filter(locale__language_code=SOURCE_LANGUAGE).order_by("path"):
        yield coordinators(network)


def coordinators(network: NetworkPage) -> Role:
    name = _name(network)
    _rename(network, name)
    return Role(
        name,
        permissions=[TO_THE_ADMIN],
        pages={network: ["add", "change"]},
        collections={name.removeprefix(PREFIX): CHOOSE + ADD + CHANGE, SHARED_COLLECTION: CHOOSE},
    )


def _name(network: NetworkPage) -> str:
    """Two networks of one title are told apart by their address."""
    namesakes = NetworkPage.objects.filter(title=network.title, locale=network.locale_id, path__lt=network.path)
    title = f"{network.title} ({network.slug})" if namesakes.exists() else network.title
    return f"{PREFIX}{title}"[:NAME_LENGTH]


def _rename(network: NetworkPage, name: str) -> None:
    """Group and collection keep their members and files when the network gets another title."""
    group = Group.objects.filter(name__startswith=PREFIX, page_permissions__page=network).first()
    if group and group.name != name and not Group.objects.filter(name=name).exists():
        own = Collection.objects.filter(name=group.name.removeprefix(PREFIX), group_permissions__group=group)
        for collection in own.distinct():
            collection.name = name.removeprefix(PREFIX)
            collection.save()
        group.name = name
        group.save()


@receiver(page_published, sender=NetworkPage)
def set_up_coordinators(instance: NetworkPage, **kwargs) -> None:
    if instance.locale.language_code == SOURCE_LANGUAGE:
        machinery.apply(coordinators(instance))
