"""Every role at every view of files and releases, reading and writing."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from wagtail_localize.models import StringSegment

from tests.translations import small_site
from tests.translations.planned import plan
from tests.translations.work import in_work, refused
from translations import drafts
from translations.exchange import files, po
from translations.exchange.entries import texts_of
from translations.models import DraftText

ARABIC = {"translator_ar", "lead_ar", "admin"}
LEADS = {"lead_ar", "admin"}
TRANSLATORS = {"translator_ar", "lead_ar", "translator_tr", "lead_tr", "admin"}
EDITORS = {"editor", "admin"}
EVERYBODY = None


@pytest.fixture(scope="module")
def work(small_snapshot, django_db_blocker):
    """Built once and rolled back: no test here leaves a trace."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            site, people = small_site.site(), small_site.people()
            made = in_work(site, people)
            release = plan(people["editor"], [made.page], required=[site.locales["ar"]])
            segment = StringSegment.objects.filter(source=made.source).first()
            user = people["translator_ar"].user
            draft = drafts.keep(segment, made.target.locale_id, "مسودة", DraftText.Origin.UNSURE, user)
            content = po.write(made.translation, texts_of([made.translation])[made.translation.pk])
            sent = files.store([SimpleUploadedFile("a.po", content)], user)
            files.take_over(sent, user)
            yield SimpleNamespace(
                **vars(made), release=release, item=release.items.get(), draft=draft, content=content, sent=sent
            )
            transaction.set_rollback(True)
        cache.clear()


def at(name, *arguments):
    return reverse(f"translations:{name}", args=arguments)


def po_file(work):
    return {"file": SimpleUploadedFile("a.po", work.content)}


def cell(work):
    return work.release.pk, work.item.pk, work.target.locale_id


# (method, address, data, who may); whoever is not named is refused.
VIEWS = {
    "accept a draft": ("post", lambda w: at("draft_accept", w.draft.pk), {}, ARABIC),
    "discard a draft": ("post", lambda w: at("draft_discard", w.draft.pk), {}, ARABIC),
    "open a translation": ("get", lambda w: at("open", w.translation.pk), {}, ARABIC),
    "see the form to download": ("get", lambda w: at("export"), {}, TRANSLATORS),
    "download a text": ("get", lambda w: f"{at('export')}?translation={w.translation.pk}&format=po", {}, ARABIC),
    "see the form to upload": ("get", lambda w: at("import"), {}, TRANSLATORS),
    "upload for a text": ("post", lambda w: f"{at('import')}?translation={w.translation.pk}", po_file, ARABIC),
    "see a report": ("get", lambda w: at("import_report", w.sent.key), {}, {"translator_ar", "admin"}),
    "see releases": ("get", lambda w: at("releases"), {}, EVERYBODY),
    "see a release": ("get", lambda w: at("release", w.release.pk), {}, ARABIC | {"editor"}),
    "see the form of a new release": ("get", lambda w: at("release_new"), {}, EDITORS),
    "make a release": (
        "post",
        lambda w: at("release_new"),
        {"name": "x", "go_live_at": "2030-01-01 10:00"},
        EDITORS,
    ),
    "see the form of a release": ("get", lambda w: at("release_edit", w.release.pk), {}, EDITORS),
    "change a release": (
        "post",
        lambda w: at("release_edit", w.release.pk),
        {"name": "x", "go_live_at": "2030-01-01 10:00"},
        EDITORS,
    ),
    "release now": ("post", lambda w: at("release_now", w.release.pk), {}, EDITORS),
    "cancel a release": ("post", lambda w: at("release_cancel", w.release.pk), {}, EDITORS),
    "add a page": (
        "post",
        lambda w: at("release_add_page", w.release.pk),
        lambda w: {"page": w.site.pages["verband"].pk},
        EDITORS,
    ),
    "leave a page out": ("post", lambda w: at("release_page", w.release.pk, w.item.pk), {"action": "remove"}, EDITORS),
    "choose a draft": ("post", lambda w: at("release_page", w.release.pk, w.item.pk), {"action": "draft"}, EDITORS),
    "call a text ready": ("post", lambda w: at("release_ready", *cell(w)), {"action": "ready"}, LEADS),
    "take the word back": ("post", lambda w: at("release_ready", *cell(w)), {"action": "back"}, LEADS),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_role_at(name, work, db):
    method, address, data, allowed = VIEWS[name]
    wrong = []
    for role, client in work.people.items():
        with transaction.atomic():
            response = getattr(client, method)(address(work), data(work) if callable(data) else data)
            said_no = refused(response) or response.status_code == 404
            transaction.set_rollback(True)
        assert response.status_code < 500, role
        if said_no == (allowed is EVERYBODY or role in allowed):
            wrong.append((role, response.status_code, response.get("Location")))
    assert wrong == []


@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if view[0] == "post" and "upload" not in name])
def test_nothing_is_done_by_looking(name, work, db):
    address = VIEWS[name][1](work)
    with transaction.atomic():
        response = work.people["admin"].get(address)
        transaction.set_rollback(True)
    forms = {"make a release", "change a release"}
    assert response.status_code == (200 if name in forms else 405)
