"""Deleting a German page: it is said which translations there are, and none of their text is lost."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from core.models import Topic
from tests.translations import small_site
from tests.translations.work import edit_url, found, submit, target, translate, translation


@pytest.fixture(scope="module")
def prepared(prepared_desk, django_db_blocker):
    """About us is in work in Arabic and Turkish; the page below it is complete in Arabic. Nothing is published."""
    below, arabic, people = prepared_desk.site.pages["verband"], prepared_desk.site.locales["ar"], prepared_desk.people
    with django_db_blocker.unblock():
        submit(people["admin"], below, arabic)
        translate(people["translator_ar"], translation(below, arabic), "أسفل {number}")


@pytest.fixture
def work(prepared, db):
    return found(small_site.site(), small_site.people())


def delete_url(page):
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def bulk_url(*pages):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?{ids}&next=/admin/pages/"


@pytest.mark.parametrize("address", [delete_url, bulk_url])
def test_the_confirmation_names_translations_by_language_also_of_pages_below(work, address):
    html = work.people["admin"].get(address(work.page)).content.decode()
    assert "<strong>العربية</strong>: Über uns, Verband" in html
    assert "<strong>Türkçe</strong>: Über uns" in html


@pytest.mark.parametrize("address", [delete_url, bulk_url])
def test_nothing_is_said_where_nothing_is_translated(work, address):
    html = work.people["editor"].get(address(work.site.pages["aktuelles"])).content.decode()
    assert "<strong>Türkçe</strong>" not in html


@pytest.mark.parametrize("how", ["one", "many", "parent"])
def test_none_of_the_text_is_lost_however_it_is_deleted(work, how, django_capture_on_commit_callbacks):
    arabic, admin = work.site.locales["ar"], work.people["admin"]
    texts = set(StringTranslation.objects.filter(locale=arabic).values_list("data", flat=True))
    assert texts
    with django_capture_on_commit_callbacks(execute=True):
        if how == "many":
            admin.post(bulk_url(work.page, work.site.pages["verband"]))
        else:
            admin.post(delete_url(work.page))
    assert not Page.objects.filter(pk=work.page.pk).exists()
    assert set(StringTranslation.objects.filter(locale=arabic).values_list("data", flat=True)) == texts
    for name, first in (("ueber-uns", "نص"), ("verband", "أسفل")):
        page = target(work.site.pages[name], arabic)
        draft = page.get_latest_revision_as_object()
        assert not page.live
        assert draft.title.startswith(first)
        assert draft.summary.startswith(first)
        assert admin.get(edit_url(page)).status_code == 200


def test_a_live_translation_becomes_a_draft_with_its_newest_text(work, django_capture_on_commit_callbacks, client):
    arabic, people = work.site.locales["ar"], work.people
    with django_capture_on_commit_callbacks(execute=True):
        people["lead_ar"].post(edit_url(work.target), {"action": "publish"})
    assert target(work.page, arabic).live
    translate(people["translator_ar"], work.translation, "أحدث {number}")
    with django_capture_on_commit_callbacks(execute=True):
        people["admin"].post(delete_url(work.page))
    page = target(work.page, arabic)
    assert not page.live
    assert page.get_latest_revision_as_object().title.startswith("أحدث")
    assert client.get("/ar/ueber-uns/").status_code == 404


def test_deleting_a_german_term_says_where_it_is_translated(work):
    html = work.people["editor"].get(reverse("wagtailsnippets_core_topic:delete", args=[work.site.topic.pk]))
    assert "العربية" in html.content.decode()
    work.people["admin"].post(reverse("wagtailsnippets_core_topic:delete", args=[work.site.topic.pk]))
    assert Topic.objects.filter(pk=work.topic.pk).exists()
