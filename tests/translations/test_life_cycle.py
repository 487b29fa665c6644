"""Submit → translate → publish → the source changes → outdated → update → publish, through the real admin."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringSegment

from core.models import Topic
from tests.translations.work import (
    change_source,
    edit_url,
    publish_in_editor,
    put,
    said,
    segment_url,
    submit,
    target,
    translate,
    translation,
)
from translations.states import State, cells


def cell(page, locale):
    return cells([page], [locale])[page.translation_key, locale.pk]


def state(page, locale):
    return cell(page, locale).state


@pytest.fixture
def live(site, people, django_capture_on_commit_callbacks):
    """The page about us, live in Arabic."""
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    translate(people["translator_ar"], translation(page, arabic))
    with django_capture_on_commit_callbacks(execute=True):
        publish_in_editor(people["lead_ar"], target(page, arabic))
    return page


def test_a_submitted_page_is_a_draft_in_the_other_language(site, people, client):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    response = submit(people["editor"], page, arabic)
    assert response.status_code == 302
    assert not target(page, arabic).live
    assert state(page, arabic) == State.PROGRESS
    answer = client.get("/ar/ueber-uns/")
    assert answer.status_code == 200
    assert 'lang="de"' in answer.content.decode()


def test_parents_without_translation_stand_in_and_show_german(site, people, client):
    page, arabic = site.pages["verband"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    parent = target(site.pages["ueber-uns"], arabic)
    assert parent.alias_of == Page.objects.get(pk=site.pages["ueber-uns"].pk)
    assert client.get("/ar/ueber-uns/").context["page"].locale.language_code == "de"


def test_subtree_and_terms_go_along(site, people):
    arabic = site.locales["ar"]
    submit(people["editor"], site.pages["aktuelles"], arabic, include_subtree="on")
    assert target(site.pages["drei-wege"], arabic).alias_of is None
    assert Topic.objects.filter(translation_key=site.topic.translation_key, locale=arabic).exists()
    assert translation(site.topic, arabic).enabled


def test_an_untranslated_term_is_not_passed_off_as_arabic(site, people):
    submit(people["editor"], site.pages["drei-wege"], site.locales["ar"])
    labels = Topic.objects.labels("ar")
    assert [(label.text, label.language) for label in labels] == [("Wohnen", "de")]


def test_translating_and_publishing(live, site, people, client):
    page = target(live, site.locales["ar"])
    assert page.live
    assert page.title.startswith("نص")
    assert page.slug == "ueber-uns"
    assert state(live, site.locales["ar"]) == State.CURRENT
    answer = client.get("/ar/ueber-uns/")
    assert answer.context["page"].pk == page.pk


def test_a_changed_source_makes_the_translation_outdated_at_once(live, site):
    arabic = site.locales["ar"]
    before = target(live, arabic).title
    change_source(live, title="Über uns alle")
    total, done = translation(live, arabic).get_progress()
    assert total - done == 1
    assert state(live, arabic) == State.OUTDATED
    assert target(live, arabic).title == before


def test_a_draft_of_the_source_outdates_nothing(live, site):
    page = live.specific_class.objects.get(pk=live.pk)
    page.title = "Entwurf"
    page.save_revision()
    assert state(live, site.locales["ar"]) == State.CURRENT


def test_a_change_without_text_outdates_nothing(live, site):
    change_source(live, show_in_menus=True)
    assert state(live, site.locales["ar"]) == State.CURRENT


def test_removed_text_is_to_be_published(live, site):
    change_source(live, body=[])
    assert state(live, site.locales["ar"]) == State.REVIEW


def test_the_circle_closes(live, site, people, django_capture_on_commit_callbacks):
    arabic = site.locales["ar"]
    change_source(live, title="Über uns alle")
    translate(people["translator_ar"], translation(live, arabic), "جديد {number}")
    assert state(live, arabic) == State.REVIEW
    with django_capture_on_commit_callbacks(execute=True):
        publish_in_editor(people["lead_ar"], target(live, arabic))
    assert target(live, arabic).title.startswith("جديد")
    assert state(live, arabic) == State.CURRENT


def test_missing_texts_are_not_published_by_accident(live, site, people):
    arabic = site.locales["ar"]
    change_source(live, body=[("text", "<p>Wir sind noch mehr.</p>")])
    before = target(live, arabic).live_revision_id
    response = publish_in_editor(people["lead_ar"], target(live, arabic))
    assert response.status_code == 200
    assert "Wir sind noch mehr." in response.text
    assert target(live, arabic).live_revision_id == before
    publish_in_editor(people["lead_ar"], target(live, arabic), accept_gaps="1")
    assert target(live, arabic).live_revision_id != before
    assert target(live, arabic).provenance.gaps == ["Wir sind noch mehr."]


def test_what_lists_show_is_never_published_in_german(live, site, people):
    arabic = site.locales["ar"]
    change_source(live, title="Über uns alle")
    before = target(live, arabic).title
    response = publish_in_editor(people["lead_ar"], target(live, arabic), accept_gaps="1")
    assert "Über uns alle" in response.text
    assert "accept_gaps" not in response.text
    assert target(live, arabic).title == before


def test_a_language_that_comes_later_gets_the_present_text(live, site, people):
    change_source(live, title="Über uns alle")
    submit(people["editor"], live, site.locales["tr"])
    texts = StringSegment.objects.filter(source=translation(live, site.locales["tr"]).source)
    assert "Über uns alle" in texts.values_list("string__data", flat=True)


def test_a_changed_term_is_outdated_too(site, people):
    arabic = site.locales["ar"]
    submit(people["editor"], site.pages["drei-wege"], arabic)
    translate(people["translator_ar"], translation(site.topic, arabic))
    site.topic.name = "Wohnen und Miete"
    site.topic.save()
    assert translation(site.topic, arabic).get_progress() == (1, 0)


def test_a_deleted_draft_comes_back_with_its_texts(site, people):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    translate(people["translator_ar"], translation(page, arabic))
    target(page, arabic).delete()
    submit(people["editor"], page, arabic)
    assert target(page, arabic).title.startswith("نص")


def test_the_translator_hands_over_to_the_lead(site, people, django_capture_on_commit_callbacks):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    work = translation(page, arabic)
    translate(people["translator_ar"], work)
    review = f"/admin/translations/review/{work.pk}/"
    assert 'value="submit"' not in people["lead_ar"].get(edit_url(target(page, arabic))).content.decode()
    assert 'value="submit"' in people["translator_ar"].get(edit_url(target(page, arabic))).content.decode()
    assert people["translator_ar"].post(review).status_code == 302
    assert target(page, arabic).workflow_in_progress
    assert not target(page, arabic).live
    segment = StringSegment.objects.filter(source=work.source).first()
    assert put(people["translator_ar"], segment_url(work, segment), value="x").status_code == 403
    seen = people["lead_ar"].get(edit_url(target(page, arabic))).content.decode()
    task = target(page, arabic).current_workflow_task_state
    approve = f"/admin/pages/workflow/action/{target(page, arabic).pk}/approve/{task.pk}/"
    assert approve in seen
    with django_capture_on_commit_callbacks(execute=True):
        people["lead_ar"].post(approve)
    assert target(page, arabic).live
    assert state(page, arabic) == State.CURRENT


def test_the_lead_sends_it_back(site, people):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    work = translation(page, arabic)
    translate(people["translator_ar"], work)
    review = f"/admin/translations/review/{work.pk}/"
    people["translator_ar"].post(review)
    task = target(page, arabic).current_workflow_task_state
    people["lead_ar"].post(f"/admin/pages/workflow/action/{target(page, arabic).pk}/reject/{task.pk}/")
    assert not target(page, arabic).workflow_in_progress
    people["translator_ar"].post(review)
    assert target(page, arabic).workflow_in_progress


def test_an_unfinished_translation_is_handed_over_only_on_purpose(site, people):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    review = f"/admin/translations/review/{translation(page, arabic).pk}/"
    assert people["translator_ar"].post(review).status_code == 200
    assert not target(page, arabic).workflow_in_progress
    people["translator_ar"].post(review, {"confirmed": "1"})
    assert target(page, arabic).workflow_in_progress


def test_handing_over_leaves_the_live_page_alone(live, site, people):
    arabic = site.locales["ar"]
    before = target(live, arabic).title
    translate(people["translator_ar"], translation(live, arabic), "مسودة {number}")
    people["translator_ar"].post(f"/admin/translations/review/{translation(live, arabic).pk}/")
    assert target(live, arabic).title == before
    assert target(live, arabic).get_latest_revision_as_object().title.startswith("مسودة")
    assert state(live, arabic) == State.REVIEW


def test_publishing_ends_the_review(live, site, people, django_capture_on_commit_callbacks):
    arabic = site.locales["ar"]
    translate(people["translator_ar"], translation(live, arabic), "مسودة {number}")
    people["translator_ar"].post(f"/admin/translations/review/{translation(live, arabic).pk}/")
    with django_capture_on_commit_callbacks(execute=True):
        response = publish_in_editor(people["lead_ar"], target(live, arabic))
    assert said(response)
    assert not target(live, arabic).workflow_in_progress


def test_every_page_type_can_be_submitted_and_published(site, people, django_capture_on_commit_callbacks):
    from tests.translations.test_easy_language import page_types, required

    arabic, home = site.locales["ar"], site.homes["de"]
    for number, model in enumerate(page_types()):
        page = home.add_child(instance=model(title=f"Seite {number}", slug=f"seite-{number}", **required(model)))
        submit(people["admin"], page, arabic)
        assert people["admin"].get(edit_url(target(page, arabic))).status_code == 200, model
        translate(people["admin"], translation(page, arabic))
        with django_capture_on_commit_callbacks(execute=True):
            publish_in_editor(people["admin"], target(page, arabic), confirmed="1")
        assert target(page, arabic).live, model
