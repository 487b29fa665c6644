"""Notes of readers reach those who can put it right, and nobody else."""

import pytest
from django.db import transaction
from django.urls import reverse

from translations.inbox.waiting import waiting_for
from translations.models import ReaderNote

ARABIC = {"translator_ar", "lead_ar", "admin"}


@pytest.fixture
def note(desk):
    arabic = desk.site.locales["ar"]
    return ReaderNote.objects.create(
        translation_key=desk.page.translation_key, locale=arabic, text="<i>خطأ</i> \u202ehere"
    )


def listed(client, **question):
    return [*client.get(reverse("translations:inbox_notes"), question).context["object_list"]]


def test_a_note_is_seen_in_its_language_only(desk, note):
    assert {role for role, client in desk.people.items() if note in listed(client)} == ARABIC
    html = desk.people["lead_ar"].get(reverse("translations:inbox_notes")).content.decode()
    assert "<i>" not in html
    assert "&lt;i&gt;" in html


def test_a_note_on_a_german_page_is_for_those_who_edit_it(desk):
    german = desk.site.locales["de"]
    note = ReaderNote.objects.create(translation_key=desk.page.translation_key, locale=german, text="Tippfehler")
    assert {role for role, client in desk.people.items() if note in listed(client)} == {"editor", "admin"}


@pytest.mark.parametrize("name", ["note_handle", "note_reopen"])
def test_seen_to_by_those_who_see_it(name, desk, note):
    address = reverse(f"translations:{name}", args=[note.pk])
    done = set()
    for role, client in desk.people.items():
        with transaction.atomic():
            response = client.post(address)
            if response.status_code == 302 and response["Location"] == reverse("translations:inbox_notes"):
                done.add(role)
            else:
                assert response.status_code == 404
            transaction.set_rollback(True)
    assert done == ARABIC
    assert desk.people["admin"].get(address).status_code in (405, 302)


def test_what_is_seen_to_waits_for_nobody(desk, note):
    assert waiting_for(desk.user["translator_ar"]).notes == 1
    desk.people["translator_ar"].post(reverse("translations:note_handle", args=[note.pk]))
    note.refresh_from_db()
    assert note.handled_by == desk.user["translator_ar"]
    assert waiting_for(desk.user["translator_ar"]).notes == 0
    assert listed(desk.people["lead_ar"], state="open") == []
    assert listed(desk.people["lead_ar"], state="handled", language="ar", q="خطأ") == [note]


def test_the_list_costs_the_same_for_one_note_and_for_many(desk, note, django_assert_max_num_queries):
    for number in range(20):
        ReaderNote.objects.create(
            translation_key=note.translation_key, locale_id=note.locale_id, text=f"noch einmal {number}"
        )
    with django_assert_max_num_queries(25):
        assert len(listed(desk.people["lead_ar"])) == 21
