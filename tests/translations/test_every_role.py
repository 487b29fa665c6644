"""Every role at every view of the translation admin, reading and writing."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.translations import small_site
from tests.translations.work import complained, edit_url, in_work, localize, refused

ARABIC = {"translator_ar", "lead_ar", "admin"}
LEADS = {"lead_ar", "admin"}
EDITORS = {"editor", "admin"}
ADMIN = {"admin"}


NEXT = {"next": "/admin/pages/"}


@pytest.fixture(scope="module")
def work(small_snapshot, django_db_blocker):
    """Built once and rolled back: no test here leaves a trace."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            yield in_work(small_site.site(), small_site.people())
            transaction.set_rollback(True)
        cache.clear()


def desk(name, work, *arguments):
    return reverse(f"translations:{name}", args=[work.translation.pk, *arguments])


def topic(name, term):
    return reverse(f"wagtailsnippets_core_topic:{name}", args=[term.pk])


# (method, address, data, who may); whoever is not named is refused.
VIEWS = {
    "see the form to submit": (
        "get",
        lambda w: localize("submit_page_translation", w.site.pages["verband"].pk),
        {},
        None,
    ),
    "edit": ("get", lambda w: edit_url(w.target), {}, ARABIC),
    "publish": ("post", lambda w: edit_url(w.target), {"action": "publish"}, LEADS),
    "restart": ("post", lambda w: edit_url(w.target), {"localize-restart-translation": "1"}, LEADS),
    "stop": ("post", lambda w: localize("stop_translation", w.translation.pk), NEXT, LEADS),
    "save all texts": ("post", lambda w: desk("save_texts", w), {}, ARABIC),
    "save a text": ("post", lambda w: desk("save_text", w, w.segment.pk), {"text": "نص"}, ARABIC),
    "read a text's address": ("get", lambda w: desk("save_text", w, w.segment.pk), {}, ARABIC),
    "save a link": ("post", lambda w: desk("save_link", w, 1), {"text": ""}, ARABIC),
    "see similar sentences": ("get", lambda w: desk("suggestions", w, w.segment.pk), {}, ARABIC),
    "see the checks": ("get", lambda w: desk("check", w), {}, ARABIC),
    "hand over": ("post", lambda w: desk("submit_for_review", w), {}, {"translator_ar"}),
    "save the texts of a term": (
        "post",
        lambda w: reverse("translations:save_texts", args=[w.topic_translation.pk]),
        {},
        ARABIC,
    ),
    "preview": ("get", lambda w: localize("preview_translation", w.translation.pk), {}, ARABIC),
    "download a PO file": ("get", lambda w: localize("download_pofile", w.translation.pk), {}, ARABIC),
    "upload a PO file": ("post", lambda w: localize("upload_pofile", w.translation.pk), {}, ARABIC),
    "see the update form": ("get", lambda w: localize("update_translations", w.source.pk), {}, EDITORS),
    "update": ("post", lambda w: localize("update_translations", w.source.pk), {}, EDITORS),
    "see the alias form": ("get", lambda w: localize("convert_to_alias", w.target.pk), {}, ADMIN),
    "throw a translation away": ("post", lambda w: localize("convert_to_alias", w.target.pk), {}, ADMIN),
    "delete a draft": ("post", lambda w: reverse("wagtailadmin_pages:delete", args=[w.target.pk]), {}, ARABIC),
    "edit the German page": ("get", lambda w: edit_url(w.page), {}, EDITORS),
    "unpublish the German page": (
        "post",
        lambda w: reverse("wagtailadmin_pages:unpublish", args=[w.page.pk]),
        {},
        EDITORS,
    ),
    "open a term": ("get", lambda w: topic("edit", w.topic), {}, ARABIC),
    "publish a term": ("post", lambda w: topic("edit", w.topic), {"action": "publish"}, LEADS),
    "delete a term": ("post", lambda w: topic("delete", w.topic), {}, LEADS),
    "history of a term": ("get", lambda w: topic("history", w.topic), {}, ARABIC),
    "usage of a term": ("get", lambda w: topic("usage", w.topic), {}, ARABIC),
    "copy a term": ("get", lambda w: topic("copy", w.topic) + "?locale=ar", {}, LEADS),
    "add a term": ("get", lambda w: reverse("wagtailsnippets_core_topic:add") + "?locale=ar", {}, LEADS),
    "download a term's PO file": ("get", lambda w: localize("download_pofile", w.topic_translation.pk), {}, ARABIC),
    "stop a term": ("post", lambda w: localize("stop_translation", w.topic_translation.pk), NEXT, LEADS),
    "open a German term": ("get", lambda w: topic("edit", w.site.topic), {}, EDITORS),
    "change a German term": ("post", lambda w: topic("edit", w.site.topic), {"name": "x"}, EDITORS),
    "delete a German term": ("post", lambda w: topic("delete", w.site.topic), {}, EDITORS),
    "add a German term": ("get", lambda w: reverse("wagtailsnippets_core_topic:add"), {}, EDITORS),
    "copy into German": ("get", lambda w: topic("copy", w.topic), {}, ADMIN),
    "history of a German term": ("get", lambda w: topic("history", w.site.topic), {}, EDITORS),
    "usage of a German term": ("get", lambda w: topic("usage", w.site.topic), {}, EDITORS),
}
SUBMITTERS = {"translator_ar", "lead_ar", "translator_tr", "lead_tr", "editor", "admin"}


@pytest.mark.parametrize("name", VIEWS)
def test_every_role_at(name, work, db):
    method, address, data, allowed = VIEWS[name]
    wrong = []
    for role, client in work.people.items():
        with transaction.atomic():
            response = getattr(client, method)(address(work), data)
            said_no = refused(response) or (name == "publish a term" and complained(response))
            transaction.set_rollback(True)
        assert response.status_code < 500, role
        if said_no == (role in (allowed or SUBMITTERS)):
            wrong.append((role, response.status_code))
    assert wrong == []
