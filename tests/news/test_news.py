"""News in order, by kind, and as a feed."""

from datetime import date

import pytest

from news.models import NewsIndexPage, NewsPage
from tests.site.world import make


@pytest.fixture
def index(site):
    page = NewsIndexPage.objects.child_of(site).get()
    for number in range(1, 15):
        kind = "press" if number % 2 else "news"
        make(NewsPage, page, f"nachricht-{number}", f"Nachricht {number}", date=date(2026, 1, number), kind=kind)
    return page


def titles(answer):
    return [page.title for page in answer.context["pages"]]


def test_the_newest_comes_first(index, client):
    assert titles(client.get("/de/aktuelles/")) == [f"Nachricht {number}" for number in range(14, 2, -1)]
    assert titles(client.get("/de/aktuelles/?page=2")) == ["Nachricht 2", "Nachricht 1"]


def test_a_kind_is_chosen_and_kept_on_the_next_page(index, client):
    answer = client.get("/ar/aktuelles/?kind=press")
    assert titles(answer) == [f"Nachricht {number}" for number in range(13, 0, -2)]
    assert 'href="/tr/aktuelles/?kind=press"' in answer.text


def test_the_further_pages_are_told_apart(index, client):
    assert 'rel="canonical" href="http://testserver/de/aktuelles/?page=2"' in client.get("/de/aktuelles/?page=2").text


def test_the_feed_holds_the_newest(index, client):
    answer = client.get("/de/aktuelles/feed/")
    assert answer.text.index("Nachricht 14") < answer.text.index("Nachricht 13")
    assert answer["Content-Type"].startswith("application/rss+xml")


def test_a_feed_without_news_is_a_feed(site, client):
    assert client.get("/uk/aktuelles/feed/").status_code == 200
    NewsIndexPage.objects.all().delete()
    for address in ("/de/aktuelles/feed/", "/ar/aktuelles/feed/atom/"):
        assert client.get(address).status_code == 200
