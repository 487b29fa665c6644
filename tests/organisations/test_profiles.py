"""Profiles: what they say, with as much and as little in them as an editor may leave."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import (
    EventIndexPage,
    EventOrganisation,
    EventPage,
    FundingPeriod,
    ProjectIndexPage,
    ProjectPage,
    ProjectPartner,
)
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from organisations.participation import participation
from stories.models import StoryIndexPage, StoryOrganisation, StoryPage
from tests.site.world import make, note, translate

EXACT = {
    "street": "Gasse 1",
    "postal_code": "38100",
    "place": "Braunschweig",
    "municipality": "Braunschweig",
    "state": "NI",
    "latitude": 52.263,
    "longitude": 10.521,
    "precision": "exact",
    "phone": "0531 123456",
}


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


@pytest.mark.parametrize("precision", ["exact", "district", "town", "form"])
def test_a_profile_without_facts_can_be_read(directory, client, precision):
    make(OrganisationPage, directory, "leer", "Leer", record={"precision": precision})
    for language in ("de", "ar"):
        assert client.get(f"/{language}/organisationen/leer/").status_code == 200


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


def shown(client, language="de", slug="verein"):
    page = client.get(f"/{language}/organisationen/{slug}/")
    assert page.status_code == 200
    return page.text


def data_of(text):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return next(data for data in map(json.loads, found) if data["@type"] == "NGO")


def takes_part(organisation):
    return {str(kind.heading): [page.text.title for page in kind.pages] for kind in participation(organisation).kinds}


def test_languages_are_grouped_by_how_they_are_offered(directory, client):
    page = make(OrganisationPage, directory, "verein", "Verein")
    for language, mode, remark in (("ar", "on-site", "mittwochs"), ("tr", "phone", ""), ("fa", "on-site", "")):
        page.spoken_languages.create(language=language, mode=mode, note=remark)
    page.save()
    groups = re.findall(r"<dt>.*?</dt><dd>(.*?)</dd>", shown(client).split('class="spoken"')[1], re.DOTALL)
    assert [re.findall(r"<strong>(.*?)</strong>", group) for group in groups[:2]] == [
        ["Arabisch", "Persisch"],
        ["Türkisch"],
    ]
    assert "mittwochs" in groups[0]


def test_it_can_be_called_and_written_to(directory, client):
    page = make(OrganisationPage, directory, "verein", "Verein", record=EXACT)
    assert 'href="tel:0531123456"' in shown(client)
    assert f"{page.translation_key}" in shown(client)
    note(page, shows_phone=False)
    assert "tel:" not in shown(client)


def test_a_closed_organisation_asks_nobody_to_call(directory, client):
    make(OrganisationPage, directory, "verein", "Verein", record=EXACT, status="closed")
    assert 'class="reach"' not in shown(client)


@pytest.mark.parametrize(("days", "overdue"), [(1, False), (364, False), (400, True)])
def test_the_date_of_an_overdue_profile_is_grey(directory, client, days, overdue):
    confirmed = timezone.localdate() - timedelta(days=days)
    make(OrganisationPage, directory, "verein", "Verein", record={"confirmed_on": confirmed})
    assert ("confirmed-old" in shown(client)) is overdue


def test_one_never_confirmed_says_so(directory, client):
    make(OrganisationPage, directory, "verein", "Verein")
    assert "confirmed-old" in shown(client)


def test_where_it_takes_part_is_listed_kind_by_kind(directory, site):
    page = make(OrganisationPage, directory, "verein", "Verein")
    story = make(StoryPage, StoryIndexPage.objects.child_of(site).get(), "haus", "Haus")
    project = make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), "kiwit", "KIWIT")
    story.organisation_links.add(StoryOrganisation(organisation=page))
    project.partner_links.add(ProjectPartner(organisation=page))
    story.save()
    project.save()
    events = EventIndexPage.objects.child_of(site).get()
    for slug, days in (("bald", 20), ("morgen", 1), ("gestern", -2)):
        at = timezone.now() + timedelta(days=days)
        event = make(EventPage, events, slug, slug.title(), starts_at=at, ends_at=at + timedelta(hours=1))
        event.organisation_links.add(EventOrganisation(organisation=page))
        event.save()
    assert sorted(takes_part(page).values()) == [["Haus"], ["KIWIT"], ["Morgen", "Bald"]]


def test_a_finished_project_is_not_shown_as_current(directory, site, client):
    page = make(OrganisationPage, directory, "verein", "Verein")
    index, today = ProjectIndexPage.objects.child_of(site).get(), timezone.localdate()
    for slug, ends_on in (("aus", today - timedelta(days=1)), ("heute", today), ("offen", None)):
        project = make(ProjectPage, index, slug, slug.title())
        project.partner_links.add(ProjectPartner(organisation=page))
        project.save()
        FundingPeriod.objects.create(page=project, funder="Amt", starts_on=date(2020, 1, 1), ends_on=ends_on)
    assert [*takes_part(page).values()] == [["Heute", "Offen", "Aus"]]
    cards = shown(client).split('id="takes-part"')[1].split("<article")[1:]
    assert ["beendet" in card for card in cards[:3]] == [False, False, True]


def test_what_is_hidden_is_not_named_as_taking_part(directory, site, client):
    page = make(OrganisationPage, directory, "verein", "Verein")
    story = make(StoryPage, StoryIndexPage.objects.child_of(site).get(), "haus", "Geheimes Haus", live=False)
    story.organisation_links.add(StoryOrganisation(organisation=page))
    story.save()
    page.other_networks.set([make(NetworkPage, directory, "verbund", "Geheimer Verbund", live=False)])
    page.save()
    assert takes_part(page) == {}
    assert "Geheime" not in shown(client)


def test_further_networks_and_stories_speak_the_readers_language(directory, site, client):
    page = make(OrganisationPage, directory, "verein", "Verein")
    network = make(NetworkPage, directory, "bochum", "Verbund Bochum")
    page.other_networks.set([network])
    page.save()
    translate(network, DirectoryPage.objects.get(locale__language_code="ar"), "شبكة بوخوم")
    assert "شبكة بوخوم" in shown(client, "ar")
    assert "Verbund Bochum" in shown(client, "tr")


def test_machines_read_what_people_read(directory, client):
    page = make(OrganisationPage, directory, "verein", "Verein", record=EXACT, founded=1998, short_name="V")
    for mode in ("on-site", "phone"):
        page.spoken_languages.create(language="ar", mode=mode)
    page.opening_hours.create(weekday=1, opens=time(9), closes=time(13))
    page.social_links.create(url="https://social.example.org/verein")
    page.save()
    data = data_of(shown(client))
    assert data["knowsLanguage"] == data["contactPoint"]["availableLanguage"] == ["ar"]
    assert data["address"]["streetAddress"] == "Gasse 1"
    assert data["areaServed"]["name"] == "Braunschweig"
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 52.263, "longitude": 10.521}
    assert data["sameAs"] == ["https://social.example.org/verein"]
    hours = {"dayOfWeek": "https://schema.org/Monday", "opens": "09:00", "closes": "13:00"}
    assert data["openingHoursSpecification"] == [{"@type": "OpeningHoursSpecification", **hours}]
    assert data_of(shown(client, "ar"))["@id"] == data["@id"]


@pytest.mark.parametrize("precision", ["district", "town", "form"])
def test_machines_learn_no_position_that_is_not_released(directory, client, precision):
    make(OrganisationPage, directory, "verein", "Verein", record={**EXACT, "precision": precision})
    text = shown(client)
    assert "geo" not in data_of(text)
    assert "Gasse" not in text
    assert "52.263" not in text


def test_an_empty_profile_leaves_out_what_it_does_not_know(directory, client):
    make(OrganisationPage, directory, "verein", "Verein", record={"precision": "form"})
    assert [name for name, value in data_of(shown(client)).items() if not value] == []
    assert 'class="locator"' not in shown(client)


def test_printed_it_shows_the_way_back_in_the_readers_language(directory, client):
    make(OrganisationPage, directory, "verein", "Verein", record=EXACT)
    for language in ("de", "ar"):
        handout = shown(client, language).split('class="handout"')[1]
        assert 'class="qr"' in handout
        assert f"/{language}/organisationen/verein/" in handout


def test_a_full_profile_is_cheap_in_every_language(directory, site, client):
    verbund = make(NetworkPage, directory, "verbund", "Verbund")
    page = make(OrganisationPage, verbund, "voll", "Voll", record=EXACT | {"confirmed_on": date(2026, 1, 1)})
    page.other_networks.set([make(NetworkPage, directory, "anderer", "Anderer")])
    page.spoken_languages.create(language="ar")
    page.opening_hours.create(weekday=1, opens=time(9), closes=time(13))
    page.save()
    for model, parent, link in (
        (StoryPage, StoryIndexPage, StoryOrganisation),
        (EventPage, EventIndexPage, EventOrganisation),
    ):
        for number in range(3):
            other = make(model, parent.objects.child_of(site).get(), f"s{number}", f"Nummer {number}")
            other.organisation_links.add(link(organisation=page))
            other.save()
    counted = set()
    for language in ("de", "ar"):
        shown(client, language, "verbund/voll")
        with CaptureQueriesContext(connection) as captured:
            shown(client, language, "verbund/voll")
        counted.add(len(captured))
    assert len(counted) == 1
    assert counted.pop() <= 10
