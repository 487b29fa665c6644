"""One way to the public for translations; the other ways are written down just the same."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from core.models import User
from tests.translations import small_site
from tests.translations.work import (
    change_source,
    edit_url,
    publish_in_editor,
    said,
    submit,
    translate,
    translation,
)
from translations import provenance
from translations.models import MachinePolicy, Provenance, Review
from translations.publishing import Damaged, Incomplete, Locked, Unreviewed, publish

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


@pytest.fixture(scope="module")
def world(small_snapshot, django_db_blocker):
    """Über uns is translated into Arabic and not published yet. Built once and rolled back."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            site, people = small_site.site(), small_site.people()
            submit(people["editor"], site.pages["ueber-uns"], site.locales["ar"], site.locales["tr"])
            translate(people["translator_ar"], translation(site.pages["ueber-uns"], site.locales["ar"]))
            yield site, people
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def site(world, db):
    return world[0]


@pytest.fixture
def people(world, db):
    return world[1]


@pytest.fixture
def page(site):
    return Page.objects.get(pk=site.pages["ueber-uns"].pk).specific


@pytest.fixture
def work(site, page):
    return translation(page, site.locales["ar"])


@pytest.fixture
def lead(people):
    return people["lead_ar"].user


def now(work):
    return work.get_target_instance()


def strings(work):
    return StringTranslation.objects.filter(context__object_id=work.source.object_id, locale=work.target_locale)


def by_machine(work, **which):
    """A machine writes these texts anew."""
    for text in strings(work).filter(**which):
        text.translation_type, text.tool_name, text.data = MACHINE, "LibreTranslate", f"{text.data} آلة"
        text.save()


def remove(work, **which):
    strings(work).filter(**which).delete()


def test_a_translation_by_people_goes_live_with_a_review(work, lead):
    published = publish(work, lead)
    row = Provenance.objects.get(page=published)
    assert published.live
    assert (row.kind, row.gaps, row.machine_count, row.text_count) == ("people", [], 0, 3)
    review = Review.objects.get()
    assert (review.translation, review.reviewer, review.revision_id) == (work, lead, published.live_revision_id)
    assert len(review.texts) == 3
    assert review.reviewed_at


def test_only_who_may_publish_publishes(work, people):
    for name in ("translator_ar", "lead_tr", "editor", "project_editor", "lead_easy"):
        with pytest.raises(PermissionDenied):
            publish(work, people[name].user)
    assert not now(work).live
    assert not Review.objects.exists()


def test_a_locked_page_is_not_published(work, lead):
    Page.objects.filter(pk=now(work).pk).update(locked=True, locked_by=User.objects.get(username="admin"))
    for user in (lead, None):
        with pytest.raises(Locked):
            publish(work, user)
    assert not now(work).live


def test_gaps_need_an_explicit_choice(work, lead):
    remove(work, context__path__startswith="body")
    with pytest.raises(Incomplete) as refused:
        publish(work, lead)
    assert [text.words for text in refused.value.missing] == ["Wir sind viele."]
    assert refused.value.may_be_accepted
    published = publish(work, lead, accept_gaps=True)
    row = published.provenance
    assert (row.gaps, row.gap_count, row.gaps_accepted_by) == (["Wir sind viele."], 1, lead)


def test_a_text_with_an_error_is_a_gap(work, lead):
    strings(work).filter(context__path__startswith="body").update(has_error=True)
    with pytest.raises(Incomplete):
        publish(work, lead)


@pytest.mark.parametrize("field", ["title", "summary"])
def test_what_lists_show_is_never_a_gap(work, lead, field):
    remove(work, context__path=field)
    with pytest.raises(Incomplete) as refused:
        publish(work, lead, accept_gaps=True)
    assert not refused.value.may_be_accepted
    assert not now(work).live


def test_filling_the_gap_ends_it(work, lead, people):
    remove(work, context__path__startswith="body")
    publish(work, lead, accept_gaps=True)
    translate(people["translator_ar"], work, "كامل {number}")
    row = publish(work, lead).provenance
    assert (row.gaps, row.gap_count, row.gaps_accepted_by) == ([], 0, None)


def test_machine_texts_are_not_published_before_somebody_has_read_them(work, lead):
    by_machine(work, context__path="title")
    with pytest.raises(Unreviewed) as refused:
        publish(work, lead)
    assert len(refused.value.texts) == 1
    assert not now(work).live
    assert not Review.objects.exists()
    assert publish(work, lead, reviewed=True).provenance.kind == "reviewed"
    assert publish(work, lead).provenance.kind == "reviewed"


def test_administrators_may_allow_it_for_a_type_of_page(work, lead):
    by_machine(work)
    MachinePolicy.objects.create(content_type=now(work).content_type, may_publish_unreviewed=True)
    assert publish(work, lead).provenance.kind == "machine"
    assert publish(work, lead, reviewed=True).provenance.kind == "reviewed"


def test_people_and_unread_machine_texts_are_a_mixture(work, lead):
    by_machine(work, context__path="title")
    MachinePolicy.objects.create(content_type=now(work).content_type, may_publish_unreviewed=True)
    row = publish(work, lead).provenance
    assert (row.kind, row.machine_count, row.unreviewed_count) == ("mixed", 1, 1)


def test_a_machine_text_that_changes_after_the_review_is_unread_again(work, lead):
    by_machine(work)
    publish(work, lead, reviewed=True)
    MachinePolicy.objects.create(content_type=now(work).content_type, may_publish_unreviewed=True)
    by_machine(work, context__path="title")
    row = publish(work, lead).provenance
    assert (row.kind, row.unreviewed_count) == ("machine", 1)
    strings(work).get(context__path="summary").save()  # the same words, written again after the review
    assert publish(work, lead).provenance.unreviewed_count == 2


def test_a_machine_text_edited_by_a_person_is_a_persons(work, lead, people):
    by_machine(work)
    translate(people["translator_ar"], work, "إنسان {number}")
    assert publish(work, lead).provenance.kind == "people"


def test_the_review_outlives_the_account(work, people):
    user = User.objects.create_user("gone", first_name="Salma", last_name="Beispiel", email="gone@example.org")
    user.groups.set(people["lead_ar"].user.groups.all())
    by_machine(work)
    publish(work, user, reviewed=True)
    user.delete()
    review = Review.objects.get()
    assert (review.reviewer, review.reviewer_name) == (None, "Salma Beispiel")
    assert provenance.record(now(work)).kind == "reviewed"


def test_a_second_click_does_nothing(work, lead):
    first = publish(work, lead)
    revisions, reviews = first.revisions.count(), Review.objects.count()
    for _click in range(2):
        again = publish(work, lead)
    assert again.live_revision_id == first.live_revision_id
    assert (again.revisions.count(), Review.objects.count()) == (revisions, reviews)


def test_a_text_that_does_not_fit_leaves_everything_as_it_was(work, lead):
    publish(work, lead)
    before = now(work)
    strings(work).filter(context__path="title").update(data="x" * 400)
    with pytest.raises(Damaged, match="255"):
        publish(work, lead)
    after = now(work)
    assert (after.title, after.live_revision_id) == (before.title, before.live_revision_id)
    assert after.revisions.count() == before.revisions.count()
    assert Review.objects.count() == 1


def test_without_a_user_nobody_has_reviewed(work):
    assert publish(work, None).live
    assert not Review.objects.exists()


def test_a_failure_on_the_way_leaves_nothing_half_done(work, lead, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(provenance, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(work, lead)
    assert not now(work).live
    assert not Review.objects.exists()
    assert not Provenance.objects.filter(page_id=now(work).pk).exists()


# The other ways to the public.


def hand_in(people, work):
    assert people["translator_ar"].post(f"/admin/translations/review/{work.pk}/", {"confirmed": "1"}).status_code == 302
    return now(work).current_workflow_task_state


def approve(people, work, task, **data):
    url = reverse("wagtailadmin_pages:workflow_action", args=[now(work).pk, "approve", task.pk])
    return people["lead_ar"].post(url, data)


def test_approving_publishes_exactly_what_was_handed_in(work, people):
    by_machine(work)
    task = hand_in(people, work)
    handed_in = now(work).latest_revision
    later = now(work)
    later.title = "كتبه أحدهم لاحقاً"
    later.save_revision()
    translate(people["admin"], work, "أحدث {number}")
    approve(people, work, task)
    published = now(work)
    assert published.live_revision == handed_in
    assert published.title == handed_in.content["title"]
    assert published.has_unpublished_changes
    assert published.provenance.kind == "reviewed"
    review = Review.objects.get(revision=handed_in)
    assert review.reviewer == people["lead_ar"].user
    assert review.reviewed_at


def test_what_waits_is_not_reviewed_yet(work, people):
    by_machine(work)
    hand_in(people, work)
    assert not Review.objects.given().exists()
    assert Review.objects.get().reviewer_name == ""


def test_what_was_sent_back_is_not_reviewed(work, people):
    task = hand_in(people, work)
    url = reverse("wagtailadmin_pages:workflow_action", args=[now(work).pk, "reject", task.pk])
    people["lead_ar"].post(url, {"comment": "noch einmal"})
    assert not Review.objects.given().exists()


def test_approving_gaps_is_an_explicit_choice_too(work, people):
    remove(work, context__path__startswith="body")
    task = hand_in(people, work)
    answer = approve(people, work, task)
    assert answer.status_code == 200
    assert "Wir sind viele." in answer.text
    assert not now(work).live
    approve(people, work, task, accept_gaps="1")
    assert now(work).provenance.gaps == ["Wir sind viele."]
    assert now(work).provenance.gaps_accepted_by == people["lead_ar"].user


def test_a_german_title_is_not_approved(work, people):
    remove(work, context__path="title")
    task = hand_in(people, work)
    answer = approve(people, work, task, accept_gaps="1")
    assert "accept_gaps" not in answer.text
    assert not now(work).live


def test_approving_with_a_comment_says_why_not(work, people):
    remove(work, context__path="title")
    task = hand_in(people, work)
    url = reverse("wagtailadmin_pages:workflow_action", args=[now(work).pk, "approve", task.pk])
    answer = people["lead_ar"].post(url, {"comment": "gut"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json()["step"] == "action"
    assert not now(work).live


def test_publishing_ends_a_running_review(work, people, lead):
    hand_in(people, work)
    publish(work, lead)
    assert not now(work).workflow_in_progress
    assert now(work).live


def bulk(people, *pages, role="lead_ar", **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return people[role].post(f"{url}?{ids}&next=/admin/", data)


def test_many_pages_at_once_are_published_with_their_stored_texts(work, people):
    answer = bulk(people, now(work))
    assert answer.status_code == 302
    assert now(work).title.startswith("نص")
    assert now(work).provenance.kind == "people"


def test_many_pages_at_once_leave_out_incomplete_ones(work, people, site, page):
    turkish = translation(page, site.locales["tr"])
    answer = bulk(people, now(work), now(turkish), role="admin")
    assert now(work).live
    assert not now(turkish).live
    assert len(said(answer)) == 2


def test_pages_below_are_published_with_their_stored_texts_too(work, people):
    bulk(people, now(work).get_parent(), role="admin", include_descendants="on")
    assert now(work).title.startswith("نص")


def test_wagtails_own_clock_is_written_down(work, site):
    """A date set on a draft by other means than the editor; nobody can be asked any more."""
    draft = now(work)
    draft.title = "عنوان"
    draft.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = draft.save_revision(approved_go_live_at=draft.go_live_at)
    call_command("publish_scheduled")
    published = now(work)
    assert published.live_revision == revision
    assert "Wir sind viele." in published.provenance.gaps
    assert not Review.objects.exists()


def test_wagtail_localizes_own_way_is_written_down(work, lead, django_capture_on_commit_callbacks):
    by_machine(work)
    with django_capture_on_commit_callbacks(execute=True):
        work.save_target(user=lead)
    assert now(work).provenance.kind == "machine"


def test_updating_all_languages_passes_through_here(work, people, site, page):
    url = reverse("wagtail_localize:update_translations", args=[work.source_id])
    remove(work)
    assert people["admin"].post(url, {"publish_translations": "on"}).status_code == 200
    assert not now(work).live
    for language in ("ar", "tr"):
        translate(people["admin"], translation(page, site.locales[language]))
    people["admin"].post(url, {"publish_translations": "on"})
    assert now(work).provenance.kind == "people"
    assert Review.objects.count() == 2


def test_a_page_that_is_no_longer_kept_in_step_remembers_its_machine(work, people, lead):
    by_machine(work)
    publish(work, lead, reviewed=True)
    work.enabled = False
    work.save()
    page = now(work)
    page.summary = "بقلم إنسان"
    page.save_revision().publish()
    assert now(work).provenance.kind == "reviewed"
    page.title = "Wir sind viele."
    page.save_revision().publish()
    assert now(work).provenance.gaps == []


def test_unpublishing_and_publishing_again(work, lead):
    publish(work, lead)
    now(work).unpublish()
    assert publish(work, lead).live


def test_changing_the_german_text_does_not_change_what_is_said_of_the_live_page(work, lead, page):
    publish(work, lead)
    change_source(page, title="Über uns alle")
    assert provenance.record(now(work)).kind == "people"
    assert now(work).provenance.gaps == []


def test_the_editor_asks_about_machine_texts(work, people):
    by_machine(work)
    answer = publish_in_editor(people["lead_ar"], now(work))
    assert 'name="reviewed"' in answer.text
    assert not now(work).live
    answer = publish_in_editor(people["lead_ar"], now(work), reviewed="1")
    assert answer.status_code == 302
    assert now(work).provenance.kind == "reviewed"


def test_gaps_are_not_offered_to_translators(work, people):
    remove(work, context__path__startswith="body")
    answer = publish_in_editor(people["translator_ar"], now(work), accept_gaps="1", reviewed="1")
    assert answer.status_code in (302, 403)
    assert not now(work).live
    assert "accept_gaps" not in people["translator_ar"].get(edit_url(now(work))).text


def test_every_role_at_every_way_to_the_public(work, people):
    """With all the right words in the form; only the people responsible for the language get through."""
    remove(work, context__path__startswith="body")
    task = hand_in(people, work)
    wrong = []
    for role, client in people.items():
        ways = {
            "editor": lambda c: c.post(
                edit_url(now(work)), {"action": "publish", "accept_gaps": "1", "reviewed": "1", "confirmed": "1"}
            ),
            "approval": lambda c: c.post(
                reverse("wagtailadmin_pages:workflow_action", args=[now(work).pk, "approve", task.pk]),
                {"accept_gaps": "1"},
            ),
            "seen": lambda c: c.get(
                reverse("wagtailadmin_pages:workflow_action", args=[now(work).pk, "approve", task.pk])
            ),
            "preview": lambda c: c.get(reverse("wagtail_localize:preview_translation", args=[work.pk])),
        }
        for name, way in ways.items():
            with transaction.atomic():
                answer = way(client)
                is_live = now(work).live
                transaction.set_rollback(True)
            assert answer.status_code < 500, (role, name)
            may = role in {"lead_ar", "admin"} and name in {"editor", "approval"}
            if is_live != may:
                wrong.append((role, name, is_live))
            if role not in {"lead_ar", "admin", "translator_ar"} and "Wir sind viele" in answer.text:
                wrong.append((role, name, "reads"))
    assert wrong == []


@pytest.mark.parametrize("page_id", ["0", "99999999999999999999"])
def test_approving_what_is_not_there_is_no_error(work, people, page_id):
    task = hand_in(people, work)
    for address in (
        f"/admin/pages/workflow/action/{page_id}/approve/{task.pk}/",
        f"/admin/pages/workflow/action/{now(work).pk}/approve/{page_id}/",
        f"/admin/pages/workflow/action/{now(work).pk}/explode/{task.pk}/",
    ):
        assert people["lead_ar"].post(address).status_code in (302, 403, 404)


def test_terms_are_published_whole_or_not_at_all(site, people):
    submit(people["editor"], site.pages["drei-wege"], site.locales["ar"])
    work = translation(site.topic, site.locales["ar"])
    with pytest.raises(Incomplete) as refused:
        publish(work, people["lead_ar"].user, accept_gaps=True)
    assert not refused.value.may_be_accepted
    translate(people["translator_ar"], work)
    assert publish(work, people["lead_ar"].user).name == "نص 0"


def test_terms_of_a_machine_are_not_published_before_somebody_has_read_them(site, people, lead):
    submit(people["editor"], site.pages["drei-wege"], site.locales["ar"])
    work = translation(site.topic, site.locales["ar"])
    translate(people["translator_ar"], work)
    by_machine(work)
    with pytest.raises(Unreviewed):
        publish(work, lead)
    assert publish(work, lead, reviewed=True).name == "نص 0 آلة"
    assert publish(work, lead).name == "نص 0 آلة"
    by_machine(work)
    with pytest.raises(Unreviewed):
        publish(work, lead)


def test_pages_from_before_are_written_down_later(work, lead):
    publish(work, lead)
    Provenance.objects.all().delete()
    assert provenance.record_missing() >= 1
    assert now(work).provenance.kind == "people"
    assert provenance.record_missing() == 0
