"""A network's page: its organisations, figures counted on the day, its part of the map, its news."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import Contact
from news.models import NewsIndexPage, NewsPage
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from tests.site.world import make, note

AT_BOCHUM = {"place": "Bochum", "state": "NW"}


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


@pytest.fixture
def bochum(directory):
    return make(NetworkPage, directory, "bochum", "Bochum")


def shown(client, language="de", query=""):
    return client.get(f"/{language}/organisationen/bochum/{query}")


def titles(client):
    return [page.title for page in shown(client).context["pages"]]


def figures(client):
    return [number for number, _label in shown(client).context["answer"].figures()]


def test_its_own_members_and_those_who_name_it(directory, bochum, client):
    kassel = make(NetworkPage, directory, "kassel", "Kassel", city="Kassel", state="HE")
    make(OrganisationPage, bochum, "eins", "Eins")
    guest = make(OrganisationPage, kassel, "zwei", "Zwei")
    make(OrganisationPage, kassel, "drei", "Drei")
    guest.other_networks.add(bochum)
    guest.save()
    assert titles(client) == ["Eins", "Zwei"]


def test_overdue_profiles_come_after_current_ones(bochum, client):
    old = timezone.localdate() - timedelta(days=500)
    make(OrganisationPage, bochum, "a", "A", record={"confirmed_on": old})
    make(OrganisationPage, bochum, "b", "B", record={"confirmed_on": timezone.localdate()})
    assert titles(client) == ["B", "A"]


def test_a_network_without_members_lists_nobody_elses(directory, bochum, client):
    make(OrganisationPage, directory, "eins", "Eins", record=AT_BOCHUM)
    page = shown(client)
    assert titles(client) == []
    assert page.context["answer"].figures() == []
    assert 'class="map-picture"' not in page.text


def test_a_locked_network_lists_nobody_elses_for_those_with_the_password(directory, bochum, client):
    make(OrganisationPage, directory, "eins", "Eins", record=AT_BOCHUM)
    make(OrganisationPage, bochum, "drin", "Drin", record=AT_BOCHUM)
    lock = PageViewRestriction.objects.create(page=bochum, restriction_type="password", password="sesam")
    session = client.session
    session["passed_page_view_restrictions"] = [lock.pk]
    session.save()
    page = shown(client)
    assert page.status_code == 200
    assert "Eins" not in page.text


def test_figures_are_counted_now(bochum, client):
    one = make(OrganisationPage, bochum, "eins", "Eins")
    two = make(OrganisationPage, bochum, "zwei", "Zwei")
    for page, codes in ((one, ("ar", "tr")), (two, ("ar",))):
        for code in codes:
            page.spoken_languages.create(language=code)
        page.save()
    assert figures(client) == [2, 2]
    two.status = "closed"
    two.save()
    assert figures(client) == [1, 2]


def test_the_map_shows_its_members_only_and_leads_into_the_directory(directory, bochum, client):
    for name in ("eins", "zwei"):
        make(OrganisationPage, bochum, name, name.title(), record=AT_BOCHUM)
    make(OrganisationPage, bochum, "drei", "Drei", record={"place": "Hagen", "state": "NW"})
    make(OrganisationPage, directory, "fremd", "Fremd", record=AT_BOCHUM)
    page = shown(client, "ar")
    assert [mark.count for mark in page.context["answer"].map.marks] == [2, 1]
    together, alone = page.context["answer"].map.marks
    assert together.address == "/ar/organisationen/?near=Bochum&radius=5&network=bochum#results"
    assert alone.address == "/ar/organisationen/bochum/drei/"
    assert len(client.get(together.address).context["pages"]) == 2


def test_no_map_where_nobody_shows_a_place(bochum, client):
    make(OrganisationPage, bochum, "eins", "Eins", record={**AT_BOCHUM, "precision": "form"})
    assert 'class="map-picture"' not in shown(client).text


def test_news_about_it_and_no_other(directory, bochum, site, client):
    kassel = make(NetworkPage, directory, "kassel", "Kassel", city="Kassel", state="HE")
    overview = NewsIndexPage.objects.child_of(site).get()
    for number, (title, network, live) in enumerate(
        [("Alt", bochum, True), ("Neu", bochum, True), ("Anderswo", kassel, True), ("Entwurf", bochum, False)]
    ):
        news = make(NewsPage, overview, f"n{number}", title, date=date(2026, 1, 1 + number), live=live)
        news.networks.set([network])
        news.save()
    assert [news.title for news in shown(client).context["news"]] == ["Neu", "Alt"]
    assert "Entwurf" not in shown(client).text


def test_its_address_takes_a_page_number_and_nothing_else(bochum, client):
    for count in range(13):
        make(OrganisationPage, bochum, f"v{count}", f"Verein {count:02}")
    cards = {"?page=2": 1, "?page=0": 1, "?page=" + "9" * 21: 12, "?page=%00&network=kassel&near=Kassel&q=x": 12}
    for query, number in cards.items():
        page = shown(client, query=query)
        assert page.status_code == 200
        assert len(page.context["pages"]) == number, query


def test_it_costs_the_same_with_many_members_as_with_few(bochum, site, client):
    contact = Contact.objects.create(name="Frau Muster", role="Koordination")
    NetworkPage.objects.filter(pk=bochum.pk).update(contact=contact)
    news = make(NewsPage, NewsIndexPage.objects.child_of(site).get(), "neu", "Neu")
    news.networks.set([bochum])
    news.save()

    def queries(language):
        shown(client, language)
        with CaptureQueriesContext(connection) as captured:
            assert shown(client, language).status_code == 200
        return len(captured)

    make(OrganisationPage, bochum, "eins", "Eins", record={"place": "Hagen", "state": "NW"})
    few = queries("de")
    for number in range(20):
        make(OrganisationPage, bochum, f"v{number}", f"Verein {number}", record=AT_BOCHUM)
    assert few == queries("de") == queries("ar") <= 12


def test_what_a_member_takes_back_is_gone_from_figures_and_map(bochum, client):
    page = make(OrganisationPage, bochum, "eins", "Eins", record=AT_BOCHUM)
    assert re.search(r'aria-label="Eins"', shown(client).text)
    note(page, precision="form")
    assert not re.search(r'aria-label="Eins"', shown(client).text)
