"""Leichte Sprache: free-standing texts at the place of the German page."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from tests.translations.work import change_source, edit_url, refused, target


def create(client, page):
    return client.post(reverse("translations:easy_create", args=[page.pk]))


@pytest.fixture
def easy(site):
    return site.locales["de-simple"]


def test_the_page_starts_as_an_empty_draft(site, people, easy, client):
    page = site.pages["verband"]
    response = create(people["translator_easy"], page)
    text = target(page, easy)
    assert response["Location"] == edit_url(text)
    assert (text.title, text.summary, len(text.body), text.live) == ("Verband", "", 0, False)
    assert text.slug == page.slug
    assert text.translation_key == page.translation_key
    assert not Translation.objects.exists()
    assert target(site.pages["ueber-uns"], easy).alias_of_id == site.pages["ueber-uns"].pk
    assert client.get("/de-simple/ueber-uns/verband/").context["page"].pk == page.pk


def test_a_stand_in_becomes_the_text(site, people, easy, client):
    create(people["translator_easy"], site.pages["verband"])
    page = site.pages["ueber-uns"]
    create(people["translator_easy"], page)
    text = target(page, easy)
    assert (text.alias_of, text.live, text.summary, len(text.body)) == (None, False, "", 0)
    assert client.get("/de-simple/ueber-uns/").context["page"].pk == page.pk


def test_only_once(site, people):
    page = site.pages["verband"]
    create(people["translator_easy"], page)
    assert refused(create(people["translator_easy"], page))


def test_who_may(site, people):
    page = site.pages["verband"]
    address = reverse("translations:easy_create", args=[page.pk])
    may = {role for role, client in people.items() if not refused(client.get(address))}
    assert may == {"translator_easy", "lead_easy", "editor", "admin"}


def test_not_from_drafts_of_others(site, people):
    page = site.pages["verband"]
    page.unpublish()
    assert refused(create(people["translator_easy"], page))


def test_not_from_other_languages(site, people):
    assert refused(create(people["admin"], site.homes["ar"]))


def test_the_list_of_pages_without_text(site, people):
    address = reverse("translations:easy")

    def titles(state):
        return [page.title for page in people["translator_easy"].get(address, {"state": state}).context["pages"]]

    assert titles("missing") == ["Über uns", "Verband", "Aktuelles", "Drei Wege"]
    create(people["translator_easy"], site.pages["verband"])
    assert titles("missing") == ["Über uns", "Aktuelles", "Drei Wege"]
    assert titles("draft") == ["Verband"]
    assert people["translator_easy"].get(address, {"p": "x", "state": "\0"}).status_code == 200
    assert refused(people["translator_ar"].get(address))


def test_the_editor_links_both(site, people, easy):
    page = site.pages["verband"]
    offer = reverse("translations:easy_create", args=[page.pk])
    assert offer in people["editor"].get(edit_url(page)).content.decode()
    create(people["admin"], page)
    assert edit_url(target(page, easy)) in people["admin"].get(edit_url(page)).content.decode()
    assert edit_url(page) in people["admin"].get(edit_url(target(page, easy))).content.decode()
    assert "/de/ueber-uns/verband/" in people["lead_easy"].get(edit_url(target(page, easy))).content.decode()


def form(client, page, **values):
    """What the editor's form sends, without the facts it does not offer."""
    data = {"title": page.title, "summary": "", "seo_title": "", "search_description": "", "comments-TOTAL_FORMS": 0}
    data |= {
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
        "body": streamfield([]),
    }
    if revision := page.latest_revision:
        data |= {"loaded_revision_id": revision.pk, "loaded_revision_created_at": revision.created_at.isoformat()}
    return client.post(edit_url(page), nested_form_data(data | values))


def test_writing_and_publishing_in_the_ordinary_editor(site, people, easy, client):
    page = site.pages["drei-wege"]
    create(people["translator_easy"], page)
    text = target(page, easy)
    body = streamfield([("text", rich_text("<p>Das ist leicht.</p>"))])
    form(people["translator_easy"], text, title="Drei Wege in Leichter Sprache", body=body, **{"action-publish": "1"})
    assert not target(page, easy).live, "translators do not publish"
    response = form(
        people["lead_easy"], target(page, easy), title="Drei Wege leicht", body=body, **{"action-publish": "1"}
    )
    assert response.status_code == 302
    text = target(page, easy)
    assert (text.live, text.title, text.slug) == (True, "Drei Wege leicht", "drei-wege")
    answer = client.get("/de-simple/aktuelles/drei-wege/")
    assert answer.context["page"].pk == text.pk
    assert text.facts.date == page.date


def test_facts_are_not_offered(site, people, easy):
    page = site.pages["drei-wege"]
    create(people["translator_easy"], page)
    content = people["translator_easy"].get(edit_url(target(page, easy))).content.decode()
    assert 'name="title"' in content
    for fact in ("date", "kind", "topics", "slug"):
        assert f'name="{fact}"' not in content


def test_the_text_follows_a_new_address(site, people, easy, django_capture_on_commit_callbacks):
    page = site.pages["verband"]
    create(people["translator_easy"], page)
    with django_capture_on_commit_callbacks(execute=True):
        change_source(page, slug="unser-verband")
    assert target(page, easy).slug == "unser-verband"
    form(people["lead_easy"], target(page, easy), **{"action-publish": "1"})
    assert target(page, easy).slug == "unser-verband"


def test_every_page_type_opens_in_the_editor(site, people, easy):
    home = site.homes["de"]
    for number, model in enumerate(page_types()):
        page = home.add_child(instance=model(title=f"Seite {number}", slug=f"seite-{number}", **required(model)))
        create(people["admin"], page)
        text = target(page, easy)
        assert people["admin"].get(edit_url(text)).status_code == 200, model
        assert people["admin"].get(edit_url(page)).status_code == 200, model
        assert people["admin"].get(reverse("wagtailadmin_pages:history", args=[text.pk])).status_code == 200


def page_types():
    """All but the home page, of which there is one."""
    from core.models import BasePage
    from home.models import HomePage

    def concrete(model):
        for child in model.__subclasses__():
            yield from concrete(child) if child._meta.abstract else [child]

    return [model for model in concrete(BasePage) if model is not HomePage]


def required(model):
    """Values for facts that the database insists on."""
    from django.utils import timezone

    now = timezone.now()
    return {
        "EventPage": {"starts_at": now, "ends_at": now},
        "NetworkPage": {"city": "Musterstadt", "state": "NI"},
        "StoryPage": {"municipality": "Musterstadt", "as_of": now.date()},
        "OrganisationPage": {"legal_name": "Verein", "member_number": "1"},
    }.get(model.__name__, {})
