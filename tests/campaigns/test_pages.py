"""Projects, campaigns and events, before, during and after their time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    FundingPeriod,
    ProjectIndexPage,
    ProjectPage,
)
from tests.site.world import make

HOUR = timedelta(hours=1)
TODAY = timezone.localdate()


def test_upcoming_events_come_next_first_and_past_ones_last_first(site, client):
    index = EventIndexPage.objects.child_of(site).get()
    for days in (5, 2, -3, -9):
        starts = timezone.now() + timedelta(days=days)
        make(EventPage, index, f"tag-{days % 100}", f"Tag {days}", starts_at=starts, ends_at=starts + HOUR)
    assert [page.title for page in client.get("/de/termine/").context["pages"]] == ["Tag 2", "Tag 5"]
    assert [page.title for page in client.get("/de/termine/?when=past").context["pages"]] == ["Tag -3", "Tag -9"]


@pytest.mark.parametrize(
    ("begins", "text"), [(-5, "Diese Veranstaltung ist vorbei"), (-0.5, "läuft gerade"), (5, "In meinen Kalender")]
)
def test_an_event_says_whether_it_is_over(site, client, begins, text):
    starts = timezone.now() + begins * HOUR
    index = EventIndexPage.objects.child_of(site).get()
    link = "https://example.org/anmeldung"
    make(
        EventPage,
        index,
        "fest",
        "Fest",
        starts_at=starts,
        ends_at=starts + HOUR,
        registration_url=link,
        online_url=link,
    )
    html = client.get("/de/termine/fest/").text
    assert (link in html) == (begins > -1)
    assert (text in html) or begins == -0.5


def test_an_event_without_place_is_online(site, client):
    index = EventIndexPage.objects.child_of(site).get()
    make(EventPage, index, "digital", "Digital", place="", online_url="https://example.org/raum")
    html = client.get("/de/termine/digital/").text
    assert "OnlineEventAttendanceMode" in html
    assert "https://example.org/raum" in client.get("/de/termine/digital.ics").text.replace("\r\n ", "")


def test_a_campaign_that_ended_says_so(site, client):
    index = CampaignIndexPage.objects.child_of(site).get()
    make(CampaignPage, index, "alt", "Alt", starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    make(CampaignPage, index, "neu", "Neu", starts_on=TODAY, ends_on=None)
    assert "Diese Kampagne ist beendet." in client.get("/de/kampagnen/alt/").text
    assert "Diese Kampagne ist beendet." not in client.get("/de/kampagnen/neu/").text


def test_projects_are_filtered_by_the_status_of_their_funding(site, client):
    index = ProjectIndexPage.objects.child_of(site).get()
    running, finished, _unknown = (
        make(ProjectPage, index, slug, slug.title()) for slug in ("laufend", "beendet", "offen")
    )
    FundingPeriod.objects.create(page=running, funder="BAMF", starts_on=date(2020, 1, 1))
    FundingPeriod.objects.create(page=finished, funder="BAMF", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    every = [page.title for page in client.get("/de/projekte/").context["pages"]]
    assert every == ["Laufend", "Offen", "Beendet"]
    for status, title in {"running": "Laufend", "finished": "Beendet"}.items():
        assert [page.title for page in client.get(f"/ar/projekte/?status={status}").context["pages"]] == [title]
