"""Facts are entered once, on the German page, and are right in every language at once. Words follow the language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page

from campaigns.models import EventPage, ProjectPage
from core.models import Contact
from news.models import NewsPage
from organisations.models import NetworkPage, OrganisationPage, Service
from stories.models import StoryPage
from tests.site.addresses import path_of
from tests.site.world import make, note


def change(world, model, **facts):
    """As an editor does on the German page; nobody touches the translation."""
    page = model.objects.get(pk=world.public[model].pk)
    if model is OrganisationPage:
        return note(page, **facts)
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def read(client, language, model):
    return client.get(f"/{language}/{path_of(model)}").text


@pytest.mark.parametrize("language", ["de", "ar", "tr"])
@pytest.mark.parametrize("model", [OrganisationPage, NetworkPage])
def test_a_new_phone_number_shows_at_once_in_every_language(world, client, language, model):
    change(world, model, phone="+49 234 987654")
    html = read(client, language, model)
    assert '<a href="tel:+49234987654" dir="ltr">+49 234 987654</a>' in html
    assert "+49 234 222222" not in html


@pytest.mark.parametrize("language", ["de", "ar", "tr"])
def test_a_new_time_of_an_event_shows_at_once_in_every_language(world, client, language):
    starts = datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=18, minute=47, second=0, microsecond=0)
    starts += timedelta(days=30)
    change(world, EventPage, starts_at=starts, ends_at=starts + timedelta(hours=1))
    html = read(client, language, EventPage)
    assert f'datetime="{starts.isoformat()}"' in html
    assert ":47" in html
    assert ":47" in client.get(f"/{language}/termine/").text
    assert f"{starts:%Y%m%d}T184700" in client.get(f"/{language}/termine/eventpage.ics").text


@pytest.mark.parametrize("language", ["de", "ar", "tr"])
def test_new_funding_contact_and_status_show_at_once(world, client, language):
    contact = Contact.objects.create(name="Mira Muster", phone="030 555", email="mira@example.org")
    change(world, ProjectPage, contact=contact, website="https://projekt.example.org/")
    change(world, StoryPage, municipality="Goslar")
    html = read(client, language, ProjectPage)
    assert "Mira Muster" in html
    assert "projekt.example.org" in html
    assert "BAMF" in html
    assert "Goslar" in read(client, language, StoryPage)


def test_facts_that_lie_on_a_translation_are_not_read(world, client):
    """wagtail-localize leaves copies there."""
    page = OrganisationPage.objects.get(
        translation_key=world.public[OrganisationPage].translation_key, locale__language_code="ar"
    )
    OrganisationPage.objects.filter(pk=page.pk).update(legal_form="Stiftung")
    assert "Stiftung" not in read(client, "ar", OrganisationPage)


@pytest.mark.parametrize(
    ("precision", "shown", "hidden"),
    [
        ("exact", "Geheimweg 7", None),
        ("district", "Bochum", "Geheimweg"),
        ("town", "Bochum", "Geheimweg"),
        ("form", None, "Geheimweg"),
    ],
)
def test_an_address_is_as_exact_as_was_released(world, client, precision, shown, hidden):
    change(world, OrganisationPage, street="Geheimweg 7", precision=precision, email="buero@example.org")
    for language in ("de", "ar"):
        html = read(client, language, OrganisationPage)
        assert shown is None or shown in html
        assert hidden is None or hidden not in html
        assert "buero@example.org" not in html


@pytest.mark.parametrize(("language", "word"), [("de", "Wohnen"), ("ar", "السكن"), ("tr", "Wohnen")])
def test_words_of_a_vocabulary_are_in_the_readers_language(answers, language, word):
    html = answers[f"/{language}/{path_of(NewsPage)}"].text
    mark = ' lang="de" dir="ltr"' if language == "tr" else ""
    assert f'<li{mark}><a href="/{language}/aktuelles/?topic=wohnen">{word}</a></li>' in html
    assert f">{word}</option>" in answers[f"/{language}/aktuelles/"].text


def test_a_filter_has_the_same_address_in_every_language(world, answers):
    for language in ("de", "ar", "tr"):
        found = answers[f"/{language}/aktuelles/?topic=wohnen"].context["pages"]
        assert [page.pk for page in found] == [world.public[NewsPage].pk]


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("de", "1. März 2026"),
        ("en", "1 March 2026"),
        ("tr", "1 Mart 2026"),
        ("ru", "1 марта 2026"),
        ("pl", "1 marca 2026"),
        ("uk", "1 березня 2026"),
    ],
)
def test_dates_follow_the_language(answers, language, date):
    assert date in answers[f"/{language}/{path_of(NewsPage)}"].text


@pytest.mark.parametrize(
    ("language", "number"), [("de", "12.000"), ("en", "12,000"), ("tr", "12.000"), ("pl", "12\xa0000")]
)
def test_numbers_follow_the_language(answers, language, number):
    assert number in answers[f"/{language}/kampagnen/campaignpage/"].text


def test_names_are_sorted_as_germans_look_them_up(world, client):
    for title in ("Zukunft", "Übermorgen", "Uhrwerk", "Ärztehaus", "Apfel", "élan"):
        make(
            OrganisationPage,
            world.places["de", "organisationen"],
            title.encode("ascii", "ignore").decode().lower(),
            title,
        )
    titles = [page.title for page in client.get("/de/organisationen/").context["pages"]]
    wanted = ["Apfel", "Ärztehaus", "élan", "Übermorgen", "Uhrwerk", "Zukunft"]
    assert [title for title in titles if title in wanted] == wanted


def search_of(client, language):
    return client.get(f"/{language}/organisationen/").context["search"]


def test_spoken_languages_are_sorted_by_their_name_in_the_readers_language(world, client):
    page = OrganisationPage.objects.get(pk=world.public[OrganisationPage].pk)
    for code in ("tr", "uk", "en", "pl"):
        page.spoken_languages.create(language=code)
    page.save()
    offered = {
        language: [choice.key for choice in search_of(client, language).facet("language").choices]
        for language in ("de", "en")
    }
    assert offered["de"] == ["ar", "en", "pl", "tr", "uk"]
    assert offered["en"] == ["en", "ar", "pl", "tr", "uk"]  # the reader's own first


def test_a_service_without_translation_is_marked_as_german(world, client):
    service = Service.objects.create(name="Sprachkurse", key="sprachkurse", locale=world.locales["de"])
    page = OrganisationPage.objects.get(pk=world.public[OrganisationPage].pk)
    page.services.add(service)
    page.save()
    assert '<li lang="de" dir="ltr">' in read(client, "ar", OrganisationPage)
    assert Page.objects.filter(pk=page.pk).exists()
