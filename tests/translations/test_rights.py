"""What the rights in the translation admin mean in detail."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from core.models import Topic
from tests.translations import small_site
from tests.translations.work import edit_url, found, localize, put, refused, segment_url, submit, target
from translations.models import Job, SegmentComment

ARABIC = {"translator_ar", "lead_ar", "admin"}


@pytest.fixture
def site(prepared_desk, db):
    return small_site.site()


@pytest.fixture
def work(site, people):
    return found(site, people)


def test_strings_are_saved_by_their_language_only(work, people):
    address = localize("edit_string_translation", work.translation.pk, work.segment.pk)
    answers = {}
    for role, client in people.items():
        with transaction.atomic():
            answers[role] = put(client, address, value="نص").status_code, client.delete(address).status_code
            transaction.set_rollback(True)
    assert {role for role, codes in answers.items() if codes == (200, 200)} == ARABIC
    assert {codes for role, codes in answers.items() if role not in ARABIC} <= {(302, 302), (403, 403)}


def test_a_term_is_translated_by_its_language_only(work, people):
    segment = StringSegment.objects.get(source=work.topic_translation.source)
    address = localize("edit_string_translation", work.topic_translation.pk, segment.pk)
    for role, client in people.items():
        saved = put(client, address, value="سكن").status_code in (200, 201)
        assert saved == (role in ARABIC), role


def test_submitting_is_narrowed_to_own_languages(work, people):
    page, arabic, turkish = work.site.pages["verband"], work.site.locales["ar"], work.site.locales["tr"]
    form = people["translator_ar"].get(localize("submit_page_translation", page.pk)).context["form"]
    assert [locale.language_code for locale in form.fields["locales"].queryset] == ["ar"]
    assert submit(people["translator_ar"], page, turkish).status_code == 200
    assert not Page.objects.filter(translation_key=page.translation_key, locale=turkish).exists()
    assert submit(people["translator_ar"], page, arabic).status_code == 302
    assert Page.objects.filter(translation_key=page.translation_key, locale=arabic, alias_of=None).exists()


def test_leichte_sprache_is_never_a_translation(work, people):
    page, easy = work.site.pages["verband"], work.site.locales["de-simple"]
    assert submit(people["admin"], page, easy).status_code == 200
    assert not Page.objects.filter(translation_key=page.translation_key, locale=easy).exists()
    assert refused(people["translator_easy"].get(localize("submit_page_translation", page.pk)))


def test_drafts_of_others_are_not_copied(work, people):
    page = work.site.pages["verband"]
    page.unpublish()
    assert refused(submit(people["lead_ar"], page, work.site.locales["ar"]))
    assert refused(people["lead_ar"].get(localize("submit_page_translation", page.pk)))
    assert submit(people["editor"], page, work.site.locales["ar"]).status_code == 302


def test_drafts_of_others_do_not_come_with_the_subtree(work, people):
    hidden = work.site.pages["drei-wege"]
    hidden.unpublish()
    submit(people["lead_tr"], work.site.pages["aktuelles"], work.site.locales["tr"], include_subtree="on")
    assert not Page.objects.filter(translation_key=hidden.translation_key, locale=work.site.locales["tr"]).exists()


def test_an_arabic_page_is_no_source(work, people):
    assert refused(people["admin"].get(localize("submit_page_translation", work.target.pk)))


def test_updating_publishes_only_where_one_may(work, people, django_capture_on_commit_callbacks):
    address = localize("update_translations", work.source.pk)
    with django_capture_on_commit_callbacks(execute=True):
        response = people["editor"].post(address, {"publish_translations": "on"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Page.objects.get(pk=work.target.pk).live


def test_updating_never_publishes_unfinished_texts(work, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = people["admin"].post(localize("update_translations", work.source.pk), {"publish_translations": "on"})
    assert "Türkçe" in str(response.context["form"].errors)
    assert not Page.objects.get(pk=work.target.pk).live


def test_the_chooser_behind_the_editor_is_for_those_who_may(work, people):
    contacts = localize("snippets_api_listing", "core", "contact")
    assert refused(people["translator_ar"].get(contacts))
    assert people["editor"].get(contacts).status_code == 200
    assert people["editor"].get("/admin/localize/api/snippets/core/user/", follow=True).status_code == 404


def test_a_german_stand_in_does_not_become_an_arabic_page(work, people):
    submit(people["admin"], work.site.pages["verband"], work.site.locales["tr"])
    stand_in = Page.objects.filter(alias_of__isnull=False, locale=work.site.locales["ar"]).first()
    assert stand_in is not None
    address = reverse("wagtailadmin_pages:convert_alias", args=[stand_in.pk])
    for role in ("translator_ar", "lead_ar", "admin"):
        people[role].post(address)
        assert Page.objects.get(pk=stand_in.pk).alias_of_id, role


def test_translations_do_not_move_alone(work, people):
    new = target(work.site.pages["aktuelles"], work.site.locales["ar"])
    before = work.target.path
    people["lead_ar"].post(reverse("wagtailadmin_pages:move_confirm", args=[work.target.pk, new.pk]))
    assert Page.objects.get(pk=work.target.pk).path == before


def test_bulk_deletion_of_terms_spares_other_languages(work, people):
    address = reverse("wagtail_bulk_action", args=["core", "topic", "delete"])
    people["lead_ar"].post(f"{address}?id={work.topic.pk}&id={work.site.topic.pk}")
    assert Topic.objects.filter(pk=work.site.topic.pk).exists()


@pytest.mark.parametrize("model", ["core/topic", "translations/glossaryterm"])
def test_what_is_no_id_of_a_term_is_not_found(people, model):
    for view in ("edit", "delete", "usage", "history"):
        for pk in ("abc", "1x", "9" * 30, "-1", "_0A", "%00"):
            answer = people["admin"].get(f"/admin/snippets/{model}/{view}/{pk}/", follow=True)
            assert answer.status_code == 404, (view, pk)


def test_what_no_database_stores_is_left_out_or_refused(work, people):
    translator, text = people["translator_ar"], segment_url(work.translation, work.segment)
    assert put(translator, text, value="a\0b").status_code == 400
    for body, kind in ((r'{"value": "a\u0000b"}', "application/json"), ("a\0b", "text/plain")):
        assert 400 <= translator.put(text, body, content_type=kind).status_code < 500
    comment = {"context": work.segment.context_id, "string": work.segment.string_id, "text": "a\0b"}
    address = reverse("translations:comment_add", args=[work.translation.pk])
    assert translator.post(address, comment).status_code == 302
    assert SegmentComment.objects.get().text == "ab"


def test_the_editor_offers_only_what_is_granted(work, people):
    alias, stop = localize("convert_to_alias", work.target.pk), localize("stop_translation", work.translation.pk)
    offers = {
        role: {offer for offer in ('value="publish"', 'value="submit"', alias, stop) if offer in html_of(client, work)}
        for role, client in people.items()
        if role in ARABIC
    }
    assert offers == {
        "translator_ar": {'value="submit"'},
        "lead_ar": {'value="publish"', stop},
        "admin": {'value="publish"', stop, alias},
    }


def html_of(client, work):
    return client.get(edit_url(work.target)).content.decode()


def test_the_editor_leads_translators_to_the_public_german_page(work, people):
    assert 'href="/de/ueber-uns/"' in people["translator_ar"].get(edit_url(work.target)).content.decode()
    assert f'href="{edit_url(work.page)}"' in people["admin"].get(edit_url(work.target)).content.decode()


def test_machine_translation_is_off(work, people):
    response = people["admin"].post(localize("machine_translate", work.translation.pk), follow=True)
    assert response.status_code == 404


def test_stock_groups_submit_nothing(work):
    stock = Group.objects.filter(name__in=["Editors", "Moderators"])
    assert not stock.filter(permissions__codename="submit_translation").exists()


@pytest.mark.parametrize("value", ["a" * 300, "null\0byte", None])
def test_what_cannot_be_stored_is_refused_with_a_reason(value, work, people):
    titles = StringSegment.objects.filter(source=work.source, context__path="title")
    address = localize("edit_string_translation", work.translation.pk, titles.get().pk)
    response = put(people["translator_ar"], address, **({"value": value} if value else {}))
    assert response.status_code in (200, 400)
    if value != "a" * 300:
        assert response.json()["detail"]
    assert "\0" not in "".join(StringTranslation.objects.values_list("data", flat=True))


def test_large_parts_are_submitted_as_a_job(work, people):
    response = submit(people["admin"], work.site.pages["aktuelles"], work.site.locales["tr"], include_subtree="on")
    job = Job.objects.get()
    assert response["Location"] == reverse("translations:job", args=[job.pk])
    assert (job.total, job.state) == (1, Job.DONE)
    assert target(work.site.pages["drei-wege"], work.site.locales["tr"]).alias_of is None
