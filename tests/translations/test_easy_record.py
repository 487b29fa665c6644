"""What is known about a text in Leichte Sprache stays true, whatever happens on either side."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.translations.work import change_source, target
from translations import easy
from translations.easy import record
from translations.easy.german import Change, changes, say_the_same
from translations.models import EasyText


@pytest.fixture
def locale(site):
    return site.locales["de-simple"]


@pytest.fixture
def text(site, people, locale):
    """A live text in Leichte Sprache at the place of "Verband"."""
    page = site.pages["verband"]
    people["translator_easy"].post(reverse("translations:easy_create", args=[page.pk]))
    target(page, locale).save_revision().publish()
    return target(page, locale)


def state(page):
    return easy.states([page])[page.translation_key].state


def known(text):
    return EasyText.objects.get(page=text)


def test_a_text_knows_the_german_revision_it_is_based_on(site, text):
    assert known(text).based_on == site.pages["verband"].live_revision
    assert [words for _path, words in known(text).german] == ["Verband", "Vierzehn Netzwerke."]


def test_a_change_of_the_german_words_is_noticed(site, text):
    change_source(site.pages["verband"], summary="Fünfzehn Netzwerke.")
    assert known(text).german_changed_at
    assert record.german_changes(known(text)) == [Change("Vierzehn Netzwerke.", "Fünfzehn Netzwerke.")]
    assert state(site.pages["verband"]) == easy.EasyState.OUTDATED


def test_a_change_without_words_is_none(site, text):
    change_source(site.pages["verband"], show_in_menus=True)
    assert not known(text).german_changed_at


def test_a_change_that_is_taken_back_is_none(site, text):
    changed = change_source(site.pages["verband"], summary="Fünfzehn Netzwerke.")
    change_source(changed, summary="Vierzehn Netzwerke.")
    assert not known(text).german_changed_at


def test_the_day_of_the_first_change_counts(site, text):
    changed = change_source(site.pages["verband"], summary="Fünfzehn Netzwerke.")
    since = known(text).german_changed_at
    change_source(changed, summary="Sechzehn Netzwerke.")
    assert known(text).german_changed_at == since


def test_a_draft_of_the_german_page_changes_nothing(site, text):
    page = site.pages["verband"]
    page.summary = "Fünfzehn Netzwerke."
    page.save_revision()
    assert not known(text).german_changed_at


def test_somebody_may_say_that_the_text_still_fits(site, text):
    german = change_source(site.pages["verband"], summary="Fünfzehn Netzwerke.")
    record.still_fits(text)
    assert not known(text).german_changed_at
    assert known(text).based_on_id == Page.objects.get(pk=german.pk).live_revision_id
    assert state(german) == easy.EasyState.CURRENT


def test_publishing_the_easy_text_alone_moves_nothing_on(site, text):
    change_source(site.pages["verband"], summary="Fünfzehn Netzwerke.")
    text.save_revision().publish()
    assert known(text).german_changed_at


def test_a_check_holds_for_the_words_that_were_checked(text):
    about = known(text)
    record.note_check(about, by="Prüfgruppe Beispielstadt", on="2026-11-03")
    about.save()
    assert known(text).is_checked
    text.summary = "Andere Wörter."
    text.save_revision()
    assert known(text).is_checked, "a draft is not public"
    text.get_latest_revision().publish()
    assert not known(text).is_checked


def test_no_seal_without_a_check(text):
    about = known(text)
    about.has_seal = True
    record.note_check(about, by="", on=None)
    assert not about.has_seal


def test_states_of_many_pages_cost_one_query(site, people, text, django_assert_num_queries):
    people["translator_easy"].post(reverse("translations:easy_create", args=[site.pages["drei-wege"].pk]))
    pages = [*site.pages.values()]
    easy.states(pages)
    with django_assert_num_queries(1):
        found = {page.slug: easy.states(pages)[page.translation_key].state for page in pages[:1]}
    found = {page.slug: easy.states(pages)[page.translation_key].state.value for page in pages}
    assert found == {"ueber-uns": "missing", "verband": "current", "aktuelles": "missing", "drei-wege": "draft"}


def test_a_review_is_seen(site, people, locale):
    page = site.pages["verband"]
    people["translator_easy"].post(reverse("translations:easy_create", args=[page.pk]))
    text = target(page, locale)
    text.get_workflow().start(text, people["translator_easy"].user)
    assert state(page) == easy.EasyState.REVIEW


def test_unpublishing_and_deleting_the_german_page_keeps_text_and_record(
    site, text, django_capture_on_commit_callbacks
):
    page = site.pages["verband"]
    page.unpublish()
    assert not target(page, text.locale).live
    assert known(text)
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=page.pk).delete()
    assert known(text).page_id == text.pk


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ([["a", "Eins"], ["b", "Zwei"]], [["b", "Zwei"], ["a", "Eins"]], True),
        ([["a", "Eins"]], [["c", "Eins"]], True),
        ([["a", "Eins"]], [["a", "Eins"], ["b", "Eins"]], False),
        ([], [["a", "Eins"]], False),
    ],
)
def test_only_the_words_are_compared(old, new, same):
    assert say_the_same(old, new) is same


def test_changes_name_what_went_and_what_came():
    old = [["a", "Eins"], ["b", "Zwei"], ["c", "Drei"]]
    new = [["a", "Eins neu"], ["c", "Drei"], ["d", "Vier"]]
    assert changes(old, new) == [Change("Eins", "Eins neu"), Change("", "Vier"), Change("Zwei", "")]
