"""What readers see of an event: its next date, and whether it is over, full, moved or cancelled."""

import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.models import EventDate, EventIndexPage, InterpretedLanguage, ProjectIndexPage, ProjectPage
from organisations.models import DirectoryPage, NetworkPage
from tests.campaigns.events import DAY, event, in_days, long_ago, published
from tests.site.world import make, translate

pytestmark = pytest.mark.django_db
PAGE = "/de/termine/fest/"


def structured(client, address=PAGE):
    return json.loads(re.search(r'ld\+json">(.*?)</script>', client.get(address).text)[1])


def listed(client, query=""):
    return [page.title for page in client.get(f"/de/termine/{query}").context["pages"]]


def outlook(client):
    return client.get(PAGE).context["page"].outlook


# --- States -----------------------------------------------------------------------------------------------------------
def test_a_series_goes_on_after_its_first_date(site, client):
    event(site, starts_at=in_days(-21), rule="FREQ=WEEKLY;COUNT=20")
    assert not outlook(client).is_over
    assert listed(client) == ["Fest"]
    assert listed(client, "?when=past") == []


def test_a_series_shows_its_next_dates_and_says_that_there_are_more(site, client):
    event(site, rule="FREQ=WEEKLY;COUNT=20")
    html = client.get(PAGE).text
    assert html.count('class="date-day"') == 6
    assert "chip-off" not in html
    found = outlook(client)
    assert found.has_more
    assert found.is_series


def test_a_cancelled_date_does_not_cancel_the_series(site, client):
    page = event(site, rule="FREQ=WEEKLY;COUNT=3")
    first, second, _third = EventDate.objects.filter(event=page)
    EventDate.objects.filter(pk=first.pk).update(cancelled_at=timezone.now(), note="Feiertag")
    found = outlook(client)
    assert (found.date.pk, found.is_cancelled) == (second.pk, False)
    assert "Feiertag" in client.get(PAGE).text


def test_many_cancelled_dates_in_a_row_do_not_hide_the_one_that_takes_place(site, client):
    page = event(site, rule="FREQ=WEEKLY;COUNT=12")
    *cancelled, last = EventDate.objects.filter(event=page)
    EventDate.objects.filter(pk__in=[row.pk for row in cancelled]).update(cancelled_at=timezone.now())
    assert outlook(client).date == last


def test_a_cancelled_event_gives_its_reason_in_the_readers_language(site, client):
    page = published(
        event(site, registration_url="https://example.org/"), is_cancelled=True, cancellation_reason="Sturm"
    )
    arabic = EventIndexPage.objects.get(locale__language_code="ar")
    translate(page, arabic, "حفل", cancellation_reason="عاصفة")
    assert "Sturm" in client.get(PAGE).text
    html = client.get("/ar/termine/fest/").text
    assert "عاصفة" in html
    assert "Sturm" not in html
    assert "https://example.org/" not in html
    assert structured(client)["eventStatus"] == "https://schema.org/EventCancelled"
    assert listed(client) == ["Fest"]


def test_an_event_that_was_moved_says_from_when(site, client):
    page = long_ago(event(site, starts_at=in_days(30)))
    published(page, starts_at=page.starts_at + DAY, ends_at=page.ends_at + DAY)
    assert outlook(client).is_moved
    data = structured(client)
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"].startswith(f"{in_days(30):%Y-%m-%dT18:00}")
    assert data["startDate"].startswith(f"{in_days(31):%Y-%m-%dT18:00}")


def test_an_event_is_full_when_its_places_are_taken(site, client):
    page = event(site, capacity=3, price_kind="free", registers_here=True)
    EventDate.objects.filter(event=page).update(taken=2)
    assert not outlook(client).is_full
    assert structured(client)["offers"]["availability"] == "https://schema.org/InStock"
    EventDate.objects.filter(event=page).update(taken=3)
    assert outlook(client).is_full
    assert structured(client)["offers"]["availability"] == "https://schema.org/SoldOut"


def test_a_cancelled_event_that_is_over_does_not_take_back_what_took_place(site, client):
    page = event(site, starts_at=in_days(-21), rule="FREQ=WEEKLY;COUNT=2")
    published(page, is_cancelled=True)
    found = outlook(client)
    assert found.is_over
    assert not found.is_cancelled


def test_the_join_link_is_for_those_who_registered(site, client):
    link = "https://join.example.org/raum"
    event(site, online_url=link)
    event(site, "mit-anmeldung", online_url=link, registers_here=True)
    event(site, "anderswo", online_url=link, registration_url="https://example.org/anmeldung")
    assert link in client.get(PAGE).text
    for slug in ("mit-anmeldung", "anderswo"):
        for language in ("de", "ar"):
            assert "join.example.org" not in client.get(f"/{language}/termine/{slug}/").text


def test_a_preview_shows_the_dates_the_draft_would_have(site, client, admin_client):
    page = event(site)
    page.rule = "FREQ=WEEKLY;COUNT=4"
    page.starts_at, page.ends_at = page.starts_at + DAY, page.ends_at + DAY
    page.save_revision()
    html = admin_client.get(f"/admin/pages/{page.pk}/view_draft/").text
    assert html.count('class="date-day"') == 4
    assert EventDate.objects.filter(event=page).count() == 1


# --- Lists ------------------------------------------------------------------------------------------------------------
def test_events_stand_in_the_order_of_their_next_dates(site, client):
    event(site, "woechentlich", starts_at=in_days(-5), rule="FREQ=WEEKLY")
    event(site, "morgen", starts_at=in_days(1))
    event(site, "spaeter", starts_at=in_days(9))
    event(site, "vorbei", starts_at=in_days(-3))
    assert listed(client) == ["Morgen", "Woechentlich", "Spaeter"]
    assert listed(client, "?when=week") == ["Morgen", "Woechentlich"]
    assert listed(client, "?when=month") == ["Morgen", "Woechentlich", "Spaeter"]
    assert listed(client, "?when=past") == ["Vorbei"]


def test_a_card_shows_the_next_date_in_the_time_zone_of_the_event(site, client):
    start = in_days(-7)
    event(site, starts_at=start, rule="FREQ=WEEKLY", time_zone="Pacific/Auckland")
    (page,) = client.get("/de/termine/").context["pages"]
    assert page.card_date.ends_at > timezone.now()  # it may be going on
    shown = re.search(r'class="day" datetime="([^"]+)"', client.get("/de/termine/").text)[1]
    assert shown.endswith(("+12:00", "+13:00"))


def test_the_list_is_narrowed(site, client):
    directory = DirectoryPage.objects.child_of(site).get()
    network = make(NetworkPage, directory, "bochum", "Bochum")
    ours = event(site, "unseres", place="Kassel", price_kind="free")
    ours.networks.set([network])
    for _twice in range(2):
        ours.interpreted_languages.add(InterpretedLanguage(language="ar"))
    ours.save()
    event(site, "anderes", online_url="https://example.org/", sign_language=True)
    for query in ("network=bochum", "language=ar", "where=place", "price=free"):
        assert listed(client, f"?{query}") == ["Unseres"], query
    for query in ("language=gsg", "where=online"):
        assert listed(client, f"?{query}") == ["Anderes"], query
    assert listed(client, "?network=bochum&where=online") == []
    assert "network=bochum" in client.get("/de/termine/?network=bochum").text.split("webcal:")[1].split('"')[0]


def test_a_network_shows_its_next_events_and_a_calendar_of_its_own(site, client):
    network = make(NetworkPage, DirectoryPage.objects.child_of(site).get(), "bochum", "Bochum")
    for slug, days in (("bald", 3), ("vorbei", -3)):
        page = event(site, slug, starts_at=in_days(days))
        page.networks.set([network])
        page.save()
    html = client.get("/de/organisationen/bochum/").text
    assert "/de/termine/bald/" in html
    assert "/de/termine/vorbei/" not in html
    assert "kalender/termine.ics?network=bochum" in html


def test_a_project_shows_a_series_by_its_next_date_and_has_a_calendar_of_its_own(site, client):
    project = make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), "kiwit", "KIWIT")
    page = event(site, starts_at=in_days(-20), rule="FREQ=WEEKLY")
    page.projects.set([project])
    page.save()
    html = client.get("/de/projekte/kiwit/").text
    assert "kalender/termine.ics?project=kiwit" in html
    following = date_format(in_days(1), "DATE_FORMAT")
    assert following in html.split('id="events"')[1]


# --- Cost -------------------------------------------------------------------------------------------------------------
def cost(client, address):
    cache.clear()
    client.get("/de/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "address", ["/de/termine/fest/", "/ar/termine/fest/", "/de/termine/", "/ar/termine/?when=past"]
)
def test_a_page_costs_the_same_whatever_the_number_of_dates_and_events(site, client, address):
    page = event(site, rule="FREQ=WEEKLY;COUNT=2", capacity=9)
    event(site, "vorbei", starts_at=in_days(-9))
    few = cost(client, address)
    published(page, rule="FREQ=DAILY")
    for number in range(5):
        event(site, f"serie-{number}", rule="FREQ=WEEKLY")
        event(site, f"vorbei-{number}", starts_at=in_days(-number - 2))
    assert cost(client, address) == few <= 12


# --- Words for machines -----------------------------------------------------------------------------------------------
def test_a_series_is_described_with_its_dates_and_its_rule(site, client):
    event(site, rule="FREQ=WEEKLY;COUNT=8", price_kind="sliding", price=5, highest_price=20)
    data = structured(client)
    assert data["@type"] == "EventSeries"
    assert len(data["subEvent"]) == 6
    assert data["eventSchedule"]["repeatFrequency"] == "P1W"
    assert data["eventSchedule"]["repeatCount"] == 8
    assert data["offers"]["lowPrice"] == "5.00"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"price_kind": "free"}, ""),
        ({"price_kind": "amount", "price": 5}, "5 €"),
        ({"price_kind": "amount", "price": "7.5"}, "7,50 €"),
        ({"price_kind": "sliding", "price": 5, "highest_price": 20}, "20 €"),
    ],
)
def test_a_price_is_written_as_readers_write_it(site, client, values, text):
    event(site, **values)
    assert text in client.get(PAGE).text
