"""The organiser's lists: who sees them, what stands on them, who came, and what leaves the house."""

import csv
import io
import re
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from campaigns.models import ConsentText, EventDate, EventPage, Export, Registration, Responsibility, Turnout
from tests.campaigns import guests
from tests.campaigns.desks import ROLES, person
from tests.campaigns.guests import DAY, HOUR
from tests.campaigns.test_desk import is_missing

LIST = "/admin/registrations/"
LISTS = f"{LIST}lists/"


@pytest.fixture
def desk(site):
    """Mina's event has a guest, a group, somebody who waits and somebody who has not confirmed; Omar's has one guest."""
    people = {name: person(name, group) for name, group in ROLES.items()}
    mine = guests.event(site, "meine", questions=[guests.QUESTION], capacity=9)
    foreign = guests.event(site, "fremde")
    for page, name in ((mine, "mina"), (foreign, "omar")):
        Page.objects.filter(pk=page.pk).update(owner=people[name].user)
    date, other = mine.dates.get(), foreign.dates.get()
    seated = {"confirmed_at": timezone.now(), "seated_at": timezone.now()}
    rows = [
        guest(
            date, "Frau Eins", language="ar", needs=["step_free"], interpreting=["ar"], note="Komme später", **seated
        ),
        guest(date, "Gruppe Drei", people=3, **seated),
        guest(date, "=1+1", confirmed_at=timezone.now()),
        guest(date, "Nie Bestätigt"),
        guest(other, "Herr Fremd", **seated),
    ]
    Registration.objects.filter(pk=rows[0].pk).update(
        answers=[{"question": "x", "chosen": ["y"], "asked": "Was essen Sie?", "said": ["vegetarisch"]}]
    )
    EventDate.objects.filter(pk=date.pk).update(taken=4)
    return SimpleNamespace(**people, date=date, other=other, event=mine, rows=rows)


def guest(date, name, **values):
    consent, _new = ConsentText.objects.get_or_create(
        page=date.event, language="de", digest="0" * 64, defaults={"text": "Ja."}
    )
    email = f"{name.split()[-1].lower()}@example.org"
    values = {"language": "de"} | values
    return Registration.objects.create(date=date, name=name, email=email, email_key=email, consent=consent, **values)


def ticks(client, address, **changed):
    """As a browser sends the form: hidden initial values, and what is ticked or chosen."""
    html = client.get(address).text
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "came_" in name[1] + "walk_ins" and ("initial-" in name[1] or "walk_ins" in name[1]):
            sent[name[1]] = value[1] if value else ""
    for name in re.findall(r'<select name="(came_\d+)"', html):
        chosen = re.search(rf'<select name="{name}".*?<option value="(\d*)" selected', html, re.S)
        sent[name] = chosen[1] if chosen else ""
    for name in re.findall(r'<input type="checkbox" name="(came_\d+)"[^>]*checked', html):
        sent[name] = "on"
    return client.post(address, {name: value for name, value in (sent | changed).items() if value is not None})


def test_staff_see_the_lists_of_their_own_events_and_the_office_sees_all(desk):
    for path in (f"{LISTS}{desk.date.pk}/", f"{LISTS}{desk.date.pk}/print/"):
        assert "Frau Eins" in desk.mina.get(path).text
        assert "Frau Eins" in desk.redaktion.get(path).text
        for stranger in (desk.omar, desk.lead):
            assert is_missing(stranger.get(path), stranger)
    assert is_missing(desk.omar.post(f"{LISTS}{desk.date.pk}/", {}), desk.omar)
    shown = desk.mina.get(LISTS).text
    assert f"{LISTS}{desk.date.pk}/" in shown
    assert f"{LISTS}{desk.other.pk}/" not in shown
    assert is_missing(desk.lead.get(LISTS), desk.lead)
    Responsibility.objects.create(page=desk.event, user=desk.omar.user)
    assert "Frau Eins" in desk.omar.get(f"{LISTS}{desk.date.pk}/").text


def test_nobody_reads_a_list_without_logging_in(desk, client):
    for path in (LIST, LISTS, f"{LISTS}{desk.date.pk}/", f"{LISTS}{desk.date.pk}/print/", f"{LIST}?export=csv"):
        assert client.get(path)["Location"].startswith("/admin/login/")


def test_rows_of_others_are_in_no_list_search_or_export(desk):
    assert "Herr Fremd" not in desk.mina.get(LIST).text
    assert "Herr Fremd" not in desk.mina.get(f"{LIST}?q=fremd").text
    assert "Herr Fremd" not in desk.mina.get(f"{LIST}?event={desk.other.event_id}").text
    assert "Herr Fremd" not in str(table(desk.mina.get(f"{LIST}?date={desk.other.pk}&export=csv")))
    assert is_missing(desk.mina.get(f"{LIST}{desk.rows[-1].pk}/"), desk.mina)


def test_the_list_is_in_german_whatever_the_guest_read(desk):
    html = desk.mina.get(f"{LISTS}{desk.date.pk}/").text
    for text in ("Was essen Sie?: vegetarisch", "Arabisch", "Komme später", "Gruppe Drei"):
        assert text in html
    assert "Nie Bestätigt" not in html
    assert "eins@example.org" not in desk.mina.get(f"{LISTS}{desk.date.pk}/print/").text


def table(response):
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return [*csv.reader(io.StringIO(content), delimiter=";")]


def test_a_download_holds_confirmed_rows_is_harmless_and_written_down(desk):
    answer = desk.mina.get(f"{LIST}?event={desk.event.pk}&date={desk.date.pk}&export=csv")
    rows = table(answer)
    names = [row[2] for row in rows[1:]]
    assert names == ["Frau Eins", "Gruppe Drei", "'=1+1"]
    log = Export.objects.get()
    assert (log.user, log.rows) == (desk.mina.user, 3)
    assert "Werkstatt" in log.narrowed


def test_times_are_those_of_the_clock_where_the_event_is(desk):
    start = datetime(2027, 6, 8, 18, tzinfo=ZoneInfo("Asia/Tokyo"))
    EventPage.objects.filter(pk=desk.event.pk).update(time_zone="Asia/Tokyo")
    EventDate.objects.filter(pk=desk.date.pk).update(starts_at=start, ends_at=start + HOUR)
    for path in (LISTS, f"{LISTS}{desk.date.pk}/", f"{LISTS}{desk.date.pk}/print/", LIST):
        html = desk.mina.get(path).text
        assert "18:00" in html
        assert "11:00" not in html
    answer = desk.mina.get(f"{LIST}?event={desk.event.pk}&date={desk.date.pk}&export=csv")
    assert {row[1] for row in table(answer)[1:]} == {"2027-06-08 18:00"}


@pytest.mark.parametrize("state", ["seated", "waiting", "pending"])
def test_the_list_of_all_is_narrowed_by_where_people_stand(desk, state):
    shown = {"seated": {"Frau Eins", "Gruppe Drei"}, "waiting": {"=1+1"}, "pending": {"Nie Bestätigt"}}[state]
    html = desk.mina.get(f"{LIST}?state={state}").text
    assert {name for name in ("Frau Eins", "Gruppe Drei", "=1+1", "Nie Bestätigt") if name in html} == shown


@pytest.mark.parametrize("query", ["?date=%00", "?date=99999999999999999999", "?event=x", "?state=x&q=%00", "?p=0"])
def test_odd_questions_are_answered(desk, query):
    assert desk.redaktion.get(LIST + query).status_code == 200
    assert desk.redaktion.get(LISTS + query).status_code == 200


def test_who_came_is_ticked_and_counted(desk):
    single, group = desk.rows[:2]
    answer = ticks(
        desk.mina, f"{LISTS}{desk.date.pk}/", **{f"came_{single.pk}": "on", f"came_{group.pk}": "2", "walk_ins": "5"}
    )
    assert answer.status_code == 302
    assert dict(Registration.objects.filter(came__isnull=False).values_list("name", "came")) == {
        "Frau Eins": 1,
        "Gruppe Drei": 2,
    }
    assert "3" in desk.mina.get(LISTS).text
    html = desk.mina.get(f"{LISTS}{desk.date.pk}/").text
    assert re.search(rf'name="came_{single.pk}"[^>]*checked', html)
    assert Turnout.objects.get().walk_ins == 5


def test_two_people_at_the_door_do_not_undo_each_others_ticks(desk):
    single, group = desk.rows[:2]
    address = f"{LISTS}{desk.date.pk}/"
    loaded_before = {f"initial-came_{single.pk}": "False", f"initial-came_{group.pk}": "", "initial-walk_ins": "0"}
    ticks(desk.mina, address, **{f"came_{single.pk}": "on"})
    desk.redaktion.post(address, loaded_before | {f"came_{group.pk}": "3", "walk_ins": "0"})
    assert sorted(Registration.objects.filter(came__isnull=False).values_list("came", flat=True)) == [1, 3]


@pytest.mark.parametrize("wrong", [{"walk_ins": "-1"}, {"walk_ins": "viele"}, {"walk_ins": "9" * 30}])
def test_wrong_numbers_are_named_and_nothing_is_saved(desk, wrong):
    single, group = desk.rows[:2]
    address = f"{LISTS}{desk.date.pk}/"
    assert ticks(desk.mina, address, **{f"came_{single.pk}": "on"} | wrong).status_code == 422
    assert ticks(desk.mina, address, **{f"came_{group.pk}": "4"}).status_code == 422
    assert not Registration.objects.filter(came__isnull=False).exists()


def test_after_a_month_only_figures_are_shown(desk):
    EventDate.objects.filter(pk=desk.date.pk).update(
        starts_at=timezone.now() - 31 * DAY - HOUR, ends_at=timezone.now() - 31 * DAY
    )
    call_command("purge_personal_data")
    html = desk.mina.get(f"{LISTS}{desk.date.pk}/").text
    assert "Frau Eins" not in html
    assert "4" in html
    assert f"{LISTS}{desk.date.pk}/" in desk.mina.get(f"{LISTS}?when=over").text


def test_lists_cost_the_same_whatever_their_length(desk, django_assert_max_num_queries):
    for number in range(40):
        guest(desk.date, f"Person {number}", confirmed_at=timezone.now(), seated_at=timezone.now())
    for path in (LIST, LISTS, f"{LISTS}{desk.date.pk}/"):
        desk.mina.get(path)
        with django_assert_max_num_queries(30):
            desk.mina.get(path)


def test_the_editor_of_an_event_offers_registration_and_its_questions(desk):
    html = desk.redaktion.get(f"/admin/pages/{desk.event.pk}/edit/").text
    for name in ("registers_here", "largest_group", "has_waiting_list", "closes_before", "registration_consent"):
        assert f'name="{name}"' in html
    assert "Was essen Sie?" in html
