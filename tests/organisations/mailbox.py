"""An organisation with a mailbox, its network with a coordinator, the office, and the mails they get."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from wagtail.models import Page

from core.models import User
from organisations.models import DirectoryPage, NetworkPage, OfficeRecord, OrganisationPage
from organisations.roles import coordinators
from tests.site.world import make, note

EXACT = {
    "street": "Geheimweg 7",
    "postal_code": "44787",
    "place": "Bochum",
    "municipality": "Bochum",
    "state": "NW",
    "latitude": "51.48180",
    "longitude": "7.21620",
    "phone": "+49 234 222222",
    "email": "buero@verein-eins.example",
    "consent": "Frau Muster, 2026",
}


def set_up(site) -> SimpleNamespace:
    from core import roles as machinery

    directory = DirectoryPage.objects.child_of(site).get()
    world = SimpleNamespace(directory=directory)
    world.network, world.coordinator = network(directory, "bochum")
    world.other, world.stranger = network(directory, "kassel")
    world.page = organisation(world.network, "eins")
    world.office = person("office", Group.objects.get(name="Redaktion"))
    machinery.sync()
    return world


def network(directory, name):
    from core import roles as machinery

    page = make(NetworkPage, directory, name, f"Verbund {name.title()}")
    return page, person(f"coordinator-{name}", machinery.apply(coordinators(page)))


def organisation(parent, slug, **record):
    page = make(
        OrganisationPage,
        parent,
        slug,
        f"Verein {slug.title()}",
        body=[("text", "<p>Erster Absatz.</p><p>Zweiter Absatz.</p>")],
        website="https://verein.example/",
        record=EXACT | {"precision": "exact", "confirmed_on": timezone.localdate() - timedelta(days=30)} | record,
    )
    page.save_revision(clean=False).publish()
    return fresh(page)


def person(name, *groups):
    user = User.objects.create_user(name, f"{name}@nemo.example", "secret")
    user.groups.set(groups)
    return user


def fresh(page) -> OrganisationPage:
    return OrganisationPage.objects.select_related("record", "entry").get(pk=page.pk)


def record(page) -> OfficeRecord:
    return OfficeRecord.objects.get(organisation=page.pk)


def due(page, day: date | None = None) -> None:
    """Its term ends that day."""
    day = day or timezone.localdate()
    note(fresh(page), confirmed_on=day.replace(year=day.year - 1), asked_on=None, times_asked=0)


def mails_to(address: str) -> list:
    return [sent for sent in mail.outbox if address in sent.to]


def link_in(message) -> str:
    """The path of the link in a mail."""
    return urlsplit(re.search(r"https?://\S+/profil/\S+/\S+/", message.body).group()).path


def everything_about(page) -> tuple:
    """What a link could change."""
    now = fresh(page)
    row = OfficeRecord.objects.filter(pk=page.pk).values().get()
    proposals = [*now.proposals.values("kind", "values", "message")]
    return row, now.entry.number, now.live, now.latest_revision_id, proposals, Page.objects.count()
