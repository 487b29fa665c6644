"""The search over the whole site finds each page once, in the best language there is."""

import pytest

from core.search import find
from home.models import ContentPage, HomePage
from organisations.models import DirectoryPage, OrganisationPage
from tests.site.world import make, translate


@pytest.fixture
def pages(site):
    page = make(ContentPage, site, "beratung", "Beratung vor Ort", summary="Wir helfen.")
    arabic = HomePage.objects.get(slug="home-ar")
    translate(page, arabic, "استشارة محلية", summary="نحن نساعد")
    make(ContentPage, site, "mitmachen", "Mitmachen und Beratung", summary="Nur auf Deutsch.")


def found(client, language, words):
    return [page.title for page in client.get(f"/{language}/suche/", {"q": words}).context["pages"]]


def test_each_page_is_found_once_in_the_readers_language(pages, client):
    assert sorted(found(client, "de", "Beratung")) == ["Beratung vor Ort", "Mitmachen und Beratung"]
    assert found(client, "ar", "استشارة") == ["استشارة محلية"]
    assert found(client, "ar", "Beratung") == ["Mitmachen und Beratung"]


def test_forms_of_a_word_are_found(pages, client):
    assert "Beratung vor Ort" in found(client, "de", "beratungen")


def test_signs_do_not_matter(pages, client):
    assert found(client, "de", '  "Mitmachen" & (Beratung)!  ') == ["Mitmachen und Beratung"]


def test_results_link_in_the_readers_language_and_are_marked(pages, client):
    html = client.get("/tr/suche/", {"q": "Mitmachen"}).text
    assert '<h3 lang="de" dir="ltr"><a href="/tr/mitmachen/">' in html


def test_results_are_not_for_search_engines(pages, client):
    assert '<meta name="robots" content="noindex">' in client.get("/de/suche/?q=Beratung").text


def test_too_many_hits_are_found_without_being_ranked(site, monkeypatch):
    pages = OrganisationPage.objects.all()
    directory = DirectoryPage.objects.child_of(site).get()
    for number in range(3):
        make(OrganisationPage, directory, f"beratung-{number}", f"Beratung {number}")
    ranked = {page.pk for page in find(pages, "Beratung", "de").pages}
    monkeypatch.setattr("core.search.MOST_RANKED", 2)
    assert len(ranked) == 3
    assert {page.pk for page in find(pages, "Beratung", "de").pages} == ranked
    assert {page.pk for page in find(pages, "Beratung", "de").pages[:2]} <= ranked
