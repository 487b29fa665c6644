"""The directory is asked in an address, and answers with a list, counts and a way on."""

import random
from copy import deepcopy
from datetime import timedelta
from functools import cache

import pytest
from django.http import QueryDict
from django.utils import timezone

from core.languages import LANGUAGE_NAMES
from home.models import HomePage
from home.templatetags import frame_tags
from organisations.directory_hints import DirectoryHints
from organisations.directory_search import DirectorySearch
from organisations.facets import FACETS
from organisations.models import (
    DirectoryPage,
    OrganisationPage,
    PostalCode,
    Service,
    SpokenLanguage,
)
from tests.site.world import make, note

ADDRESS = "/de/organisationen/"


def ask(query="", language="de"):
    return DirectorySearch(QueryDict(query), language)


def titles(client, query, language="de"):
    return [page.title for page in client.get(f"/{language}/organisationen/?{query}").context["pages"]]


def organisation(directory, title, languages=(), services=(), **record):
    return make(
        OrganisationPage,
        directory,
        title.lower(),
        title,
        services=services,
        spoken_languages=[SpokenLanguage(language=code) for code in languages],
        record={"precision": "exact", "place": "Braunschweig", "state": "NI", **record},
    )


@pytest.fixture(scope="module")
def directory(lasting_site):
    """Arabic-speaking counselling in Braunschweig; Turkish further away; a course nearby."""
    directory = DirectoryPage.objects.child_of(lasting_site).get()
    advice = Service.objects.create(name="Migrationsberatung", key="beratung", locale=directory.locale)
    course = Service.objects.create(name="Sprachkurs", key="sprachkurs", locale=directory.locale)
    PostalCode.objects.create(code="38100", place="Braunschweig", state="NI", latitude=52.2647, longitude=10.5233)
    organisation(directory, "Nah", ["ar", "tr"], [advice], latitude="52.27", longitude="10.53", phone="0531 1")
    organisation(directory, "Kurs", ["ar"], [course], latitude="52.26", longitude="10.50")
    organisation(directory, "Fern", ["ar"], [advice], latitude="52.37", longitude="9.73", place="Hannover")
    organisation(directory, "Geheim", ["ar"], [advice], precision="form")
    return directory


@pytest.fixture
def counselling(directory, db):
    return deepcopy(directory)


def test_help_is_found_near_and_in_a_language(counselling, client):
    found = client.get(f"{ADDRESS}?service=beratung&language=ar&near=38100").context
    assert [(page.title, round(page.km, 1)) for page in found["pages"]] == [("Nah", 0.7)]
    assert titles(client, "service=beratung&language=ar&near=38100&radius=100") == ["Nah", "Fern"]


def test_a_card_is_enough_to_call(counselling, client):
    said = client.get(f"{ADDRESS}?service=beratung&language=ar&near=38100").text
    assert 'href="tel:05311"' in said
    assert "0,7" in said


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("near=38100", ["Nah", "Kurs"]),
        ("near=38100&sort=name", ["Kurs", "Nah"]),
        ("near=38100&sort=relevance", ["Nah", "Kurs"]),
        ("sort=distance", ["Fern", "Geheim", "Kurs", "Nah"]),
        ("sort=%00", ["Fern", "Geheim", "Kurs", "Nah"]),
    ],
)
def test_sorting(counselling, client, query, order):
    assert titles(client, query) == order


def test_answers_of_one_question_widen_and_further_questions_narrow(counselling, client):
    assert titles(client, "language=ar&language=tr") == ["Fern", "Geheim", "Kurs", "Nah"]
    assert titles(client, "language=tr&service=beratung") == ["Nah"]
    assert titles(client, "language=tr&service=sprachkurs") == []


@pytest.mark.parametrize("language", ["Arabisch", "arabic", "العربية", "ARAPÇA", "арабский", "ar"])
def test_a_language_in_the_address_has_many_names(counselling, client, language):
    assert len(titles(client, f"language={language}")) == 4


@pytest.mark.parametrize(
    "query", ["service=gibtsnicht", "state=XX", "language=Klingonisch", "stepfree=%00", "foo=bar", "network=x"]
)
def test_unknown_values_and_parameters_are_ignored(counselling, client, query):
    assert len(titles(client, query)) == 4


def test_nothing_found_says_what_to_loosen(counselling, client):
    search = ask("service=sprachkurs&language=tr&near=38100")
    hints = DirectoryHints(search)
    assert {(part.name, part.count) for part in hints.to_loosen()} == {("service", 1), ("language", 1)}
    for part in hints.to_loosen():
        assert ask(part.query).count == part.count
    said = client.get(f"{ADDRESS}?service=sprachkurs&language=tr").text
    assert "Türkisch" in said


def test_where_no_single_part_is_to_blame_pairs_are_named(counselling):
    search = ask("q=gibtsnicht&service=sprachkurs&language=tr&near=38100")
    parts = DirectoryHints(search).to_loosen()
    assert parts
    assert all(len(part.name.split()) == 2 and "q" in part.name.split() for part in parts)
    for part in parts:
        assert ask(part.query).count == part.count > 0


def test_nothing_found_offers_the_nearest(counselling, client):
    said = client.get(f"{ADDRESS}?service=beratung&language=ar&near=Magdeburg")
    assert [page.title for page in said.context["hints"].nearest_cards()] == ["Nah"]
    assert "Nah" in said.text


def test_chosen_parts_are_links_that_take_them_back(counselling, client):
    search = ask("q=Nah&service=beratung&language=ar&language=tr&near=38100&radius=50")
    for part in DirectoryHints(search).chosen():
        rest = ask(part.query)
        assert len(rest.parameters()) < len(search.parameters())
    said = client.get(f"{ADDRESS}?service=beratung&language=ar").text
    assert 'href="?language=ar"' in said
    assert 'href="?service=beratung"' in said


def test_an_address_leads_to_itself(counselling):
    query = "q=Nah&near=38100&radius=50&service=beratung&language=ar&language=tr&old=1&sort=name"
    search = ask(query)
    assert search.query() == f"{query}&"
    assert ask("q=&near=&radius=25&service=&language=&sort=").query() == ""


@pytest.mark.parametrize("near", ["0123", "ABCDE", "99999", "Braunschwieg", "x" * 10_000, "<b>", "%00", "%ff", "‮"])
def test_an_unknown_place_is_said_by_the_field_and_kept(counselling, client, near):
    response = client.get(ADDRESS, {"near": near})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.text
    assert response.context["search"].near in near


def test_a_postal_code_among_others_is_said_to_be_approximate(counselling, client):
    note(OrganisationPage.objects.get(title="Nah"), postal_code="38102")
    response = client.get(ADDRESS, {"near": "38199"})
    assert not response.context["search"].location.exact
    assert 'aria-invalid="true"' not in response.text
    assert "38199" in response.text


def test_namesakes_are_offered(counselling, client):
    said = client.get(ADDRESS, {"near": "Aach"}).text
    assert 'href="?near=Aach%2C+RP"' in said
    assert "Rheinland-Pfalz" in said


def test_who_has_not_confirmed_for_two_terms_is_left_out_but_can_be_shown(counselling, client):
    page = OrganisationPage.objects.get(title="Kurs")
    note(page, confirmed_on=timezone.localdate() - timedelta(days=800))
    assert "Kurs" not in titles(client, "")
    assert "old=1" in client.get(ADDRESS).text
    assert "Kurs" in titles(client, "old=1")
    assert client.get("/de/organisationen/kurs/").status_code == 200


def test_overdue_profiles_rank_lower(counselling, client):
    note(OrganisationPage.objects.get(title="Fern"), confirmed_on=timezone.localdate() - timedelta(days=400))
    assert titles(client, "") == ["Geheim", "Kurs", "Nah", "Fern"]
    assert titles(client, "q=Arabisch")[-1] == "Fern"


def test_pages_keep_the_question(counselling, client):
    for number in range(14):
        organisation(counselling, f"Verein{number:02}", ["fa"])
    said = client.get(f"{ADDRESS}?language=fa&page=2")
    assert [page.title for page in said.context["pages"]] == ["Verein12", "Verein13"]
    assert 'href="?language=fa&amp;page=1"' in said.text


# Bad input

BAD = [
    "",
    " ",
    "-1",
    "1e9",
    "0",
    "9" * 21,
    "x" * 10_000,
    "%00",
    "%ff%fe",
    "'\"<>",
    "🙂",
    "‮مرحبا",
    "٣٨١٠٠",
    "[]",
    "../..",
    "*",
    "NEAR",
    '"',
]


@pytest.fixture
def frame_at_hand(monkeypatch):
    """Menu and footer are the same whatever is asked."""
    monkeypatch.setattr(frame_tags, "_frame", cache(frame_tags._frame))


@pytest.mark.parametrize("name", ["q", "near", "radius", "page", "sort", "old", *FACETS, "unbekannt", "language[]"])
def test_no_input_upsets_the_directory(counselling, frame_at_hand, client, name):
    for value in BAD:
        for query in (f"{name}={value}", f"{name}={value}&{name}=a&near=38100&q=Nah", f"{name}={value}&language=ar"):
            assert client.get(f"{ADDRESS}?{query}").status_code == 200, query


def test_random_bytes_do_not_upset_the_directory(counselling, frame_at_hand, client):
    chance = random.Random(4)
    for _round in range(60):
        names = chance.choices(["q", "near", "radius", "page", "language", "service", "sort"], k=4)
        query = "&".join(
            f"{name}=" + "".join(f"%{chance.randrange(256):02x}" for _ in range(chance.randrange(30))) for name in names
        )
        assert client.get(f"{ADDRESS}?{query}").status_code == 200, query


def test_the_home_page_asks_in_the_readers_language(counselling, client):
    for home in HomePage.objects.all():
        home.sections = [("directory", {"title": "Hilfe finden", "text": ""})]
        home.save()
    said = client.get("/ar/").text
    assert '<option value="ar" selected>' in said
    assert "selected" not in client.get("/de/").text.split("find-language")[1].split("</select>")[0]
    assert 'name="near"' in said


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_every_language_has_its_directory(counselling, client, language):
    assert client.get(f"/{language}/organisationen/?language=ar&near=38100&service=beratung").status_code == 200
