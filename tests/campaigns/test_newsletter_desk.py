"""The office sees the newsletter's readers; nobody else does."""

import csv
import io

import pytest
from django.utils import timezone

from campaigns.desk.reader_figures import by_field, by_topic
from campaigns.models import DayFigures, Export
from core.models import OutboxMail
from tests.campaigns import newsletters
from tests.campaigns.desks import person
from tests.campaigns.newsletters import reader

LIST = "/admin/newsletter-readers/"
FIGURES = f"{LIST}figures/"


@pytest.fixture
def office(site):
    newsletters.newsletter(site)
    return person("redaktion", "Redaktion")


@pytest.fixture
def rows(office):
    return {
        "eins": reader("eins@example.org", newsletters.topic("wohnen", "Wohnen"), source="campaign"),
        "zwei": reader("zwei@example.org", language="ar"),
        "offen": reader("offen@example.org", confirmed=False),
        "tot": reader("tot@example.org", stopped_at=timezone.now()),
    }


def seen(client, query="") -> set[str]:
    html = client.get(f"{LIST}{query}").text
    return {name for name in ("eins", "zwei", "offen", "tot") if f"{name}@example.org" in html}


@pytest.mark.parametrize("group", ["Projektteam", "Sprachleitung: Arabisch"])
def test_nobody_but_the_office_sees_an_address(office, rows, group):
    other = person("andere", group)
    for address in (LIST, f"{LIST}{rows['eins'].pk}/", f"{LIST}?export=csv", f"{LIST}results/", FIGURES):
        answer = other.get(address)
        assert answer.status_code in (302, 404)
        assert b"example.org" not in answer.content
    assert not Export.objects.exists()


def test_nobody_at_all_sees_them_without_a_login(client, rows):
    assert client.get(LIST)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"eins", "zwei", "offen", "tot"}),
        ("?state=confirmed", {"eins", "zwei"}),
        ("?state=pending", {"offen"}),
        ("?state=stopped", {"tot"}),
        ("?state=withdrawn", set()),
        ("?language=ar", {"zwei"}),
        ("?topic=wohnen", {"eins"}),
        ("?topic=all", {"zwei", "offen", "tot"}),
        ("?source=campaign", {"eins"}),
        ("?q=EINS@example.org", {"eins"}),
        ("?q=ein", {"eins"}),
    ],
)
def test_the_list_is_narrowed(office, rows, query, found):
    assert seen(office, query) == found


@pytest.mark.parametrize(
    "query",
    [
        "?topic=%00",
        "?topic=" + "x" * 3000,
        "?language=xx&state=&source=%F0%9F%92%A9",
        "?q=%25_%00",
        "?p=99999999999999999999",
    ],
)
def test_odd_questions_are_answered(office, rows, query):
    assert office.get(LIST + query).status_code == 200


def test_the_page_of_a_reader_says_what_they_agreed_to(office, rows):
    assert newsletters.TEXTS["consent_text"] in office.get(f"{LIST}{rows['eins'].pk}/").text


def test_the_export_holds_those_who_get_it_and_is_written_down(office, rows):
    response = office.get(f"{LIST}?export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = [*csv.reader(io.StringIO(text), delimiter=";")]
    assert {line[0] for line in lines[1:]} == {"eins@example.org", "zwei@example.org"}
    log = Export.objects.get()
    assert (log.user, log.kind, log.rows) == (office.user, "newsletter-readers", 2)


def test_no_cell_of_the_export_is_a_formula(office):
    reader("=cmd@example.org")
    response = office.get(f"{LIST}?export=csv")
    assert "'=cmd@example.org" in b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_list_costs_the_same_whatever_its_length(office, django_assert_max_num_queries):
    for number in range(30):
        reader(f"{number}@example.org", newsletters.topic("wohnen", "Wohnen"))
    office.get(LIST)
    with django_assert_max_num_queries(24):
        office.get(LIST)


def test_nothing_is_added_or_edited_in_a_form(office, rows):
    for name in ("new/", f"edit/{rows['eins'].pk}/", f"delete/{rows['eins'].pk}/", f"history/{rows['eins'].pk}/"):
        assert office.get(LIST + name, follow=True).status_code == 404
        assert office.post(LIST + name, follow=True).status_code in (404, 405)
    assert not OutboxMail.objects.exists()


def test_the_figures_count_those_who_get_it(office, rows, django_assert_max_num_queries):
    DayFigures.objects.create(day=timezone.localdate(), language="de", confirmed=4, withdrawn=1)
    office.get(FIGURES)
    with django_assert_max_num_queries(24):
        answer = office.get(FIGURES)
    assert (answer.context["readers"], answer.context["pending"], answer.context["stopped"]) == (2, 1, 1)
    assert [number for _topic, number in by_topic()] == [1, 1]
    assert dict(by_field("language", {"de": "Deutsch", "ar": "العربية"})) == {"Deutsch": 1, "العربية": 1}
    assert "example.org" not in answer.text.split("<main")[1]
