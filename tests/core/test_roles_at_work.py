"""What each role may do with whose pages, in the editors' words and in every view that does it."""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from core.models import User
from tests.core import offices
from tests.translations.work import refused

# Who works where. Whoever is not named is refused.
OFFICE = {"redaktion", "administration"}
PROJECTS = OFFICE | {"projekt"}
BOCHUM = OFFICE | {"bochum"}
ARABIC = {"uebersetzung-ar", "sprachleitung-ar", "administration"}
ARABIC_LEAD = {"sprachleitung-ar", "administration"}

EDITS = {"Über uns": OFFICE, "KIWIT": PROJECTS, "Verein Bochum": BOCHUM, "Verein Kassel": OFFICE, "من نحن": ARABIC}
PUBLISHES = {
    "Über uns": OFFICE,
    "KIWIT": OFFICE,
    "Verein Bochum": OFFICE,
    "Verein Kassel": OFFICE,
    "من نحن": ARABIC_LEAD,
}

# Method, address and data of what is done to a page.
VIEWS = {
    "edit": ("get", "edit", {}, EDITS),
    "see the draft": ("get", "view_draft", {}, EDITS),
    "see the history": ("get", "history", {}, EDITS),
    "see the workflow's history": ("get", "workflow_history", {}, EDITS),
    "see who uses it": ("get", "usage", {}, EDITS),
    "preview": ("post", "preview_on_edit", {}, EDITS),
    "move": ("get", "move", {}, None),
    "unpublish": ("post", "unpublish", {}, PUBLISHES),
    "delete": ("post", "delete", {}, PUBLISHES),
    "lock": ("post", "lock", {"next": "/admin/pages/"}, PUBLISHES),
}


@pytest.fixture(scope="module")
def work(offices_snapshot, django_db_blocker):
    """Filled once and rolled back: what is done to a page here is undone at once."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            offices_snapshot.restore()
            yield offices.desk()
            transaction.set_rollback(True)
        cache.clear()


def who_may(work, method, address, data):
    may = set()
    for role, client in work.people.items():
        with transaction.atomic():
            response = getattr(client, method)(address, data)
            transaction.set_rollback(True)
        assert response.status_code < 500, role
        if not refused(response) and response.status_code != 404:
            may.add(role)
    return may


@pytest.mark.parametrize("page", EDITS)
@pytest.mark.parametrize("action", [name for name, view in VIEWS.items() if view[3]])
def test_who_may(action, page, work, db):
    method, name, data, allowed = VIEWS[action]
    address = reverse(f"wagtailadmin_pages:{name}", args=[work.pages[page].pk])
    assert who_may(work, method, address, data) == allowed[page]


@pytest.mark.parametrize("page", EDITS)
def test_who_may_compare_revisions(page, work, db):
    latest = work.pages[page].latest_revision_id
    address = reverse("wagtailadmin_pages:revisions_compare", args=[work.pages[page].pk, "earliest", latest])
    assert who_may(work, "get", address, {}) == EDITS[page]


@pytest.mark.parametrize("page", EDITS)
def test_who_may_go_back_to_a_revision(page, work, db):
    latest = work.pages[page].latest_revision_id
    address = reverse("wagtailadmin_pages:revisions_revert", args=[work.pages[page].pk, latest])
    assert who_may(work, "get", address, {}) == EDITS[page]


@pytest.mark.parametrize("page", EDITS)
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
def test_who_may_do_it_in_bulk(action, page, work, db):
    """Refused ones are told so on the page: what counts is what becomes of the page."""
    target = work.pages[page]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={target.pk}&next=/admin/"
    if action == "publish":
        target.unpublish()
    before = Page.objects.filter(pk=target.pk).values("live").get()
    may = set()
    for role, client in work.people.items():
        with transaction.atomic():
            client.post(address)
            if Page.objects.filter(pk=target.pk).values("live").first() != before:
                may.add(role)
            transaction.set_rollback(True)
    assert may == PUBLISHES[page]


@pytest.mark.parametrize(
    ("slug", "allowed"),
    [
        ("home", OFFICE),
        ("projekte", PROJECTS),
        ("aktuelles", PROJECTS),
        ("kampagnen", PROJECTS),
        ("termine", PROJECTS),
        ("gute-praxis", OFFICE),
        ("verbund-bochum", BOCHUM),
        ("verbund-kassel", OFFICE),
    ],
)
def test_who_may_add_a_page_below(slug, allowed, work, db):
    parent = Page.objects.get(slug=slug, locale__language_code="de")
    address = reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])
    assert who_may(work, "get", address, {}) == allowed


def test_drafts_in_another_language_are_begun_by_the_office_and_its_translators(work, db):
    """The office orders translations; what it may change there is its own draft only."""
    arabic = Page.objects.get(slug="home-ar")
    assert who_may(work, "get", reverse("wagtailadmin_pages:add_subpage", args=[arabic.pk]), {}) == ARABIC | OFFICE
    assert who_may(work, "get", reverse("wagtailadmin_pages:edit", args=[arabic.pk]), {}) == ARABIC


@pytest.mark.parametrize("owner", offices.SECRETS)
def test_nobody_copies_a_draft_of_others_into_their_own_part(owner, work, db):
    """A copy would be a way to read it."""
    draft = work.drafts[owner]
    own = {"redaktion": OFFICE, "projekt": PROJECTS, "bochum": BOCHUM, "kassel": OFFICE, "arabic": ARABIC}[owner]
    address = reverse("wagtailadmin_pages:copy", args=[draft.pk])
    shown = {
        role
        for role, client in work.people.items()
        if offices.SECRETS[owner] in client.get(address, follow=True).content.decode()
    }
    assert shown <= own


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("wagtailusers_users:index", {"administration"}),
        ("wagtailusers_users:add", {"administration"}),
        ("wagtailusers_groups:index", {"administration"}),
        ("wagtailsites:index", {"administration"}),
        ("wagtaillocales:index", {"administration"}),
        ("wagtailadmin_collections:index", {"administration"}),
        ("wagtailadmin_workflows:index", {"administration"}),
        ("wagtailadmin_workflows:task_index", {"administration"}),
        ("wagtailredirects:index", OFFICE),
        ("wagtailsnippets_core_contact:list", OFFICE | {"projekt"}),
        ("wagtailsnippets_core_contact:add", OFFICE | {"projekt"}),
        ("wagtailsnippets_core_topic:add", OFFICE),
        ("wagtailsnippets_organisations_service:add", OFFICE),
        ("wagtailimages:add", OFFICE | {"projekt", "bochum"}),
        ("wagtaildocs:add", OFFICE | {"projekt", "bochum"}),
    ],
)
def test_who_may_open(name, allowed, work, db):
    assert who_may(work, "get", reverse(name), {}) == allowed


@pytest.mark.parametrize(("kind", "model"), [("wagtailimages", "SiteImage"), ("wagtaildocs", "SiteDocument")])
@pytest.mark.parametrize(
    ("owner", "allowed"),
    [("redaktion", OFFICE), ("projekt", PROJECTS), ("bochum", BOCHUM), ("kassel", OFFICE)],
)
def test_who_may_change_a_file(kind, model, owner, allowed, work, db):
    file = apps.get_model("core", model).objects.get(title=offices.SECRETS[owner])
    assert who_may(work, "get", reverse(f"{kind}:edit", args=[file.pk]), {}) == allowed
    assert who_may(work, "get", reverse(f"{kind}:delete", args=[file.pk]), {}) == allowed


def test_who_may_change_a_contact(work, db):
    address = reverse("wagtailsnippets_core_contact:edit", args=[work.contact.pk])
    assert who_may(work, "get", address, {}) == OFFICE | {"projekt"}


def test_nobody_may_give_themselves_more_rights(work, db):
    for role, client in work.people.items():
        if role != "administration":
            user = User.objects.get(username=role)
            client.post(reverse("wagtailusers_users:edit", args=[user.pk]), {"username": role, "is_superuser": "on"})
            user.refresh_from_db()
            assert not user.is_superuser
