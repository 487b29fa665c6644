"""What readers can say about translations: without an account, a cookie, or a trace of who they are."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from lxml import html as lxml_html
from wagtail.models import Page, PageViewRestriction

from tests.site.test_bad_input import NASTY
from tests.translations import small_site
from tests.translations.work import publish_in_editor, submit, target, translate, translation
from translations.demand import demand
from translations.models import Demand, Provenance, ReaderNote
from translations.views import readers

TODAY = timezone.localdate
SENTENCES = {
    "people": "Translated from German by people.",
    "reviewed": "Translated from German by a machine and reviewed by people.",
    "machine": "Translated from German by a machine. Nobody has reviewed it yet; there may be mistakes in it.",
    "mixed": "Translated from German by people, in parts by a machine. Nobody has reviewed these parts yet.",
}


@pytest.fixture(scope="module")
def world(small_snapshot, django_db_blocker):
    """Über uns is live in Arabic, Verband is German only. Built once and rolled back."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            site, people = small_site.site(), small_site.people()
            page, arabic = site.pages["ueber-uns"], site.locales["ar"]
            submit(people["editor"], page, arabic)
            translate(people["translator_ar"], translation(page, arabic))
            publish_in_editor(people["lead_ar"], target(page, arabic))
            yield site
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def site(world, db):
    return world


@pytest.fixture
def page(site):
    return Page.objects.get(pk=site.pages["verband"].pk).specific


@pytest.fixture
def live(site):
    return Page.objects.get(pk=site.pages["ueber-uns"].pk).specific


def wish_url(page, language="ar"):
    return f"/{language}/uebersetzung/wunsch/{page.translation_key}/"


def note_url(page, language="ar"):
    return f"/{language}/uebersetzung/hinweis/{page.translation_key}/"


def clean(answer):
    """Any cache may hold it."""
    return (
        answer.status_code == 200
        and not answer.cookies
        and "csrf" not in answer.text
        and answer.headers["Cache-Control"].startswith("public")
        and "Cookie" not in answer.headers.get("Vary", "")
    )


def test_an_untranslated_page_asks_for_wishes(page, client):
    answer = client.get("/ar/ueber-uns/verband/")
    assert f'action="{wish_url(page)}"' in answer.text
    assert "العربية" in answer.text
    assert clean(answer)
    assert "uebersetzung/wunsch" not in client.get("/de/ueber-uns/verband/").text


def test_a_tap_counts_and_thanks(page, site, client):
    answer = client.post(wish_url(page), follow=True)
    assert clean(answer)
    assert 'href="/ar/ueber-uns/verband/"' in answer.text
    assert demand(TODAY()) == {(page.translation_key, site.locales["ar"].pk): 1}
    assert demand(TODAY() + timedelta(days=1)) == {}


def test_taps_of_one_device_count_once_a_day(page, client):
    for _tap in range(3):
        assert client.post(wish_url(page)).status_code == 302
    client.post(wish_url(page, "tr"))
    client.post(wish_url(page), headers={"User-Agent": "another phone"})
    client.post(wish_url(page), REMOTE_ADDR="198.51.100.7")
    assert sum(demand(TODAY()).values()) == 4
    assert Demand.objects.count() == 2


def test_a_flood_is_thanked_and_not_counted(page, client, monkeypatch):
    monkeypatch.setattr(readers, "WISHES_PER_NETWORK_ADDRESS", readers.Limit("wish-test", 2, 60))
    for number in range(5):
        assert client.post(wish_url(page), headers={"User-Agent": str(number)}).status_code == 302
    assert sum(demand(TODAY()).values()) == 2


def test_nothing_about_the_reader_is_stored(page, client):
    client.post(wish_url(page), REMOTE_ADDR="198.51.100.7", headers={"User-Agent": "one phone"})
    columns = {field.name for field in Demand._meta.fields}
    assert columns == {"id", "translation_key", "locale", "day", "count"}
    assert {field.name for field in ReaderNote._meta.fields} == {
        "id",
        "translation_key",
        "locale",
        "text",
        "created_at",
        "handled_at",
        "handled_by",
    }


def test_other_sites_cannot_tap(page, client):
    assert client.post(wish_url(page), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Demand.objects.exists()


def test_get_counts_nothing(page, client):
    assert clean(client.get(wish_url(page)))
    client.head(wish_url(page))
    assert not Demand.objects.exists()


@pytest.mark.parametrize("state", ["draft", "locked", "unknown", "German", "no language"])
def test_only_public_pages_and_languages_of_the_site_can_be_wished_for(page, client, state):
    address = wish_url(page)
    if state == "draft":
        page.unpublish()
    elif state == "locked":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif state == "unknown":
        address = f"/ar/uebersetzung/wunsch/{uuid4()}/"
    elif state == "German":
        address = wish_url(page, "de")
    else:
        address = "/de" + wish_url(page, "fr")
    assert client.post(address).status_code == (302 if state == "German" else 404)
    assert not Demand.objects.exists()


def test_who_wishes_for_what_is_there_is_led_to_it(live, client):
    for address in (wish_url(live), wish_url(live) + "danke/"):
        assert client.get(address)["Location"] == "/ar/ueber-uns/"
    assert client.post(wish_url(live))["Location"] == "/ar/ueber-uns/"
    assert not Demand.objects.exists()


def test_a_translated_page_leads_to_the_form_for_notes(live, client):
    answer = client.get("/ar/ueber-uns/")
    assert f'href="{note_url(live)}"' in answer.text
    assert clean(answer)
    assert clean(client.get(note_url(live)))


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("people", None),
        ("reviewed", "TrainedAlgorithmicMediaDigitalSource"),
        ("machine", "TrainedAlgorithmicMediaDigitalSource"),
        ("mixed", "CompositeWithTrainedAlgorithmicMediaDigitalSource"),
    ],
)
def test_people_and_machines_are_told_how_the_text_was_made(live, client, kind, source):
    Provenance.objects.filter(page__translation_key=live.translation_key, page__locale__language_code="ar").update(
        kind=kind
    )
    main = lxml_html.fromstring(client.get("/ar/ueber-uns/").text).get_element_by_id("content")
    line = main.find_class("provenance")[0]
    assert line.xpath('.//a[@hreflang="de"]/@href') == ["/de/ueber-uns/"]
    with override("ar"):
        assert gettext(SENTENCES[kind]) == line.xpath("string(p[1])").strip()
    data = json.loads(line.xpath('string(.//script[@type="application/ld+json"])'))
    assert data["@id"] == "http://testserver/ar/ueber-uns/"
    assert data["translationOfWork"]["@id"] == "http://testserver/de/ueber-uns/"
    assert data["inLanguage"] == "ar"
    assert data.get("digitalSourceType") == (f"https://schema.org/{source}" if source else None)


def test_names_of_reviewers_are_not_public(live, client):
    assert "lead_ar" not in client.get("/ar/ueber-uns/").text


def test_a_text_in_leichte_sprache_takes_notes_too(live, site, client):
    easy = live.copy_for_translation(site.locales["de-simple"], copy_parents=True)
    easy.title = "Wir"
    easy.save_revision().publish()
    assert not Provenance.objects.filter(page=easy).exists()
    assert f'href="{note_url(live, "de-simple")}"' in client.get("/de-simple/ueber-uns/").text
    client.post(note_url(live, "de-simple"), {"text": "Das ist schwer."})
    assert ReaderNote.objects.get().locale == site.locales["de-simple"]


def test_a_note_reaches_the_language_once(live, site, client):
    for _click in range(2):
        answer = client.post(note_url(live), {"text": " كلمة خاطئة\r\nهنا "}, follow=True)
        assert clean(answer)
    note = ReaderNote.objects.get()
    assert note.text == "كلمة خاطئة\nهنا"
    assert (note.translation_key, note.locale) == (live.translation_key, site.locales["ar"])


def test_notes_about_untranslated_or_hidden_pages_are_not_taken(page, client):
    assert client.get(note_url(page)).status_code == 404
    assert client.post(note_url(page), {"text": "x"}).status_code == 404
    assert client.get(note_url(page) + "danke/").status_code == 404


def test_a_program_is_thanked_and_not_heard(live, client):
    assert client.post(note_url(live), {"text": "x", "fax_number": "1"}).status_code == 302
    assert not ReaderNote.objects.exists()


@pytest.mark.parametrize("limit", ["NOTES_PER_NETWORK_ADDRESS", "NOTES_PER_PAGE"])
def test_too_many_notes_keep_what_was_typed(live, client, monkeypatch, limit):
    monkeypatch.setattr(readers, limit, readers.Limit(f"test-{limit}", 1, 60))
    client.post(note_url(live), {"text": "one"})
    answer = client.post(note_url(live), {"text": "two"})
    assert answer.status_code == 429
    assert "two</textarea>" in answer.text
    assert ReaderNote.objects.count() == 1


def test_a_long_note_is_refused_and_kept(live, client):
    assert client.post(note_url(live), {"text": "x" * 1000}).status_code == 302
    answer = client.post(note_url(live), {"text": "x" * 1001})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.text
    assert ReaderNote.objects.count() == 1


def test_every_field_takes_anything(live, page, client, monkeypatch):
    for limit in ("NOTES_PER_NETWORK_ADDRESS", "NOTES_PER_PAGE"):
        monkeypatch.setattr(readers, limit, readers.Limit(f"nasty-{limit}", 1000, 60))
    for text in NASTY.values():
        answers = [
            client.post(note_url(live), {"text": text}),
            client.post(note_url(live), {"text": "x", "fax_number": text}, query_params={"text": text}),
            client.post(wish_url(page), {"text": text}, query_params={"text": text}),
            client.get(wish_url(page), {"text": text}),
        ]
        assert {answer.status_code for answer in answers} <= {200, 302, 422}, text
        assert client.post(note_url(live), {text or "x": text}).status_code < 500
    notes = ReaderNote.objects.values_list("text", flat=True)
    assert len(notes) > 15
    assert not any("\x00" in text or "\u202e" in text for text in notes)


@pytest.mark.parametrize("raw", [b"\xff", b"text=\xff\xfe", b"text=%00", b"text=%ed%a0%80", b"{", b""])
def test_every_body_is_answered(live, page, client, raw):
    for kind in ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x", "text/x"):
        for address in (note_url(live), wish_url(page)):
            assert client.post(address, raw, content_type=kind).status_code < 500


def test_other_methods_are_refused(live, client):
    for address in (note_url(live), wish_url(live, "tr")):
        for method in ("put", "delete", "patch"):
            assert getattr(client, method)(address).status_code in (403, 405)


def test_old_wishes_and_notes_are_deleted(live, site):
    now, arabic = timezone.now(), site.locales["ar"]
    for days in (400, 401):
        Demand.objects.create(translation_key=uuid4(), locale=arabic, day=TODAY() - timedelta(days=days), count=3)
    for days in (89, 91):
        handled, old = now - timedelta(days=days), now - timedelta(days=500)
        ReaderNote.objects.create(
            translation_key=uuid4(), locale=arabic, text=f"handled {days}", created_at=old, handled_at=handled
        )
    for days in (399, 401):
        ReaderNote.objects.create(
            translation_key=uuid4(), locale=arabic, text=f"open {days}", created_at=now - timedelta(days=days)
        )
    for _again in range(2):
        call_command("purge_personal_data")
        assert Demand.objects.count() == 1
        assert set(ReaderNote.objects.values_list("text", flat=True)) == {"handled 89", "open 399"}


def test_notes_signed_with_an_address_are_erased_with_it(site, live):
    for text in ("Hier fehlt ein Wort. Thi@Example.org", "Hier auch."):
        ReaderNote.objects.create(translation_key=live.translation_key, locale=site.locales["ar"], text=text)
    call_command("personal_data", "erase", "thi@example.org")
    call_command("personal_data", "erase", "")
    assert [note.text for note in ReaderNote.objects.all()] == ["Hier auch."]
