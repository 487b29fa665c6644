"""All addresses of the translation admin, found in the URL patterns: nobody changes or reads what is not theirs.

New routes join by themselves. An argument that no one here knows gets small numbers and harmless words.
"""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from core.models import Topic
from home.models import ContentPage
from tests import accounts, writes
from tests.translations import small_site
from tests.translations.work import in_work
from translations import assigning
from translations.models import (
    Assignment,
    DraftText,
    GlossaryTerm,
    GlossaryTranslation,
    Job,
    JobItem,
    ReaderNote,
    Release,
    ReleaseItem,
    ReleaseLanguage,
    ReleaseText,
    SegmentComment,
    TextFile,
)

PARTS = ("localize/", "translations/", "snippets/core/topic/", "snippets/translations/glossaryterm/")
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GERMAN_SECRET, ARABIC_SECRET, FOREIGN_JOB = "Geheimplan", "سرية-للغاية", "Fremder Auftrag"
# Leads of one language are the strongest of those who have no business in another one.
OUTSIDERS = ("lead_tr", "project_editor")


def routes(patterns=None, above=""):
    """Of the admin, in the order in which they are asked."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = above + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            path = here.removeprefix("admin/")
            if here.startswith("admin/") and path.startswith(PARTS) and "(" not in path:
                yield path.removesuffix("$")
        else:
            yield from routes(pattern.url_patterns, here)


@pytest.fixture(scope="module")
def built(small_snapshot, django_db_blocker):
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            yield add_more(in_work(small_site.site(), small_site.people()))
            transaction.set_rollback(True)
        cache.clear()


def add_more(work):
    """Something of everything, in Arabic, made by the administrator."""
    site, admin, arabic = work.site, work.people["admin"].user, work.site.locales["ar"]
    secret = ContentPage(title=GERMAN_SECRET, slug="geheimplan", summary=GERMAN_SECRET, live=False)
    work.secret = site.homes["de"].add_child(instance=secret)
    StringTranslation.objects.filter(pk=StringTranslation.objects.filter(locale=arabic).first().pk).update(
        data=ARABIC_SECRET
    )
    texts = {"translation_of": work.segment.string, "context": work.segment.context}
    key = work.page.translation_key
    work.job = Job.objects.create(kind="request", title=FOREIGN_JOB, started_by=admin, total=1)
    JobItem.objects.create(job=work.job, number=1, data={"title": FOREIGN_JOB})
    work.release = Release.objects.create(name="Start", go_live_at=timezone.now(), created_by=admin, started_by=admin)
    work.item = ReleaseItem.objects.create(release=work.release, translation_key=key, title="Über uns")
    ReleaseLanguage.objects.create(release=work.release, locale=arabic)
    [work.assignment] = assigning.assign([(key, arabic.pk)], person=work.people["translator_ar"].user, by=admin)
    work.comment = SegmentComment.objects.create(
        translation=work.translation, context=texts["context"], author=admin, text=ARABIC_SECRET
    )
    work.note = ReaderNote.objects.create(translation_key=key, locale=arabic, text=ARABIC_SECRET)
    work.draft = DraftText.objects.create(
        string=texts["translation_of"], context=texts["context"], locale=arabic, data=ARABIC_SECRET
    )
    work.glossary = GlossaryTerm.objects.first() or GlossaryTerm.objects.create(term="Verbund")
    work.fingerprint = {"german": german(), "arabic": of_arabic(arabic)}
    return work


def rows(queryset, *fields):
    return frozenset(queryset.values_list("pk", *fields))


PAGE = ("title", "draft_title", "slug", "live", "locked", "latest_revision_id", "alias_of_id", "path")


def german():
    return SimpleNamespace(
        pages=rows(Page.objects.filter(locale__language_code="de"), *PAGE),
        terms=rows(Topic.objects.filter(locale__language_code="de"), "name", "key"),
        glossary=rows(GlossaryTerm.objects.all(), "term", "rule"),
    ).__dict__


def of_arabic(locale):
    return SimpleNamespace(
        pages=rows(Page.objects.filter(locale=locale, alias_of=None), *PAGE),
        terms=rows(Topic.objects.filter(locale=locale), "name"),
        texts=rows(StringTranslation.objects.filter(locale=locale), "data", "has_error"),
        overrides=rows(SegmentOverride.objects.filter(locale=locale), "data_json"),
        translations=rows(Translation.objects.filter(target_locale=locale), "enabled"),
        assignments=rows(Assignment.objects.filter(locale=locale), "person_id", "group_id", "due", "reason"),
        comments=rows(SegmentComment.objects.filter(translation__target_locale=locale), "text", "resolved_at"),
        notes=rows(ReaderNote.objects.filter(locale=locale), "handled_at"),
        drafts=rows(DraftText.objects.filter(locale=locale), "data"),
        glossary=rows(GlossaryTranslation.objects.filter(language="ar"), "text"),
        ready=rows(ReleaseText.objects.filter(locale=locale), "ready_at"),
        releases=rows(Release.objects.filter(name="Start"), "state", "go_live_at"),
        jobs=rows(Job.objects.filter(title=FOREIGN_JOB), "state", "done"),
        files=rows(TextFile.objects.all()),
    ).__dict__


def values(work, name, path):
    """What this argument may be: things of Arabic, and of German."""
    known = {
        "translation_id": [work.translation.pk, work.topic_translation.pk],
        "translation_source_id": [work.source.pk],
        "page_id": [work.target.pk, work.page.pk, work.secret.pk],
        "string_segment_id": [work.segment.pk],
        "segment_id": [work.segment.pk],
        "draft_id": [work.draft.pk],
        "comment_id": [work.comment.pk],
        "item_id": [work.item.pk],
        "locale_id": [work.site.locales["ar"].pk],
        "app_label": ["core"],
        "model_name": ["topic"],
        "language": ["ar"],
        "format": ["csv"],
        "mode": [""],
        "key": [uuid4()],
    }
    if name == "pk":
        by_place = {
            "jobs/": work.job.pk,
            "terms/": work.glossary.pk,
            "releases/": work.release.pk,
            "give-back/": work.assignment.pk,
            "notes/": work.note.pk,
            "glossaryterm/": work.glossary.pk,
        }
        for place, pk in by_place.items():
            if place in path:
                return [pk]
        return [work.topic.pk, work.site.topic.pk]
    return known.get(name, [1, 2])


def addresses(work):
    """Each route with its arguments filled in, side by side where there are several values."""
    for path in dict.fromkeys(routes()):
        names = [match["name"] for match in ARGUMENT.finditer(path)]
        count = max((len(values(work, name, path)) for name in names), default=1)
        for turn in range(count):

            def fill(match, path=path, turn=turn):
                choices = values(work, match["name"], path)
                return str(choices[turn % len(choices)])

            yield f"/admin/{ARGUMENT.sub(fill, path)}"


def data(work):
    """Names that forms of the desk may ask for. Whoever is refused is refused whatever they send."""
    key, arabic = str(work.page.translation_key), work.site.locales["ar"]
    return {
        "value": "x",
        "text": "x",
        "data": "x",
        "translation": "x",
        "name": "x",
        "reason": "x",
        "action": "publish",
        "confirmed": "1",
        "row": key,
        "key": key,
        "cell": f"{key}:{arabic.pk}",
        "cells": f"{key}:{arabic.pk}",
        "translation_key": key,
        "locale": arabic.pk,
        "locale_id": arabic.pk,
        "locales": arabic.pk,
        "language": "ar",
        "languages": arabic.pk,
        "person": work.people["lead_tr"].user.pk,
        "to": f"person-{work.people['lead_tr'].user.pk}",
        "publish_translations": "on",
        "everything": "on",
        "next": "/admin/",
    }


def answers(work, role):
    """(method, address, response, what was changed of German and of Arabic) for everything; nothing lasts."""
    arabic = work.site.locales["ar"]
    for address in addresses(work):
        for method in ("get", "post"):
            with transaction.atomic(), writes.noted() as written:
                response = getattr(work.people[role], method)(address, data(work) if method == "post" else {})
                body = b"".join(response) if response.streaming else response.content
                now = {"german": german(), "arabic": of_arabic(arabic)} if written else work.fingerprint
                transaction.set_rollback(True)
            yield SimpleNamespace(
                at=f"{method} {address}",
                status=response.status_code,
                body=body.decode(errors="replace"),
                changed={
                    whose: [name for name, seen in now[whose].items() if seen != work.fingerprint[whose][name]]
                    for whose in now
                },
            )


def test_the_routes_are_found(built):
    found = set(routes())
    assert "translations/" in found
    assert "localize/translate/<int:translation_id>/disable/" in found
    assert any(path.startswith("snippets/core/topic/") for path in found)
    assert len(found) > 90


@pytest.mark.parametrize("role", OUTSIDERS)
@accounts.remembered()
def test_people_without_arabic_change_and_read_nothing_of_it(role, built, db):
    wrong = []
    for answer in answers(built, role):
        if answer.status >= 500:
            wrong.append((answer.at, answer.status))
        if answer.changed["arabic"]:
            wrong.append((answer.at, answer.changed["arabic"]))
        if role == "lead_tr" and answer.changed["german"]:
            wrong.append((answer.at, answer.changed["german"]))
        secrets = [ARABIC_SECRET, FOREIGN_JOB] + ([GERMAN_SECRET] if role == "lead_tr" else [])
        wrong += [(answer.at, "shows", secret) for secret in secrets if secret in answer.body]
    assert wrong == []


@accounts.remembered()
def test_translators_never_touch_german_and_publish_nothing(built, db):
    wrong = []
    for answer in answers(built, "translator_ar"):
        if answer.status >= 500:
            wrong.append((answer.at, answer.status))
        if answer.changed["german"]:
            wrong.append((answer.at, answer.changed["german"]))
        wrong += [(answer.at, "shows", secret) for secret in (GERMAN_SECRET, FOREIGN_JOB) if secret in answer.body]
    assert wrong == []


@accounts.remembered()
def test_nothing_fails_for_whoever_may_do_everything(built, db):
    assert [answer.at for answer in answers(built, "admin") if answer.status >= 500] == []
