"""How events are entered, and single dates moved and cancelled, in the admin."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import EventDate, EventIndexPage, EventPage
from tests.campaigns.desks import person
from tests.campaigns.events import BERLIN, DAY, HOUR, event, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(site):
    return person("redaktion", "Redaktion")


def typed(**values):
    data = {
        "title": "Sprechstunde",
        "slug": "sprechstunde",
        "summary": "",
        "starts_at": "2027-06-08 18:00",
        "ends_at": "2027-06-08 20:00",
        "time_zone": "Europe/Berlin",
        "rule_kind": "",
        "rule_interval": "1",
        "body": streamfield([]),
        "price_kind": "",
        "step_free": "",
        "largest_group": "1",
        "closes_before": "0",
        "questions": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    for name in ("days_left_out", "extra_dates", "interpreted_languages", "organisation_links"):
        data[name] = inline_formset([])
    return nested_form_data(data) | values


def entered(client, **values) -> EventPage | dict:
    index = EventIndexPage.objects.get(locale__language_code="de")
    url = reverse("wagtailadmin_pages:add", args=["campaigns", "eventpage", index.pk])
    answer = client.post(url, typed(**values))
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        return EventPage.objects.get(slug="sprechstunde")
    return answer.context["form"].errors


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({}, ""),
        (
            {"rule_kind": "WEEKLY", "rule_weekdays": ["1", "3"], "rule_interval": "2"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        ),
        ({"rule_kind": "WEEKLY", "rule_until": "2027-12-31"}, "FREQ=WEEKLY;UNTIL=20271231"),
        ({"rule_kind": "MONTHLY", "rule_count": "5"}, "FREQ=MONTHLY;COUNT=5"),
        ({"rule_kind": "MONTHLY-NTH"}, "FREQ=MONTHLY;BYDAY=2TU"),
        (
            {"rule_kind": "MONTHLY-LAST", "starts_at": "2027-06-29 18:00", "ends_at": "2027-06-29 20:00"},
            "FREQ=MONTHLY;BYDAY=-1TU",
        ),
    ],
)
def test_an_editor_chooses_how_an_event_repeats(office, values, rule):
    page = entered(office, **values)
    assert page.rule == rule
    assert EventDate.objects.filter(event=page).exists()
    html = office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert 'value="2027-06-' in html
    if rule:
        assert f'value="{values["rule_kind"]}" selected' in html


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rule_kind": "WEEKLY", "rule_weekdays": ["0"]}, "rule"),
        ({"rule_kind": "MONTHLY-LAST"}, "rule"),
        ({"rule_kind": "WEEKLY", "rule_until": "2027-12-31", "rule_count": "5"}, "rule"),
        ({"rule_kind": "HOURLY"}, "rule"),
        ({"rule_kind": "WEEKLY", "rule_interval": "99999999999999999999"}, "rule"),
        ({"rule_kind": "WEEKLY", "rule_interval": "0"}, "rule"),
        ({"rule_kind": "WEEKLY", "rule_weekdays": ["7", "x"]}, "rule"),
        ({"rule_kind": "DAILY", "rule_until": "gestern"}, "rule"),
        ({"rule_kind": "DAILY", "rule_until": "2027-01-01"}, "rule"),
        ({"rule_kind": "DAILY", "rule_count": "-1"}, "rule"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"starts_at": "0001-01-01 00:00"}, "starts_at"),
        ({"starts_at": "9999-12-31 23:59", "ends_at": "9999-12-31 23:59", "rule_kind": "DAILY"}, "starts_at"),
        ({"starts_at": "morgen"}, "starts_at"),
        ({"starts_at": "2027-03-28 02:30"}, "starts_at"),  # the clocks skip this hour
    ],
)
def test_what_cannot_be_is_said_beside_the_field(office, values, field):
    assert field in entered(office, **values)


def test_times_are_those_of_the_clock_where_the_event_is(office):
    page = entered(office, time_zone="Asia/Tokyo")
    assert page.starts_at == datetime(2027, 6, 8, 18, tzinfo=ZoneInfo("Asia/Tokyo"))
    html = office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert 'value="2027-06-08 18:00"' in html
    assert '<option value="Asia/Tokyo" selected>Asia/Tokyo</option>' in html
    assert html.count('" selected>Asia/') == 1


# --- Single dates -----------------------------------------------------------------------------------------------------
@pytest.fixture
def series(site):
    return event(site, rule="FREQ=WEEKLY;COUNT=3", starts_at=in_days(7))


def address(row):
    return reverse("campaign_events:date", args=[row.pk])


def clock(moment):
    return f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}"


def test_a_single_date_is_moved_and_shown_as_moved(office, series, client):
    row = EventDate.objects.filter(event=series)[1]
    to = row.starts_at + DAY
    assert clock(row.starts_at) in office.get(address(row)).text
    answer = office.post(address(row), {"starts_at": clock(to), "ends_at": clock(to + HOUR), "note": "Raum belegt"})
    assert answer.status_code == 302
    moved = EventDate.objects.get(pk=row.pk)
    assert (moved.starts_at, moved.ends_at, moved.original_start) == (to, to + HOUR, row.original_start)
    assert moved.changed_at > row.changed_at
    assert "Raum belegt" in client.get("/de/termine/fest/").text


def test_a_single_date_is_cancelled_and_called_back(office, series):
    row = EventDate.objects.filter(event=series)[1]
    times = {"starts_at": clock(row.starts_at), "ends_at": clock(row.ends_at)}
    office.post(address(row), times | {"is_cancelled": "on"})
    assert EventDate.objects.get(pk=row.pk).is_cancelled
    office.post(address(row), times)
    assert not EventDate.objects.get(pk=row.pk).is_cancelled


def test_a_date_of_a_cancelled_event_is_not_called_back_alone(office, series):
    series.is_cancelled = True
    series.save_revision().publish()
    row = EventDate.objects.filter(event=series)[1]
    office.post(address(row), {"starts_at": clock(row.starts_at), "ends_at": clock(row.ends_at)})
    assert EventDate.objects.get(pk=row.pk).is_cancelled


def test_what_is_over_is_not_moved(office, site):
    page = event(site, starts_at=in_days(-7), rule="FREQ=WEEKLY;COUNT=3")
    row = EventDate.objects.filter(event=page)[0]
    office.post(address(row), {"starts_at": clock(timezone.now()), "ends_at": clock(timezone.now()), "note": "Schön"})
    after = EventDate.objects.get(pk=row.pk)
    assert (after.starts_at, after.note) == (row.starts_at, "Schön")


@pytest.mark.parametrize(
    "values",
    [
        {"starts_at": "", "ends_at": ""},
        {"starts_at": "x"},
        {"starts_at": "0001-01-01 00:00"},
        {"ends_at": "2000-01-01 00:00"},
        {"note": "x" * 200},
    ],
)
def test_what_cannot_be_changes_nothing(office, series, values):
    row = EventDate.objects.filter(event=series)[1]
    data = {"starts_at": clock(row.starts_at), "ends_at": clock(row.ends_at)} | values
    answer = office.post(address(row), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert EventDate.objects.filter(pk=row.pk, starts_at=row.starts_at, changed_at=row.changed_at).exists()


def test_project_staff_change_dates_of_their_own_events_only(site, series):
    mina, omar = person("mina", "Projektteam"), person("omar", "Projektteam")
    EventPage.objects.filter(pk=series.pk).update(owner=mina.user)
    row = EventDate.objects.filter(event=series)[1]
    times = {"starts_at": clock(row.starts_at + HOUR), "ends_at": clock(row.ends_at + HOUR)}
    dates = reverse("campaign_events:dates", args=[series.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[series.pk])
    for client in (omar, person("lead", "Sprachleitung: Arabisch")):
        assert "Fest" not in client.get(dates, follow=True).text
        assert "Fest" not in client.get(address(row), follow=True).text
        client.post(address(row), times)
        assert EventDate.objects.get(pk=row.pk).starts_at == row.starts_at
    assert dates in mina.get(edit).text
    assert address(row) in mina.get(dates).text
    mina.post(address(row), times)
    assert EventDate.objects.get(pk=row.pk).starts_at == row.starts_at + HOUR


def test_the_public_changes_nothing(client, series):
    row = EventDate.objects.filter(event=series)[0]
    for url in (address(row), reverse("campaign_events:dates", args=[series.pk])):
        assert client.get(url)["Location"].startswith("/admin/login/")
        assert client.post(url, {"is_cancelled": "on"}).status_code == 302
    assert not EventDate.objects.get(pk=row.pk).is_cancelled
