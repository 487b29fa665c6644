"""The admin of Leichte Sprache: who may do what, hints while writing, German changes, checks and the seal."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.translations import small_site
from tests.translations.work import change_source, edit_url, refused, target
from translations import demand
from translations.easy import record
from translations.models import EasySettings, EasyText

EASY = {"translator_easy", "lead_easy", "admin"}
ANSWERING = {"lead_easy", "admin"}
LOOKING = EASY | {"editor"}


def at(name, page):
    return reverse(f"translations:easy_{name}", args=[page.pk])


@pytest.fixture(scope="module")
def work(small_snapshot, django_db_blocker):
    """A live text at "Verband" whose German page has changed, a draft at "Drei Wege". Built once and rolled back."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            site, people = small_site.site(), small_site.people()
            easy = site.locales["de-simple"]
            for page in (site.pages["verband"], site.pages["drei-wege"]):
                people["admin"].post(at("create", page))
            target(site.pages["verband"], easy).save_revision().publish()
            change_source(site.pages["verband"], summary="Fünfzehn Netzwerke.")
            yield SimpleNamespace(
                site=site,
                people=people,
                german=site.pages["verband"],
                text=target(site.pages["verband"], easy),
                draft=target(site.pages["drei-wege"], easy),
            )
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def about(work, db):
    with transaction.atomic():
        yield lambda: EasyText.objects.get(page=work.text)
        transaction.set_rollback(True)


def settings_url():
    return reverse("wagtailsettings:edit", args=["translations", "easysettings", EasySettings.load().pk])


KEY = "passive:0123456789ab"
HINTS = json.dumps({"texts": [{"text": "Der Antrag wird geprüft."}]})
# (method, address, data, who may); whoever is not named is refused.
VIEWS = {
    "see the overview": ("get", lambda w: reverse("translations:easy"), {}, LOOKING),
    "edit the text": ("get", lambda w: edit_url(w.text), {}, EASY),
    "see what changed": ("get", lambda w: at("change", w.text), {}, LOOKING),
    "say that it fits": ("post", lambda w: at("change", w.text), {}, ANSWERING),
    "say so of a draft": ("post", lambda w: at("change", w.draft), {}, EASY),
    "see the details": ("get", lambda w: at("details", w.text), {}, ANSWERING),
    "write the details": ("post", lambda w: at("details", w.text), {}, ANSWERING),
    "write those of a draft": ("post", lambda w: at("details", w.draft), {}, EASY),
    "put a hint aside": ("post", lambda w: at("put_aside", w.text), {"key": KEY, "aside": "1"}, EASY),
    "see the form to create": ("get", lambda w: at("create", w.site.pages["aktuelles"]), {}, LOOKING),
    "create": ("post", lambda w: at("create", w.site.pages["aktuelles"]), {}, LOOKING),
    "see what all texts share": ("get", lambda w: settings_url(), {}, ANSWERING),
    "change what all texts share": ("post", lambda w: settings_url(), {"picture_source": "Mia"}, ANSWERING),
    "change by way of the German page": ("post", lambda w: at("change", w.german), {}, set()),
    "details of the German page": ("post", lambda w: at("details", w.german), {}, set()),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_role_at(name, work, db):
    method, address, data, allowed = VIEWS[name]
    wrong = []
    for role, client in work.people.items():
        with transaction.atomic():
            response = getattr(client, method)(address(work), data)
            transaction.set_rollback(True)
        assert response.status_code < 500, role
        if refused(response) == (role in allowed):
            wrong.append((role, response.status_code))
    assert wrong == []


def ask(client, page, body):
    return client.post(at("hints", page), body, content_type="application/json")


def test_hints_for_every_role(work, db):
    answered = {role for role, client in work.people.items() if not refused(ask(client, work.text, HINTS))}
    assert answered == EASY


def test_a_hint_comes_with_its_place_and_key(work, db):
    (hint,) = ask(work.people["translator_easy"], work.text, HINTS).json()["hints"]
    assert (hint["text"], hint["start"], hint["end"], hint["rule"]) == (0, 11, 23, "passive")
    assert hint["found"] == "wird geprüft"
    assert not hint["aside"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"texts": 1}',
        '{"texts": [1]}',
        '{"texts": [{"text": 1}]}',
        '{"texts": [{"text": "x", "bold": 3}]}',
        '{"texts": [{"text": "x", "bold": [[1]]}]}',
        '{"texts": [{"text": "x", "bold": [["a", "b"]]}]}',
        '{"texts": [{"text": "x", "bold": [[1e400, 2]]}]}',
        "[" * 50_000,
        json.dumps({"texts": [{"text": "x"}] * 501}),
        b"\xff\xfe",
    ],
    ids=range(14),
)
def test_anything_but_texts_is_refused_with_a_reason(body, work, db):
    response = ask(work.people["lead_easy"], work.text, body)
    assert response.status_code == 400
    assert response.json()["detail"]


@pytest.mark.parametrize("text", ["\0", "\u202ex", "\ud800", "1" * 90_000, "x " * 40_000])
def test_strange_texts_are_answered(text, work, db):
    body = json.dumps({"texts": [{"text": text}]})
    assert ask(work.people["lead_easy"], work.text, body).status_code == 200


def test_too_much_at_once_is_refused(work, db):
    body = json.dumps({"texts": [{"text": "x" * 100_001}]})
    assert ask(work.people["lead_easy"], work.text, body).status_code == 413


def test_hints_are_asked_for_by_post_only(work, db):
    assert work.people["lead_easy"].get(at("hints", work.text)).status_code == 405
    assert work.people["lead_easy"].get(at("put_aside", work.text)).status_code == 405


def test_a_hint_put_aside_is_remembered_for_this_text(work, about):
    client = work.people["translator_easy"]
    key = ask(client, work.text, HINTS).json()["hints"][0]["key"]
    client.post(at("put_aside", work.text), {"key": key, "aside": "1"})
    client.post(at("put_aside", work.text), {"key": key, "aside": "1"})
    assert about().dismissed == [key]
    assert ask(client, work.text, HINTS).json()["hints"][0]["aside"]
    assert not ask(client, work.draft, HINTS).json()["hints"][0]["aside"]
    client.post(at("put_aside", work.text), {"key": key, "aside": ""})
    assert about().dismissed == []


@pytest.mark.parametrize("key", ["", "x", "passive:0", "passive:0123456789ab\n", "\0", "a" * 10_000])
def test_only_keys_of_hints_are_remembered(key, work, about):
    assert work.people["lead_easy"].post(at("put_aside", work.text), {"key": key, "aside": "1"}).status_code == 400
    assert about().dismissed == []


def test_the_editor_shows_that_the_german_text_has_changed(work, db):
    content = work.people["translator_easy"].get(edit_url(work.text)).content.decode()
    assert 'data-side-panel="easy"' in content
    assert at("change", work.text) in content
    assert at("details", work.text) not in content, "who may not publish does not change what is public"
    assert 'data-side-panel="easy"' not in work.people["admin"].get(edit_url(work.german)).content.decode()


def test_the_change_is_shown_word_by_word(work, db):
    content = work.people["translator_easy"].get(at("change", work.text)).content.decode()
    assert "<del>Vierzehn</del><ins>Fünfzehn</ins> Netzwerke." in content


def test_saying_that_it_fits_moves_the_text_on(work, about):
    assert about().is_outdated
    work.people["lead_easy"].post(at("change", work.text))
    assert not about().is_outdated
    assert record.german_changes(about()) == []


def test_publishing_an_outdated_text_asks_whether_it_fits(work, about):
    from tests.translations.test_easy_language import form

    response = form(work.people["lead_easy"], work.text, title="Verband leicht", **{"action-publish": "1"})
    assert response["Location"] == at("change", work.text) + "?published=1"
    assert about().is_outdated, "only the answer moves it on"


def details(work, page=None, **values):
    return work.people["lead_easy"].post(at("details", page or work.text), values)


def test_a_check_is_recorded(work, about):
    group = {"checked_by": "Prüfgruppe Beispielstadt", "checked_on": "2026-11-03"}
    response = details(work, **group, checks_this_text="on", has_seal="on", picture_source="Bilder: Mia Muster")
    assert response.status_code == 302, response.context["form"].errors
    known = about()
    assert (known.checked_by, known.has_seal, known.is_checked) == ("Prüfgruppe Beispielstadt", True, True)


def test_without_the_word_that_this_text_was_read_no_check_holds(work, about):
    details(work, checked_by="Prüfgruppe", checked_on="2026-11-03", has_seal="on")
    assert not about().is_checked


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"checked_by": "Prüfgruppe"}, "checked_on"),
        ({"checked_on": "2026-11-03"}, "checked_by"),
        ({"has_seal": "on"}, "has_seal"),
        ({"checks_this_text": "on"}, "checks_this_text"),
        ({"checked_by": "Prüfgruppe", "checked_on": "9999-12-31"}, "checked_on"),
        ({"checked_by": "Prüfgruppe", "checked_on": "0000-99-99"}, "checked_on"),
        ({"checked_by": "x" * 201, "checked_on": "2026-11-03"}, "checked_by"),
        ({"picture_source": "x" * 301}, "picture_source"),
        ({"picture_source": "a" + "\u0301" * 300}, "picture_source"),
    ],
)
def test_half_a_check_is_none(values, field, work, about):
    response = details(work, **values)
    assert field in response.context["form"].errors
    assert not about().checked_by
    assert not about().has_seal


def test_what_turns_the_reading_direction_is_taken_out(work, about):
    details(work, checked_by="Gruppe \u202eX\0", checked_on="2026-11-03")
    assert about().checked_by in {"Gruppe X", ""}


def test_the_overview_knows_what_readers_ask_for(work, about):
    demand.count(work.site.pages["aktuelles"].translation_key, work.site.locales["de-simple"].pk)
    response = work.people["translator_easy"].get(reverse("translations:easy"))
    first, *rest = response.context["pages"]
    assert (first.title, first.wishes) == ("Aktuelles", 1)
    assert {page.title: page.easy_state for page in rest} == {
        "Über uns": "missing",
        "Verband": "outdated",
        "Drei Wege": "draft",
        "NeMO": "current",
    }


def test_the_overview_costs_the_same_for_many_pages(work, db, django_assert_max_num_queries):
    client, address = work.people["translator_easy"], reverse("translations:easy")
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)


def test_readers_learn_about_check_seal_and_change(work, about, client):
    details(
        work,
        checked_by="Prüfgruppe Beispielstadt",
        checked_on="2026-11-03",
        checks_this_text="on",
        has_seal="on",
        picture_source="Mia Muster",
    )
    page = client.get("/de-simple/ueber-uns/verband/").content.decode()
    assert "Prüfgruppe Beispielstadt" in page
    assert "easy-seal" in page
    assert "Mia Muster" in page
    assert 'href="/de/ueber-uns/verband/" hreflang="de"' in page
    assert "easy-newer" in page
    work.people["lead_easy"].post(at("change", work.text))
    assert "easy-newer" not in client.get("/de-simple/ueber-uns/verband/").content.decode()


def test_other_pages_say_nothing_of_it(work, db, client):
    for address in ("/de/ueber-uns/verband/", "/de-simple/ueber-uns/", "/ar/ueber-uns/verband/"):
        page = client.get(address).content.decode()
        assert "easy-note" not in page
        assert "easy-about" not in page


def test_a_page_in_leichte_sprache_costs_no_query_more(work, db, client, django_assert_max_num_queries):
    client.get("/de-simple/ueber-uns/verband/")
    with django_assert_max_num_queries(12):
        client.get("/de-simple/ueber-uns/verband/")


def test_days_to_come_are_no_days_of_a_check(work, about):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "checked_on" in details(work, checked_by="Prüfgruppe", checked_on=tomorrow).context["form"].errors
