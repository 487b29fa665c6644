"""What calendar programs are told of an event, and keep being told."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from campaigns.models import DayLeftOut, EventDate, EventIndexPage, EventPage, InterpretedLanguage
from organisations.models import DirectoryPage, NetworkPage
from tests.campaigns.events import DAY, HOUR, event, in_days, long_ago, published
from tests.site.world import make, translate

pytestmark = pytest.mark.django_db
FEED = "termine/kalender/termine.ics"


def entries(client, address="/de/termine/fest.ics"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def dates(page):
    return [*EventDate.objects.filter(event=page)]


def test_a_series_is_one_entry_with_its_rule(site, client):
    page = event(site, rule="FREQ=WEEKLY;UNTIL=20300101")
    calendar = Calendar.from_ical(client.get("/de/termine/fest.ics").content)
    (entry,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert entry["RRULE"]["FREQ"] == ["WEEKLY"]
    assert f"{entry['RRULE']['UNTIL'][0]:%Y%m%dT%H%M%S%z}" == "20300101T225959+0000"
    assert entry["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert entry["DTSTART"].dt == page.starts_at
    assert entry["DTEND"].dt - entry["DTSTART"].dt == 2 * HOUR
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"


def test_what_is_left_out_added_moved_and_cancelled_is_told(site, client):
    page = event(site, rule="FREQ=WEEKLY;COUNT=6")
    first, second, third, fourth, *_rest = dates(page)
    EventDate.objects.filter(pk=second.pk).delete()
    EventDate.objects.filter(pk=third.pk).update(starts_at=third.starts_at + DAY, ends_at=third.ends_at + DAY)
    EventDate.objects.filter(pk=fourth.pk).update(cancelled_at=timezone.now())
    extra = first.starts_at + 2 * DAY
    EventDate.objects.create(event=page, starts_at=extra, ends_at=extra + HOUR, original_start=extra)
    master, *instances = entries(client)
    assert [moment.dt for moment in master["EXDATE"].dts] == [second.starts_at]
    assert [moment.dt for moment in master["RDATE"].dts] == [extra]
    told = {entry["RECURRENCE-ID"].dt: entry for entry in instances}
    assert told.keys() == {third.starts_at, fourth.starts_at, extra}
    assert told[third.starts_at]["DTSTART"].dt == third.starts_at + DAY
    assert told[fourth.starts_at]["STATUS"] == "CANCELLED"
    assert told[extra]["DTEND"].dt - told[extra]["DTSTART"].dt == HOUR
    assert {entry["UID"] for entry in instances} == {master["UID"]}


def test_a_first_date_that_is_left_out_is_told_as_left_out(site, client):
    page = event(site, rule="FREQ=WEEKLY;COUNT=6")
    page.days_left_out = [DayLeftOut(first_day=timezone.localdate(page.starts_at), last_day=in_days(14).date())]
    page.save_revision().publish()
    (master,) = entries(client)
    assert master["DTSTART"].dt == page.starts_at
    assert [moment.dt for moment in master["EXDATE"].dts] == [page.starts_at, in_days(14)]


def test_a_cancelled_event_is_told_as_cancelled(site, client):
    event(site, is_cancelled=True)
    (entry,) = entries(client)
    assert entry["STATUS"] == "CANCELLED"


def test_an_entry_keeps_its_uid_and_counts_its_changes(site, client):
    page = long_ago(event(site))
    EventPage.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - 8 * DAY)
    EventDate.objects.update(changed_at=timezone.now() - 8 * DAY)
    (before,) = entries(client)
    published(page, starts_at=page.starts_at + DAY, ends_at=page.ends_at + DAY)
    (after,) = entries(client)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_long_and_strange_titles_are_folded_and_escaped(site, client):
    title = "Fest; mit, Kommas\\ und " + "sehr langem Namen " * 6 + "عربي 👩🏽‍🏫"
    page = event(site)
    published(page, title=title, summary="Zeile eins.\r\nATTACH:http://example.org/")
    raw = client.get("/de/termine/fest.ics").content
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert entry["SUMMARY"] == title
    assert "ATTACH" not in entry


def test_the_join_link_of_an_event_with_registration_is_in_no_calendar(site, client):
    event(site, online_url="https://join.example.org/raum", registers_here=True)
    for address in ("/de/termine/fest.ics", f"/de/{FEED}"):
        assert "join.example" not in client.get(address).text.replace("\r\n ", "")


# --- Feeds ------------------------------------------------------------------------------------------------------------
def titles(client, query="", language="de"):
    return sorted(str(entry["SUMMARY"]) for entry in entries(client, f"/{language}/{FEED}{query}"))


def test_a_feed_speaks_the_language_of_its_address_and_marks_german(site, client):
    page = event(site)
    event(site, "treff")
    translate(page, EventIndexPage.objects.get(locale__language_code="ar"), "حفل")
    found = entries(client, f"/ar/{FEED}")
    assert {(entry["SUMMARY"].params["LANGUAGE"], "حفل" in entry["SUMMARY"]) for entry in found} == {
        ("ar", True),
        ("de", False),
    }
    (german,) = (entry["SUMMARY"] for entry in found if entry["SUMMARY"].params["LANGUAGE"] == "de")
    assert german != "Treff"
    assert "Treff" in german


def test_a_feed_is_narrowed_as_the_list_is(site, client):
    network = make(NetworkPage, DirectoryPage.objects.child_of(site).get(), "bochum", "Bochum")
    ours = event(site, "unseres", place="Kassel", price_kind="free")
    ours.networks.set([network])
    ours.interpreted_languages.add(InterpretedLanguage(language="ar"))
    ours.save()
    event(site, "online", online_url="https://example.org/", sign_language=True)
    assert titles(client) == ["Online", "Unseres"]
    for query in ("?network=bochum", "?language=ar", "?where=place", "?price=free"):
        assert titles(client, query) == ["Unseres"], query
    for query in ("?language=gsg", "?where=online"):
        assert titles(client, query) == ["Online"], query
    assert titles(client, "?utm_source=x&network=") == ["Online", "Unseres"]


@pytest.mark.parametrize("query", ["?network=gibt-es-nicht", "?project=weg", "?language=xx", "?price=9"])
def test_a_feed_of_what_is_gone_is_empty_and_not_everything(site, client, query):
    event(site)
    assert titles(client, query) == []


@pytest.mark.parametrize(
    "query", ["?network=%00%ff", "?language=%E2%80%AEx", "?price=1e9&where=%27", "?project=" + "x" * 9999]
)
def test_a_feed_takes_anything(site, client, query):
    assert client.get(f"/ar/{FEED}{query}").status_code == 200


def test_a_feed_names_its_own_address(site, client):
    event(site, online_url="https://example.org/")
    calendar = Calendar.from_ical(client.get(f"/ar/{FEED}?where=online&utm_source=x").content)
    assert calendar["SOURCE"] == f"http://testserver/ar/{FEED}?where=online"
    assert calendar["X-WR-CALNAME"]


def test_what_is_over_stays_in_the_feed_for_a_while(site, client):
    event(site, "kurz-her", starts_at=in_days(-10))
    event(site, "lang-her", starts_at=in_days(-100))
    assert titles(client) == ["Kurz-Her"]
    (entry,) = entries(client, "/de/termine/lang-her.ics")
    assert entry["DTSTART"].dt == in_days(-100)


def test_a_feed_that_has_not_changed_is_not_sent_again(site, client):
    event(site, rule="FREQ=WEEKLY")
    first = client.get(f"/de/{FEED}")
    again = client.get(f"/de/{FEED}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "Cookie" not in first.headers.get("Vary", "")
    assert first["Cache-Control"].startswith("public")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_feed_costs_the_same_whatever_the_number_of_events_and_dates(site, client, language):
    def queries():
        cache.clear()
        client.get(f"/{language}/{FEED}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/{language}/{FEED}?where=place")
        return len(asked)

    event(site, "eins", place="Kassel")
    few = queries()
    for number in range(6):
        event(site, f"serie-{number}", place="Kassel", rule="FREQ=WEEKLY")
    assert queries() == few <= 12


def test_times_of_another_zone_are_told_in_that_zone(site, client):
    start = in_days(7)
    event(site, starts_at=start, time_zone="America/New_York", rule="FREQ=WEEKLY")
    calendar = Calendar.from_ical(client.get("/de/termine/fest.ics").content)
    (entry,) = calendar.walk("VEVENT")
    assert entry["DTSTART"].params["TZID"] == "America/New_York"
    assert entry["DTSTART"].dt == start
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
