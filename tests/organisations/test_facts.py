"""Facts from outside the editor hold at once, and a waiting draft neither goes live nor gets lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale, PageLogEntry, Workflow, WorkflowPage

from core.models import User
from organisations.facts import change_facts
from organisations.models import DirectoryPage, OrganisationPage, Service
from tests.site.world import make

ARABIC = {"language": "ar", "mode": "phone", "note": ""}
TURKISH = {"language": "tr", "mode": "on-site", "note": "Montags"}


@pytest.fixture
def page(site):
    page = make(OrganisationPage, DirectoryPage.objects.child_of(site).get(), "eins", "Eins", founded=1990)
    page.spoken_languages.create(language="tr", note="Montags")
    page.save_revision().publish()
    return again(page)


def again(page):
    return OrganisationPage.objects.get(pk=page.pk)


def draft_of(page):
    return again(page).get_latest_revision_as_object()


def spoken(page):
    return [(row.language, row.mode) for row in page.spoken_languages.all()]


def service(name, key):
    locale = Locale.objects.get(language_code="de")
    return Service.objects.get_or_create(key=key, locale=locale, defaults={"name": name})[0]


def test_a_fact_holds_at_once(page):
    user = User.objects.create_user("rosa")
    assert change_facts(page, {"founded": 2001}, user) is True
    page = again(page)
    assert (page.founded, page.has_unpublished_changes, page.live_revision_id) == (2001, False, page.latest_revision_id)
    assert PageLogEntry.objects.filter(page=page, action="wagtail.publish", user=user).exists()


def test_what_is_the_same_leaves_no_trace(page):
    before = page.latest_revision_id
    values = {"founded": 1990, "services": [], "spoken_languages": [TURKISH]}
    assert change_facts(page, values) is False
    assert again(page).latest_revision_id == before


def test_a_draft_keeps_its_edits_and_gets_the_facts(page):
    page.title = "Noch geheim"
    page.website = "https://example.org/neu"
    page.save_revision()
    change_facts(page, {"founded": 2001})
    live, draft = again(page), draft_of(page)
    assert (live.title, live.website, live.founded) == ("Eins", "", 2001)
    assert (draft.title, draft.website, draft.founded) == ("Noch geheim", "https://example.org/neu", 2001)
    assert live.has_unpublished_changes
    assert live.draft_title == "Noch geheim"
    live.get_latest_revision().publish()
    assert (again(page).title, again(page).founded) == ("Noch geheim", 2001)


def test_rows_and_terms_reach_both_versions(page):
    page.summary = "Neu"
    page.save_revision()
    course, work = service("Kurs", "kurs-neu"), service("Arbeit", "arbeit-neu")
    change_facts(page, {"spoken_languages": [ARABIC, TURKISH], "services": [course, work]})
    for version in (again(page), draft_of(page)):
        assert spoken(version) == [("ar", "phone"), ("tr", "on-site")]
        assert {term.pk for term in version.services.all()} == {course.pk, work.pk}
    change_facts(page, {"spoken_languages": [ARABIC], "services": [work]})
    again(page).get_latest_revision().publish()
    assert spoken(again(page)) == [("ar", "phone")]
    assert [term.pk for term in again(page).services.all()] == [work.pk]


def test_rows_that_only_the_draft_has_are_replaced_there(page):
    page.spoken_languages.add(page.spoken_languages.model(language="uk"))
    page.save_revision()
    change_facts(page, {"spoken_languages": [ARABIC]})
    assert spoken(draft_of(page)) == [("ar", "phone")]
    again(page).get_latest_revision().publish()
    assert spoken(again(page)) == [("ar", "phone")]


def test_rows_change_their_order(page):
    change_facts(page, {"spoken_languages": [TURKISH, ARABIC]})
    assert change_facts(page, {"spoken_languages": [ARABIC, TURKISH]}) is True
    assert spoken(again(page)) == [("ar", "phone"), ("tr", "on-site")]


def test_a_draft_that_was_never_public_stays_one(page):
    page.unpublish()
    page = again(page)
    page.title = "Entwurf"
    page.save_revision()
    assert change_facts(page, {"founded": 2001}) is True
    assert not again(page).live
    assert (draft_of(page).title, draft_of(page).founded) == ("Entwurf", 2001)


def test_a_workflow_goes_on_with_the_renewed_draft(page):
    user = User.objects.create_superuser("chefin", "chefin@example.org")
    workflow = WorkflowPage.objects.filter(page__in=page.get_ancestors()).first()
    workflow = workflow.workflow if workflow else Workflow.objects.first()
    page.summary = "Zur Freigabe"
    page.save_revision()
    workflow.start(page, user)
    change_facts(page, {"founded": 2001}, user)
    state = again(page).current_workflow_state
    assert state.status == "in_progress"
    assert state.current_task_state.revision_id == again(page).latest_revision_id
    state.current_task_state.approve(user=user)
    assert (again(page).summary, again(page).founded) == ("Zur Freigabe", 2001)


def test_a_schedule_goes_on(page):
    at = timezone.now() + timedelta(days=1)
    page.title = "Ab morgen"
    page.go_live_at = at
    page.save_revision().publish()
    page = again(page)
    page.summary = "Noch ein Entwurf"
    page.save_revision(approved_go_live_at=None)
    assert again(page).approved_schedule
    change_facts(page, {"founded": 2001})
    assert again(page).title == "Eins"
    (scheduled,) = again(page).revisions.exclude(approved_go_live_at=None)
    assert scheduled.approved_go_live_at == at
    assert (scheduled.as_object().title, scheduled.as_object().founded) == ("Ab morgen", 2001)
    assert draft_of(page).summary == "Noch ein Entwurf"


def test_what_cannot_be_changes_nothing(page):
    before = again(page).latest_revision_id
    with pytest.raises(ValidationError) as refused:
        change_facts(page, {"founded": 2001, "status": "vielleicht"})
    assert set(refused.value.message_dict) == {"status"}
    assert (again(page).founded, again(page).latest_revision_id) == (1990, before)


def test_a_number_that_is_taken_is_refused(page):
    make(OrganisationPage, page.get_parent(), "zwei", "Zwei", member_number="7")
    with pytest.raises(ValidationError):
        change_facts(page, {"member_number": "7"})
