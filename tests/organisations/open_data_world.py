"""Organisations that agreed to open data, in all grades of precision, and some that did not."""

from types import SimpleNamespace

from organisations.models import DirectoryPage, NetworkPage, OrganisationPage, Service
from tests.site.world import make, note


def build(site) -> SimpleNamespace:
    directory = DirectoryPage.objects.child_of(site).get()
    world = SimpleNamespace(directory=directory)
    world.network = make(NetworkPage, directory, "bochum", "Verbund Bochum")
    world.course = Service.objects.create(name="Sprachkurse", key="sprachkurse", locale_id=site.locale_id)
    world.advice = Service.objects.create(name="Beratung", key="beratung", locale_id=site.locale_id)
    world.exact = agreed(world, "eins", precision="exact", phone="+49 234 1")
    world.exact.services.set([world.course, world.advice])
    world.exact.spoken_languages.create(language="ar", mode="on-site", note="montags")
    world.exact.spoken_languages.create(language="ti", mode="interpreter")
    world.exact.opening_hours.create(weekday=1, opens="09:00", closes="12:30")
    world.exact.save()
    world.town = agreed(world, "zwei", precision="town", shows_phone=False)
    world.form = agreed(world, "drei", precision="form", shows_phone=False)
    world.silent = agreed(world, "still", open_data=False)
    return world


def agreed(world, slug, **record) -> OrganisationPage:
    facts = {
        "street": "Hauptstraße 1",
        "postal_code": "44787",
        "place": "Bochum",
        "municipality": "Bochum",
        "state": "NW",
        "latitude": "51.48180",
        "longitude": "7.21620",
        "open_data": True,
    }
    page = make(OrganisationPage, world.network, slug, f"Verein {slug.title()}", website="https://verein.example/")
    note(page, **facts | record)
    return page
