"""Two editors in the real admin."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from core.models import BasePage
from tests.core import tree

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def page():
    return tree.add(tree.home(), "About us", summary="First")


@pytest.fixture
def editors(page, django_user_model):
    clients = []
    for name in ("ayse", "boris"):
        client = Client()
        client.force_login(tree.person(django_user_model, name, page))
        clients.append(client)
    return clients


def address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def inputs(response):
    """The fields of the page's form, as a browser would send them."""
    html = response.text
    form = html[html.index("<form") :] if "fields" in (response.context or {}) else html
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return [(name, unescape(value)) for name, value in pairs]


def opened(client, page):
    """What the edit form holds when it is opened."""
    loaded = dict(pair for pair in inputs(client.get(address(page))) if pair[0].startswith("loaded_"))
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": "First",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **loaded,
    }


def save(client, page, form, *, publish=True, **changes):
    action = {"action-publish": "action-publish"} if publish else {}
    return client.post(address(page), {**form, **action, **changes})


def summary(page):
    fresh = type(page).objects.get(pk=page.pk)
    assert isinstance(fresh, BasePage)
    return fresh.get_latest_revision_as_object().summary


def test_one_editor_saves_as_before(editors, page):
    ayse, _boris = editors
    assert save(ayse, page, opened(ayse, page), summary="Second").status_code == 302
    assert save(ayse, page, opened(ayse, page), summary="Third", publish=False).status_code == 302
    assert summary(page) == "Third"


@pytest.mark.parametrize("publish", [True, False])
def test_the_second_editor_is_asked_and_nothing_is_lost(editors, page, publish):
    ayse, boris = editors
    stale = opened(boris, page)
    save(ayse, page, opened(ayse, page), summary="Of Ayşe", publish=publish)
    response = save(boris, page, stale, summary="Of Boris", publish=publish)
    assert response.status_code == 409
    assert summary(page) == "Of Ayşe"
    assert "ayse" in response.text
    assert '<span class="deletion">Ayşe</span><span class="addition">Boris</span>' in response.text
    assert ("summary", "Of Boris") in inputs(response)


def test_mine_can_be_saved_anyway_and_theirs_stays_in_the_history(editors, page):
    ayse, boris = editors
    stale = opened(boris, page)
    save(ayse, page, opened(ayse, page), summary="Of Ayşe")
    conflict = save(boris, page, stale, summary="Of Boris")
    assert boris.post(address(page), dict(inputs(conflict))).status_code == 302
    assert summary(page) == "Of Boris"
    page.refresh_from_db()
    assert page.summary == "Of Boris"
    assert "Of Ayşe" in [revision.as_object().summary for revision in page.revisions.all()]


def test_a_third_save_in_between_is_a_conflict_again(editors, page):
    ayse, boris = editors
    stale = opened(boris, page)
    save(ayse, page, opened(ayse, page), summary="Second")
    conflict = save(boris, page, stale, summary="Of Boris")
    save(ayse, page, opened(ayse, page), summary="Third")
    assert boris.post(address(page), dict(inputs(conflict))).status_code == 409
    assert summary(page) == "Third"


def test_invalid_input_does_not_get_around_the_question(editors, page):
    ayse, boris = editors
    stale = opened(boris, page)
    save(ayse, page, opened(ayse, page), summary="Of Ayşe")
    assert save(boris, page, stale, title="", summary="Of Boris").status_code == 409
    assert summary(page) == "Of Ayşe"


def autosave(client, page, form, **changes):
    return client.post(address(page), {**form, **changes}, headers=JSON)


def test_autosaves_of_the_same_session_are_no_conflict(editors, page):
    ayse, _boris = editors
    form = opened(ayse, page)
    first = autosave(ayse, page, form, summary="typing").json()
    form["overwrite_revision_id"] = first["revision_id"]
    assert autosave(ayse, page, form, summary="typing on").json()["success"]
    assert save(ayse, page, form, summary="done").status_code == 302
    assert summary(page) == "done"


def test_an_autosave_of_the_other_is_a_conflict(editors, page):
    ayse, boris = editors
    mine = opened(ayse, page)
    mine["overwrite_revision_id"] = autosave(ayse, page, mine, summary="typing").json()["revision_id"]
    assert autosave(boris, page, opened(boris, page), summary="Of Boris").json()["success"]
    assert autosave(ayse, page, mine, summary="typing on").json()["error_code"] == "invalid_revision"
    conflict = save(ayse, page, mine, summary="Of Ayşe")
    assert conflict.status_code == 409
    assert ayse.post(address(page), dict(inputs(conflict))).status_code == 302
    assert summary(page) == "Of Ayşe"


def test_a_page_that_had_no_version_when_it_was_opened(editors, page):
    ayse, boris = editors
    page.latest_revision = None
    page.save(update_fields=["latest_revision"])
    page.revisions.all().delete()
    stale = opened(boris, page)
    assert "loaded_revision_id" not in stale
    assert save(ayse, page, opened(ayse, page), summary="Of Ayşe").status_code == 302
    assert save(boris, page, stale, summary="Of Boris").status_code == 409


def test_an_older_version_can_be_brought_back(editors, page):
    ayse, _boris = editors
    old = page.get_latest_revision()
    save(ayse, page, opened(ayse, page), summary="Second")
    form = opened(ayse, page)
    revert = ayse.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk]))
    form |= {name: value for name, value in inputs(revert) if name.startswith("loaded_")}
    target = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    response = ayse.post(target, {**form, "summary": "First", "revision": old.pk})
    assert response.status_code == 302
    assert summary(page) == "First"
