"""What happens to the German page happens to its translations."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.translations import small_site
from tests.translations.work import change_source, publish_in_editor, submit, target, translate, translation


@pytest.fixture(scope="module")
def published(small_snapshot, django_db_blocker):
    """About us and the federation below it, live in Arabic."""
    with django_db_blocker.unblock(), transaction.atomic():
        small_snapshot.restore()
        site, people = small_site.site(), small_site.people()
        arabic = site.locales["ar"]
        for page in (site.pages["ueber-uns"], site.pages["verband"]):
            submit(people["editor"], page, arabic)
            translate(people["translator_ar"], translation(page, arabic))
            with TestCase.captureOnCommitCallbacks(execute=True):
                publish_in_editor(people["lead_ar"], target(page, arabic))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(published, db):
    return small_site.site()


@pytest.fixture
def arabic(site):
    return site.locales["ar"]


@pytest.fixture
def live(site):
    return [site.pages["ueber-uns"], site.pages["verband"]]


def path(page):
    return page.url_path.removeprefix("/").partition("/")[2]


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def test_unpublishing(live, arabic, people, client):
    page, _below = live
    people["editor"].post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not target(page, arabic).live
    assert target(page, arabic).title.startswith("نص")
    assert client.get("/ar/ueber-uns/").status_code == 404


def test_unpublishing_a_translation_leaves_the_source(live, arabic, people):
    page, _below = live
    people["lead_ar"].post(reverse("wagtailadmin_pages:unpublish", args=[target(page, arabic).pk]))
    assert fresh(page).live
    assert not target(page, arabic).live


def test_expiry(live, arabic):
    page, _below = live
    fresh(page).unpublish(set_expired=True)
    assert not target(page, arabic).live


def test_moving_to_an_untranslated_parent(live, site, arabic, people, client):
    _page, below = live
    news = site.pages["aktuelles"]
    fresh(below).move(news, pos="last-child")
    moved = target(below, arabic)
    assert path(moved) == path(fresh(below)) == "aktuelles/verband/"
    assert moved.get_parent().specific.alias_of_id == news.pk
    assert client.get("/ar/aktuelles/verband/").context["page"].pk == moved.pk
    assert client.get("/ar/aktuelles/").context["page"].locale.language_code == "de"


def test_moving_with_children_through_the_admin(live, site, arabic, people):
    page, below = live
    home = site.homes["de"]
    other = home.add_child(instance=type(page)(title="Rahmen", slug="rahmen"))
    people["admin"].post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk]))
    assert path(fresh(below)) == "rahmen/ueber-uns/verband/"
    for moved in (page, below):
        assert path(target(moved, arabic)) == path(fresh(moved))
    assert Page.find_problems() == ([], [], [], [], [])


def test_reordering_moves_nothing(live, arabic):
    page, _below = live
    before = target(page, arabic).path
    fresh(page).move(fresh(page).get_siblings(inclusive=False).first(), pos="right")
    assert target(page, arabic).path == before


def test_a_new_address(live, arabic, client, django_capture_on_commit_callbacks):
    page, below = live
    with django_capture_on_commit_callbacks(execute=True):
        change_source(page, slug="wer-wir-sind")
    assert path(target(page, arabic)) == "wer-wir-sind/"
    assert path(target(below, arabic)) == "wer-wir-sind/verband/"
    assert client.get("/ar/wer-wir-sind/verband/").context["page"].pk == target(below, arabic).pk


def test_a_new_address_in_a_draft_changes_nothing(live, arabic):
    page, _below = live
    draft = fresh(page)
    draft.slug = "wer-wir-sind"
    draft.save_revision()
    assert target(page, arabic).slug == "ueber-uns"


def test_an_older_draft_keeps_the_new_address(live, arabic, django_capture_on_commit_callbacks):
    page, _below = live
    draft = target(page, arabic)
    draft.title = "مسودة"
    draft.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        change_source(page, slug="wer-wir-sind")
    target(page, arabic).get_latest_revision().publish()
    assert target(page, arabic).slug == "wer-wir-sind"
    assert target(page, arabic).title == "مسودة"


def test_home_pages_keep_their_own_slug(site, django_capture_on_commit_callbacks):
    before = site.homes["ar"].slug
    with django_capture_on_commit_callbacks(execute=True):
        change_source(site.homes["de"], slug="start")
    assert fresh(site.homes["ar"]).slug == before


def restrict(page, **values):
    return PageViewRestriction.objects.create(page=page, **values)


def test_a_restriction_comes_changes_and_goes(live, arabic):
    page, _below = live
    restriction = restrict(page, restriction_type="password", password="geheim")
    mirrored = target(page, arabic).view_restrictions.get()
    assert (mirrored.restriction_type, mirrored.password) == ("password", "geheim")
    restriction.restriction_type = "groups"
    restriction.save()
    restriction.groups.set([Group.objects.create(name="Vorstand")])
    mirrored.refresh_from_db()
    assert mirrored.restriction_type == "groups"
    assert [group.name for group in mirrored.groups.all()] == ["Vorstand"]
    restriction.delete()
    assert not target(page, arabic).view_restrictions.exists()


def test_a_restriction_through_the_admin(live, arabic, people, client):
    page, _below = live
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    people["editor"].post(privacy, {"restriction_type": "login", "password": "", "groups": []})
    assert target(page, arabic).view_restrictions.get().restriction_type == "login"
    assert client.get("/ar/ueber-uns/").status_code == 302
    people["editor"].post(privacy, {"restriction_type": "none", "password": "", "groups": []})
    assert client.get("/ar/ueber-uns/").status_code == 200


def test_a_new_translation_is_as_private_as_its_source(site, people, arabic):
    page = site.pages["drei-wege"]
    restrict(site.pages["aktuelles"], restriction_type="login")
    restrict(page, restriction_type="password", password="geheim")
    submit(people["admin"], page, arabic)
    assert target(page, arabic).view_restrictions.get().password == "geheim"
    assert target(site.pages["aktuelles"], arabic).get_view_restrictions().exists()


def test_a_restricted_page_is_not_submitted_by_people_who_cannot_read_it(site, people, arabic):
    page = site.pages["drei-wege"]
    restrict(site.pages["aktuelles"], restriction_type="login")
    submit(people["lead_ar"], page, arabic)
    assert not Page.objects.filter(translation_key=page.translation_key, locale=arabic).exists()


@pytest.mark.parametrize("how", ["admin", "code"])
def test_deleting_the_source(how, live, arabic, people, django_capture_on_commit_callbacks, client):
    page, below = live
    restrict(page, restriction_type="login")
    with django_capture_on_commit_callbacks(execute=True):
        if how == "admin":
            people["admin"].post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        else:
            fresh(page).delete()
    for deleted in (page, below):
        orphan = target(deleted, arabic)
        assert not orphan.live
        assert orphan.title.startswith("نص")
        assert translation(deleted, arabic).enabled is False
    assert target(page, arabic).view_restrictions.exists()
    assert client.get("/ar/ueber-uns/").status_code == 404
    assert people["admin"].get("/admin/translations/").status_code == 200


def test_deleting_the_source_of_a_stand_in(site, people, arabic, django_capture_on_commit_callbacks, client):
    submit(people["admin"], site.pages["drei-wege"], arabic)
    page = site.pages["aktuelles"]
    with django_capture_on_commit_callbacks(execute=True):
        fresh(page).delete()
    assert not target(page, arabic).live


def test_deleting_a_whole_language_goes_through(live, site, arabic, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        fresh(site.homes["ar"]).delete()
    assert not Page.objects.filter(locale=arabic).exists()
    assert fresh(site.homes["de"]).live
