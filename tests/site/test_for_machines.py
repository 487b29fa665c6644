"""What search engines, feed readers, calendars, caches and other sites are told."""

import json
import re
import xml.etree.ElementTree as ET  # our own answers
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from campaigns.models import EventPage
from core.languages import LANGUAGE_NAMES
from news.models import NewsPage
from organisations.models import OrganisationPage
from tests.site.addresses import OTHERS, addresses, path_of
from tests.site.world import PARENTS

BASE = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def links(html, rel):
    return [tag for tag in re.findall(r"<link [^>]*>", html) if f'rel="{rel}"' in tag]


def alternates(html):
    found = (re.search(r'hreflang="([^"]+)" href="([^"]+)"', tag) for tag in links(html, "alternate"))
    return {match[1]: match[2] for match in found if match}


def meta(html):
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))


# --- Search engines ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", PARENTS)
def test_alternates_name_real_translations_only(answers, model):
    path = path_of(model)
    expected = {"de": f"{BASE}/de/{path}", "ar": f"{BASE}/ar/{path}", "x-default": f"{BASE}/de/{path}"}
    for language in LANGUAGE_NAMES:
        assert alternates(answers[f"/{language}/{path}"].text) == expected


def test_a_page_without_translation_has_no_alternates(answers):
    path = path_of(NewsPage).rstrip("/") + "-nur-deutsch/"
    expected = {"de": f"{BASE}/de/{path}", "x-default": f"{BASE}/de/{path}"}
    for language in ("de", "ar"):
        assert alternates(answers[f"/{language}/{path}"].text) == expected


def test_the_canonical_address_is_that_of_the_text(world, client):
    path = path_of(NewsPage)
    for language, canonical in {"de": "de", "ar": "ar", "tr": "de"}.items():
        html = client.get(f"/{language}/{path}?utm_source=x").text
        assert [re.search('href="([^"]+)"', tag)[1] for tag in links(html, "canonical")] == [
            f"{BASE}/{canonical}/{path}"
        ]


def test_every_page_says_what_it_is_when_shared(answers):
    for address in addresses(["de", "ar", "tr"]):
        answer = answers[address]
        if "page" not in (answer.context or {}) or not answer["Content-Type"].startswith("text/html"):
            continue
        told = meta(answer.text)
        assert told["og:title"], address
        assert told["og:url"].startswith(f"{BASE}/"), address
        assert "description" in told
        assert answer.text.count("<h1") == 1, address
        assert "<title" in answer.text


def test_structured_data_can_be_read(answers):
    kinds = {}
    for language in ("de", "ar", "tr"):
        for model in PARENTS:
            html = answers[f"/{language}/{path_of(model)}"].text
            for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
                data = json.loads(text)
                assert data["@context"] == "https://schema.org"
                kinds.setdefault(model, set()).add(data["@type"])
    assert kinds == {NewsPage: {"NewsArticle"}, EventPage: {"Event"}, OrganisationPage: {"NGO"}}
    assert '"@type": "NGO"' in answers["/de/"].text


def test_structured_data_cannot_break_out(world, client):
    page = NewsPage.objects.get(pk=world.public[NewsPage].pk)
    page.title = "</script><script>alert(1)</script>"
    page.save()
    assert "<script>alert" not in client.get(f"/de/{path_of(NewsPage)}").text


def test_the_sitemap_lists_every_readable_text_once(answers):
    answer = answers["/sitemap.xml"]
    assert answer["Content-Type"].startswith("application/xml")
    places = [entry.findtext(f"{SITEMAP}loc") for entry in ET.fromstring(answer.content)]
    assert len(places) == len({*places})
    for model in PARENTS:
        path = path_of(model)
        assert {f"{BASE}/de/{path}", f"{BASE}/ar/{path}"} <= {*places}
        assert f"{BASE}/tr/{path}" not in places
        assert f"{BASE}/ar/{path.rstrip('/')}-nur-deutsch/" not in places
    assert {f"{BASE}/{language}/" for language in LANGUAGE_NAMES} <= {*places}
    for place in places:
        assert answers[place.removeprefix(BASE)].status_code == 200


def test_robots_are_shown_the_sitemap(answers):
    lines = answers["/robots.txt"].text.splitlines()
    assert f"Sitemap: {BASE}/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_security_contact_is_valid_for_a_while(client):
    told = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    assert told["Contact"]
    assert datetime.fromisoformat(told["Expires"]) > datetime.now(UTC) + timedelta(days=30)


# --- Feeds and calendars ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_feeds_speak_the_readers_language(answers, language):
    rss = ET.fromstring(answers[f"/{language}/aktuelles/feed/"].content)
    titles = {item.findtext("title") for item in rss.iter("item")}
    assert titles == {"ظاهر NewsPage" if language == "ar" else "Sichtbar NewsPage", "Nur deutsch NewsPage"}
    assert {item.findtext("link").split("/")[3] for item in rss.iter("item")} == {language}
    assert rss.findtext("channel/language") == language
    atom = ET.fromstring(answers[f"/{language}/aktuelles/feed/atom/"].content)
    assert {entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")} == titles
    own = [link.get("href") for link in atom.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{BASE}/{language}/aktuelles/feed/atom/"]


def test_an_item_keeps_its_id_in_every_language(answers):
    ids = [
        {item.findtext("guid") for item in ET.fromstring(answers[f"/{code}/aktuelles/feed/"].content).iter("item")}
        for code in ("de", "ar")
    ]
    assert ids[0] == ids[1]


def test_every_page_names_the_feeds_of_its_language(answers):
    html = answers["/ar/projekte/"].text
    assert 'href="/ar/aktuelles/feed/"' in html
    assert 'href="/ar/aktuelles/feed/atom/"' in html


@pytest.mark.parametrize(("language", "title"), [("de", "Sichtbar EventPage"), ("ar", "ظاهر EventPage")])
def test_an_event_can_be_put_into_a_calendar(world, answers, language, title):
    answer = answers[f"/{language}/termine/eventpage.ics"]
    assert answer["Content-Type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    event = EventPage.objects.get(pk=world.public[EventPage].pk)
    assert entry["SUMMARY"] == title
    assert entry["DTSTART"].dt == event.starts_at.replace(microsecond=0)
    assert entry["URL"] == f"{BASE}/{language}/termine/eventpage/"


# --- Caches -----------------------------------------------------------------------------------------------------------
def test_any_cache_may_hold_what_everybody_reads(answers):
    for address in [*addresses(["de", "ar"]), "/sitemap.xml", "/robots.txt", "/de/gibt-es-nicht/"]:
        answer = answers[address]
        assert "Set-Cookie" not in answer.headers, address
        assert not answer.cookies, address
        assert "cookie" not in answer.headers.get("Vary", "").lower(), address
        assert answer["Cache-Control"].startswith("public"), address
        assert "csrf" not in answer.text.lower(), address


def test_what_has_not_changed_is_not_sent_again(answers, client):
    for address in ("/de/", "/ar/projekte/projectpage/", "/de/aktuelles/feed/", "/sitemap.xml", "/robots.txt"):
        first = answers[address]
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["ETag"] == first["ETag"]


def test_every_answer_carries_the_policies(answers):
    for address in ["/de/", "/de/gibt-es-nicht/", "/de/aktuelles/feed/", *OTHERS]:
        headers = answers[address].headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), address
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Permissions-Policy"]
