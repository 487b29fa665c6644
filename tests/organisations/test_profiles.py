"""Profiles and networks with as little in them as an editor may leave."""

import pytest

from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from tests.site.world import make


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


@pytest.mark.parametrize("precision", ["exact", "district", "town", "form"])
def test_a_profile_without_facts_can_be_read(directory, client, precision):
    make(OrganisationPage, directory, "leer", "Leer", record={"precision": precision})
    for language in ("de", "ar"):
        assert client.get(f"/{language}/organisationen/leer/").status_code == 200


def test_a_network_shows_its_own_members_and_those_who_name_it(directory, client):
    bochum = make(NetworkPage, directory, "bochum", "Bochum")
    kassel = make(NetworkPage, directory, "kassel", "Kassel", city="Kassel", state="HE")
    make(OrganisationPage, bochum, "eins", "Eins")
    guest = make(OrganisationPage, kassel, "zwei", "Zwei")
    make(OrganisationPage, kassel, "drei", "Drei")
    guest.other_networks.add(bochum)
    guest.save()
    assert [page.title for page in client.get("/de/organisationen/bochum/").context["pages"]] == ["Eins", "Zwei"]


def test_a_closed_organisation_is_not_listed(directory, client):
    make(OrganisationPage, directory, "zu", "Zu", status="closed")
    make(OrganisationPage, directory, "offen", "Offen")
    assert [page.title for page in client.get("/de/organisationen/").context["pages"]] == ["Offen"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Sprachkurse", ["Eins"]),
        ("q=sprachkurs", ["Eins"]),
        ("language=tr", ["Zwei"]),
        ("state=HE", ["Zwei"]),
        ("state=HE&q=Sprachkurse", []),
    ],
)
def test_the_directory_is_searched_and_filtered(directory, client, query, found):
    make(OrganisationPage, directory, "eins", "Eins", summary="Sprachkurse für alle", record={"state": "NW"})
    second = make(OrganisationPage, directory, "zwei", "Zwei", summary="Beratung", record={"state": "HE"})
    second.spoken_languages.create(language="tr")
    second.save()
    assert [page.title for page in client.get(f"/de/organisationen/?{query}").context["pages"]] == found


def test_a_sample_says_that_it_is_one(directory, client):
    make(OrganisationPage, directory, "muster", "Muster", is_sample=True)
    assert "Beispiel" in client.get("/de/organisationen/muster/").text
    assert "Beispiel" in client.get("/de/organisationen/").text
