"""Open data: who is in it, in which shapes, and that wrong questions are answered clearly."""

import csv
import io
import json
import re
from copy import deepcopy
from datetime import timedelta
from html import unescape
from itertools import product
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from organisations.models import DirectoryEntry, OrganisationPage, SpokenLanguage
from organisations.open_data.fields import NAMES
from tests.organisations.open_data_world import agreed, build
from tests.site.world import make, note, translate

JSON, CSV, GEOJSON = (f"/daten/organisationen.{name}" for name in ("json", "csv", "geojson"))
ORGANISATIONS, SERVICES = "/daten/hsds/organizations", "/daten/hsds/services"
ALL = [JSON, CSV, GEOJSON, ORGANISATIONS, SERVICES]


@pytest.fixture(scope="module")
def built(lasting_site):
    return build(lasting_site)


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def text(answer) -> str:
    return answer.getvalue().decode() if answer.streaming else answer.text


def records(client, query="", path=JSON):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["organisations"]


def names(client, query=""):
    return sorted(record.get("name", "removed") for record in records(client, query))


def test_those_who_agreed_are_in_it_and_nobody_else(world, client):
    assert names(client) == ["Verein Drei", "Verein Eins", "Verein Zwei"]
    for path in ALL:
        assert "Verein Still" not in text(client.get(path))


@pytest.mark.parametrize("state", ["draft", "locked", "below a lock", "closed", "deleted", "consent withdrawn"])
def test_what_is_hidden_leaves_at_once(world, client, state):
    single = [f"{ORGANISATIONS}/{world.exact.entry.key}", *(f"{SERVICES}/{key}" for key in service_ids(client))]
    assert len(single) == 3
    assert all("Verein Eins" in text(client.get(path)) for path in [*ALL, *single])
    hide(world, world.exact, state)
    assert [path for path in ALL if "Verein Eins" in text(client.get(path))] == []
    assert {client.get(path).status_code for path in single} == {404}


def service_ids(client):
    return [row["id"] for row in client.get(SERVICES).json()["contents"]]


def hide(world, page, state):
    if state == "draft":
        page.live = False
        page.save()
    elif state == "closed":
        page.status = "closed"
        page.save()
    elif state == "deleted":
        OrganisationPage.objects.get(pk=page.pk).delete()
    elif state == "consent withdrawn":
        note(page, open_data=False)
    else:
        locked = world.network if state == "below a lock" else page
        PageViewRestriction.objects.create(page=locked, restriction_type="login")


def test_a_record_says_what_is_released_and_no_more(world, client):
    (eins,) = (record for record in records(client) if record["name"] == "Verein Eins")
    assert list(eins) == NAMES
    assert eins["id"] == str(world.exact.entry.key)
    assert (eins["street"], eins["postal_code"], eins["place"], eins["state"]) == (
        "Hauptstraße 1",
        "44787",
        "Bochum",
        "NW",
    )
    assert (eins["latitude"], eins["longitude"]) == (51.4818, 7.2162)
    assert eins["phone"] == "+49 234 1"
    assert eins["services"] == [{"key": "beratung", "name": "Beratung"}, {"key": "sprachkurse", "name": "Sprachkurse"}]
    assert eins["networks"] == [{"key": "bochum", "name": "Verbund Bochum"}]
    assert eins["languages"][0] == {"code": "ar", "name": "Arabisch", "mode": "on-site", "note": "montags"}
    assert eins["opening_hours"] == [{"weekday": 1, "opens": "09:00", "closes": "12:30", "note": None}]
    assert eins["url"] == "http://testserver/de/organisationen/bochum/eins/"
    assert client.get(eins["contact_url"]).status_code == 200
    (zwei,) = (record for record in records(client) if record["name"] == "Verein Zwei")
    assert (zwei["street"], zwei["postal_code"], zwei["place"], zwei["phone"]) == (None, None, "Bochum", None)
    assert zwei["latitude"] != 51.4818
    (drei,) = (record for record in records(client) if record["name"] == "Verein Drei")
    assert [drei[name] for name in ("street", "postal_code", "place", "latitude", "longitude")] == [None] * 5


def test_every_answer_names_licence_source_and_date(world, client):
    today = f"{timezone.localdate():%d.%m.%Y}"
    for path in ALL:
        answer = client.get(path)
        assert 'rel="license"' in answer["Link"]
        assert "CC BY 4.0" in text(answer)
        assert "Bundesverband NeMO" in text(client.get(path))
        assert today in text(client.get(path))


def test_answers_are_for_every_site_and_every_cache(world, client):
    for path in [*ALL, "/daten/openapi.json"]:
        answer = client.get(path)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies


@pytest.mark.parametrize("path", [*ALL, "/daten/", "/daten/openapi.json", "/daten/hsds/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_for_reading_only(world, client, path, method):
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", ALL)
def test_head_has_no_body(world, client, path):
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer["ETag"]
    assert text(answer) == ""


def test_pages_lead_to_each_other(world, client):
    first = client.get(f"{JSON}?per_page=2&state=NW&unknown=1")
    page = first.json()
    assert (page["total"], page["pages"], page["page"], len(page["organisations"])) == (3, 2, 1, 2)
    assert page["previous"] is None
    assert page["next"] == "http://testserver/daten/organisationen.json?per_page=2&state=NW&page=2"
    assert f'<{page["next"]}>; rel="next"' in first["Link"]
    last = client.get(page["next"].removeprefix("http://testserver")).json()
    assert last["next"] is None
    assert last["previous"].endswith("page=1")
    assert {record["id"] for record in page["organisations"]}.isdisjoint(
        record["id"] for record in last["organisations"]
    )
    beyond = client.get(f"{JSON}?per_page=2&page=9").json()
    assert (beyond["organisations"], beyond["next"]) == ([], None)
    assert beyond["previous"].endswith("page=2")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("service=beratung", ["Verein Eins"]),
        ("service=beratung&service=sprachkurse", ["Verein Eins"]),
        ("language=Arabisch", ["Verein Eins"]),
        ("language=ti&state=NW", ["Verein Eins"]),
        ("state=BE", []),
        ("network=bochum", ["Verein Drei", "Verein Eins", "Verein Zwei"]),
        ("near=Bochum&radius=10", ["Verein Eins", "Verein Zwei"]),
        ("near=Berlin", []),
        ("q=Eins", ["Verein Eins"]),
        ("state=&q=&near=&service=", ["Verein Drei", "Verein Eins", "Verein Zwei"]),
    ],
)
def test_it_is_filtered_as_the_directory_is(world, client, query, found):
    assert names(client, query) == found


def test_labels_and_texts_are_in_the_language_asked_for(world, client):
    arabic = OrganisationPage.objects.get(pk=world.exact.pk)
    parent = arabic.get_parent().get_parent()
    place = Page.objects.get(translation_key=parent.translation_key, locale__language_code="ar")
    translate(arabic, place, "جمعية", summary="نص")
    eins, zwei = records(client, "lang=ar&near=Bochum&sort=name")
    assert (eins["name"], eins["summary"], eins["text_language"]) == ("جمعية", "نص", "ar")
    assert eins["languages"][0]["name"] == "العربية"
    assert eins["services"][0]["name"] == "Beratung"
    assert (zwei["name"], zwei["text_language"]) == ("Verein Zwei", "de")
    assert "/ar/" in eins["url"]


WRONG = [
    ("page", "0"),
    ("page", "-1"),
    ("page", "x"),
    ("page", "1.5"),
    ("page", "1" + "0" * 20),
    ("page", "٣"),
    ("page", "1%00"),
    ("per_page", "0"),
    ("per_page", "101"),
    ("per_page", "1e2"),
    ("radius", "-1"),
    ("radius", "7"),
    ("radius", "1" + "0" * 9),
    ("near", "Nirgendheim"),
    ("near", "x" * 81),
    ("near", "ABCDE"),
    ("near", "Bochum%00"),
    ("q", "x" * 201),
    ("q", "!!!"),
    ("q", "a%00b"),
    ("sort", "price"),
    ("sort", "distance"),
    ("sort", "relevance"),
    ("old", "yes"),
    ("lang", "xx"),
    ("lang", "de%00"),
    ("state", "XX"),
    ("state", "nw"),
    ("service", "zaubern"),
    ("service", "x" * 300),
    ("group", "%F0%9F%98%80"),
    ("task", "'; DROP TABLE"),
    ("network", "../etc"),
    ("language", "Klingonisch"),
    ("stepfree", "maybe"),
    ("since", "gestern"),
    ("since", "2026-02-30"),
    ("since", "1999-12-31"),
    ("since", "9999-12-31"),
    ("since", "0001-01-01T00:00:00%2B14:00"),
    ("since", "2026-01-01T00:00:00%2B99:00"),
    ("since", "٢٠٢٦-٠١-٠١"),
    ("since", "1" * 1000),
    ("full", "1"),
]


@pytest.mark.parametrize("path", [JSON, SERVICES, CSV])
def test_what_is_wrong_is_named_in_two_languages(world, client, path):
    for name, value in WRONG:
        answer = client.get(f"{path}?{name}={value}")
        assert answer.status_code == 400, (name, value)
        (error,) = answer.json()["errors"]
        assert error["parameter"] == name
        assert error["de"]
        assert error["en"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "public" not in answer["Cache-Control"]


def test_everything_that_is_wrong_is_named_at_once(world, client):
    errors = client.get(f"{JSON}?page=0&state=XX&lang=xx&unknown=%00").json()["errors"]
    assert {error["parameter"] for error in errors} == {"page", "state", "lang"}


def test_forty_values_are_possible_and_more_are_not(world, client):
    assert client.get(f"{JSON}?{'state=NW&' * 40}").status_code == 200
    assert client.get(f"{JSON}?{'state=NW&' * 41}").status_code == 400


@pytest.mark.parametrize("name", ["xml", "JSON", "csv.gz", "x" * 500, "%00", "%2e%2e"])
def test_an_unknown_format_is_named(world, client, name):
    answer = client.get(f"/daten/organisationen.{name}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "format"


@pytest.mark.parametrize("path", [ORGANISATIONS, SERVICES])
@pytest.mark.parametrize("key", ["1", "x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_unknown_ids_are_not_found(world, client, path, key):
    assert client.get(f"{path}/{key}", follow=True).status_code == 404


@pytest.mark.parametrize("path", ALL)
def test_unchanged_answers_are_not_sent_again(world, client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, text(again)) == (304, "")
    assert again["Access-Control-Allow-Origin"] == "*"
    weak = f"W/{first['ETag']}"
    assert client.get(path, headers={"If-None-Match": weak}).status_code == 304
    assert client.get(f"{path}?state=NW", headers={"If-None-Match": first["ETag"]}).status_code == 200
    note(world.town, confirmed_on=timezone.localdate())
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_new_name_of_a_service_is_a_change(world, client):
    first = client.get(JSON)
    world.course.name = "Deutschkurse"
    world.course.save()
    again = client.get(JSON, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Deutschkurse" in again.text
    assert "Sprachkurse" not in again.text


def test_changes_are_told_since_a_time_removed_ones_too(world, client):
    before = client.get(JSON).json()["last_change"]
    DirectoryEntry.objects.update(changed_at=timezone.now() - timedelta(days=5))
    yesterday = f"since={timezone.localdate() - timedelta(days=1)}"
    assert records(client, yesterday) == []
    note(world.town, confirmed_on=timezone.localdate())
    note(world.silent, confirmed_on=timezone.localdate())
    keys = {state: str(page.entry.key) for state, page in [("withdrawn", world.form), ("deleted", world.exact)]}
    hide(world, world.form, "consent withdrawn")
    hide(world, world.exact, "deleted")
    found = records(client, yesterday)
    assert [record.get("name") for record in found] == ["Verein Zwei", None, None]
    assert found[1:] == [{"id": keys["withdrawn"], "removed": True}, {"id": keys["deleted"], "removed": True}]
    assert client.get(f"{GEOJSON}?{yesterday}").getvalue().count(b'"removed": true') == 2
    assert client.get(f"{CSV}?{yesterday}").getvalue().count(b";true;") == 2
    last = client.get(JSON).json()["last_change"]
    assert last > before
    assert [record["id"] for record in records(client, f"since={last}")] == [keys["deleted"]]


def test_who_no_longer_matches_the_question_is_removed_from_its_answer(world, client):
    DirectoryEntry.objects.update(changed_at=timezone.now() - timedelta(days=5))
    note(world.town, state="BE", place="Berlin")
    yesterday = f"since={timezone.localdate() - timedelta(days=1)}"
    assert records(client, f"{yesterday}&state=NW") == [{"id": str(world.town.entry.key), "removed": True}]
    assert [record["name"] for record in records(client, f"{yesterday}&state=BE")] == ["Verein Zwei"]


def test_profiles_that_grew_too_old_are_told_as_removed_unless_old_ones_are_wanted(world, client):
    today = timezone.localdate()
    note(world.town, confirmed_on=today.replace(year=today.year - 2) - timedelta(days=2))
    DirectoryEntry.objects.update(changed_at=timezone.now() - timedelta(days=50))
    assert "Verein Zwei" not in names(client)
    assert "Verein Zwei" in names(client, "old=1")
    since = f"since={today - timedelta(days=10)}"
    assert records(client, since) == [{"id": str(world.town.entry.key), "removed": True}]
    assert records(client, f"{since}&old=1") == []


@pytest.mark.parametrize(
    "written", ["2026-01-01", "2026-01-01T08:00:00Z", "2026-01-01T08:00:00+01:00", "2026-01-01T08:00"]
)
def test_times_are_understood_as_people_write_them(world, client, written):
    assert len(records(client, f"since={written}")) == 3


def test_a_table_opens_in_a_spreadsheet_and_runs_no_formula(world, client):
    evil = agreed(world, "vier", phone="+49 1")
    OrganisationPage.objects.filter(pk=evil.pk).update(
        title='=HYPERLINK("http://x")', summary="-1\n;2", legal_name="@x"
    )
    answer = client.get(CSV)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")]
    assert len(rows) == 4
    row = next(row for row in rows if row["id"] == str(evil.entry.key))
    assert (row["name"], row["summary"], row["legal_name"]) == ('\'=HYPERLINK("http://x")', "'-1\n;2", "'@x")
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    eins = next(row for row in rows if row["name"] == "Verein Eins")
    assert eins["services"] == "Beratung | Sprachkurse"
    assert eins["opening_hours"] == "1 09:00-12:30"
    assert eins["phone"] == "'+49 234 1"
    assert eins["licence"] == "CC BY 4.0"
    assert [*rows[0]] == [*NAMES, "removed", "licence", "attribution"]


def test_the_map_is_valid_geojson(world, client):
    answer = client.get(GEOJSON)
    assert answer["Content-Type"] == "application/geo+json"
    collection = json.loads(answer.getvalue())
    assert collection["type"] == "FeatureCollection"
    points = {feature["properties"]["name"]: feature["geometry"] for feature in collection["features"]}
    assert points["Verein Eins"] == {"type": "Point", "coordinates": [7.2162, 51.4818]}
    assert points["Verein Drei"] is None
    assert json.loads(client.get(f"{GEOJSON}?state=BE").getvalue())["features"] == []
    assert len(json.loads(client.get(f"{GEOJSON}?per_page=1&page=2").getvalue())["features"]) == 1


def test_a_page_of_a_hundred_costs_ten_queries_at_most(world, client, django_assert_max_num_queries):
    for number in range(100):  # as much as a page can hold
        make(
            OrganisationPage,
            world.network,
            f"o{number}",
            f"Verein {number:03}",
            services=[world.course],
            spoken_languages=[SpokenLanguage(language="ar")],
            record={"place": "Bochum", "state": "NW", "open_data": True},
        )
    client.get(JSON)
    queries = (
        "",
        "q=Verein",
        "near=Bochum",
        "near=Bochum&q=Verein&service=sprachkurse&lang=ar",
        "since=2026-01-01",
    )
    for path, query in product((JSON, ORGANISATIONS, SERVICES), queries):
        with django_assert_max_num_queries(10, info=f"{path}?{query}"):
            answer = client.get(f"{path}?per_page=100&{query}")
        assert len(answer.json().get("organisations") or answer.json()["contents"]) >= 100


def test_the_documentation_can_be_read_and_its_addresses_work(world, client, django_assert_max_num_queries):
    client.get("/daten/")
    with django_assert_max_num_queries(12):
        answer = client.get("/daten/")
    assert answer.status_code == 200
    assert '<html lang="de"' in answer.text
    assert "public" in answer["Cache-Control"]
    assert all(f"<code>{name}</code>" in answer.text for name in NAMES)
    assert client.get("/daten/", headers={"Accept-Language": "ar"}).text == answer.text
    examples = re.findall(r"http://testserver(/daten/[^\s\",<]+)", unescape(answer.text))
    assert len(examples) > 8
    for example in examples:
        assert client.get(example).status_code == 200, example


def test_the_documentation_is_in_the_sitemap(world, client):
    assert "<loc>http://testserver/daten/</loc>" in client.get("/sitemap.xml").text


def test_ids_stay_the_same(world, client):
    before = {record["name"]: record["id"] for record in records(client)}
    world.exact.title = "Verein Eins"
    world.exact.save()
    note(world.exact, precision="town")
    assert {record["name"]: record["id"] for record in records(client)} == before
    assert all(UUID(key) for key in before.values())
    assert reverse("open_data:organisations", args=["json"]) == JSON
