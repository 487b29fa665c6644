"""What nobody may read yet, any more, or without a key shows nowhere: SECURITY's "0 leaks"."""

import pytest
from wagtail.models import Page, PageViewRestriction

from campaigns.models import EventPage
from core.languages import LANGUAGE_NAMES
from core.publishing import open_pages
from home.models import ContentPage
from organisations.models import OrganisationPage
from tests.site.addresses import OPEN_DATA, OTHERS, PARAMETERS, addresses
from tests.site.world import HIDDEN, LOCKS, PARENTS, SECRET

SLUG = "geheim-"


def address(page, language):
    return f"/{language}/{page.url_path.split('/', 2)[2]}"


def leaks(answers, addresses, *words):
    """Where the words show, by address."""
    found = {url: answers[url] for url in addresses}
    assert {url: answer.status_code for url, answer in found.items() if answer.status_code != 200} == {}
    return {url: word for url, answer in found.items() for word in words if word in answer.text}


@pytest.mark.parametrize("model", PARENTS)
@pytest.mark.parametrize("state", HIDDEN)
def test_a_page_that_is_not_live_does_not_exist_in_any_language(world, client, model, state):
    page = world.hidden[model, state]
    for language in LANGUAGE_NAMES:
        answer = client.get(address(page, language))
        assert answer.status_code == 404
        assert SECRET not in answer.text


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_a_locked_page_asks_for_its_key(world, client, language):
    """Its live translation too, though nobody has locked that one; and what stands below it."""
    locked = {state: page for (_model, state), page in world.hidden.items() if state not in HIDDEN}
    for (model, state), page in world.hidden.items():
        if state in HIDDEN:
            continue
        answer = client.get(address(page, language))
        assert SECRET not in answer.text
        if state == "password":
            assert answer.status_code == 200
            assert 'type="password"' in answer.text
            assert answer["Cache-Control"] == "private, no-store" or "private" in answer["Cache-Control"]
        else:
            assert answer.status_code == 302, (model, state)
            assert answer["Location"].startswith("/admin/login/?next=")
    assert locked.keys() == {*LOCKS, "below a lock"}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_key_opens_the_locked_page(world, client, language):
    page = world.hidden[ContentPage, "password"]
    lock = PageViewRestriction.objects.get(page=page)
    url = address(page, language)
    form = {"password": "sesam", "return_url": url}
    opened = client.post(f"/{language}/_util/authenticate_with_password/{lock.pk}/{page.pk}/", form, follow=True)
    assert opened.status_code == 200
    assert SECRET in opened.text
    assert "private" in opened["Cache-Control"]
    wrong = client.post(f"/{language}/_util/authenticate_with_password/{lock.pk}/{page.pk}/", form | {"password": "x"})
    assert SECRET not in wrong.text


def test_a_lock_on_the_translation_holds_for_the_translation(world, client):
    page = world.public[ContentPage]
    translation = Page.objects.get(translation_key=page.translation_key, locale=world.locales["ar"])
    PageViewRestriction.objects.create(page=translation, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(page, "ar")).status_code == 302
    assert client.get(address(page, "de")).status_code == 200


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_no_address_shows_what_is_hidden(answers, language):
    assert leaks(answers, addresses([language]), SECRET, SLUG) == {}


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_no_search_filter_or_further_page_shows_what_is_hidden(answers, language):
    values = {
        "q": ["Text", "Bochum", "draft"],
        "page": ["1", "2", "3"],
        "kind": ["news", "press"],
        "when": ["past", "week", "month"],
        "network": ["networkpage"],
        "project": ["projectpage"],
        "where": ["place", "online"],
        "price": ["free"],
        "state": ["NW"],
        "topic": ["wohnen"],
        "language": ["ar"],
        "status": ["running"],
    }
    urls = [
        f"/{language}/{path}?{name}={value}"
        for path, names in PARAMETERS.items()
        for name in names
        for value in values.get(name, [])
    ]
    assert leaks(answers, urls, SECRET, SLUG) == {}


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
@pytest.mark.parametrize("path", ["suche", "organisationen"])
def test_whoever_searches_for_a_hidden_page_finds_nothing(world, client, language, path):
    answer = client.get(f"/{language}/{path}/", {"q": SECRET})
    assert [page.pk for page in answer.context["pages"]] == []
    assert "in zwei Sätzen" not in answer.text
    assert SLUG not in answer.text


def test_machines_are_told_nothing_of_what_is_hidden(answers):
    assert leaks(answers, OTHERS, SECRET, SLUG) == {}


@pytest.mark.parametrize("query", ["", "?q=Text", "?since=2020-01-01", "?old=1&lang=ar", "?full=true", "?state=NW"])
def test_open_data_tell_nothing_of_what_is_hidden(world, client, query):
    for path in OPEN_DATA:
        answer = client.get(f"{path}{query}")
        assert answer.status_code == 200
        text = answer.getvalue().decode() if answer.streaming else answer.text
        assert SECRET not in text
        assert SLUG not in text
    shown = client.get(f"/daten/organisationen.json{query}").json()["organisations"]
    assert {record.get("name") for record in shown} <= {
        "Sichtbar OrganisationPage",
        "Nur deutsch OrganisationPage",
        "ظاهر OrganisationPage",
        None,
    }


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_nobody_can_write_to_a_hidden_organisation(world, client, language):
    for (model, _state), page in world.hidden.items():
        if model is OrganisationPage:
            url = f"/{language}/nachricht/{page.translation_key}/"
            assert client.get(url).status_code == 404
            assert client.post(url, {"name": "N", "email": "n@example.org", "message": "M"}).status_code == 404


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_no_hidden_event_can_be_put_into_a_calendar(world, client, language):
    for (model, _state), page in world.hidden.items():
        if model is EventPage:
            assert client.get(f"/{language}/termine/{page.slug}.ics").status_code == 404


def test_figures_count_only_what_everybody_may_see(world, client):
    home = client.get("/de/")
    shown = open_pages(OrganisationPage.objects.live()).filter(locale=world.locales["de"]).count()
    assert f"<strong>{shown}</strong> <span>Organisationen" in home.text


def test_pages_that_refer_to_hidden_ones_still_show_the_others(answers):
    project = answers["/de/projekte/projectpage/"].text
    for name in ("NewsPage", "NetworkPage", "OrganisationPage"):
        assert f"Sichtbar {name}" in project
    home = answers["/de/"].text
    for name in ("NewsPage", "ProjectPage", "StoryPage"):
        assert f"Sichtbar {name}" in home
    assert "Sichtbar NewsPage" in answers["/de/bezuege/"].text
    assert "Sichtbar OrganisationPage" in answers["/de/organisationen/networkpage/"].text


def test_what_is_published_later_appears_and_disappears_with_its_source(
    world, client, django_capture_on_commit_callbacks
):
    page = world.hidden[ContentPage, "draft"].specific
    page.live = True
    page.save()
    assert SECRET in client.get(address(page, "de")).text
    assert "عربي" in client.get(address(page, "ar")).text
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    for language in ("de", "ar"):
        assert SECRET not in client.get(f"/{language}/suche/?q=draft").text
        assert client.get(address(page, language)).status_code == 404
