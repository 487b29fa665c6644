"""Releases: all of it goes live in the same moment or nothing, once, and everybody learns what is missing."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from home.models import ContentPage
from tests.translations.planned import call_ready, live, plan, prepare, when_the_time_has_come
from tests.translations.work import put, refused, said, segment_url, submit, target, translation
from translations import publishing
from translations.models import Release, ReleaseText
from translations.releases import going_live
from translations.releases.readiness import readiness


@pytest.fixture
def draft(site):
    """A German page that nobody but its editors has seen."""
    page = site.homes["de"].add_child(
        instance=ContentPage(title="Neu", slug="neu", summary="Anfang", body=[("text", "<p>Eins</p>")], live=False)
    )
    page.summary = "Ein neuer Anfang"
    page.save_revision()
    return page


@pytest.fixture
def languages(site):
    return site.locales["ar"], site.locales["tr"]


def codes(release):
    return sorted({row["code"] for row in release.report})


def test_three_languages_go_live_in_the_same_minute(site, people, draft, languages, client):
    release = plan(people["editor"], [draft], required=languages)
    prepare(people, draft, *languages, release=release)
    assert client.get("/de/neu/").status_code == 404
    when_the_time_has_come(release)
    assert release.state == Release.State.LIVE
    moments = [page.last_published_at for page in Page.objects.filter(translation_key=draft.translation_key)]
    assert len(moments) == 3
    assert max(moments) - min(moments) < timedelta(minutes=1)
    for language, locale in zip(("ar", "tr"), languages, strict=True):
        answer = client.get(f"/{language}/neu/")
        assert answer.context["page"].pk == target(draft, locale).pk
    assert "Ein neuer Anfang" in client.get("/de/neu/").content.decode()
    assert ReleaseText.objects.filter(release=release, went_live_at__isnull=False).count() == 2


def test_translators_get_the_text_that_will_be_public(people, draft, languages):
    plan(people["editor"], [draft], required=languages)
    with_draft = translation_texts(people, draft, languages[0])
    assert "Ein neuer Anfang" in with_draft
    assert "Anfang" not in with_draft


def translation_texts(people, page, locale):
    with TestCase.captureOnCommitCallbacks(execute=True):
        submit(people["admin"], page, locale)
    return set(
        StringSegment.objects.filter(source__object_id=page.translation_key).values_list("string__data", flat=True)
    )


def test_a_newer_draft_of_a_public_page_goes_live_with_its_translations(site, people, languages, client):
    page = site.pages["ueber-uns"]
    prepare(people, page, *languages)
    for role, locale in zip(("lead_ar", "lead_tr"), languages, strict=True):
        publishing.publish(translation(page, locale), people[role].user)
    draft = page.specific_class.objects.get(pk=page.pk)
    draft.summary = "Wir sind mehr geworden."
    draft.save_revision()
    release = plan(people["editor"], [page], required=languages)
    assert [cell.problem.code for cell in readiness(release).cells] == ["missing", "missing"]
    prepare(people, page, *languages, release=release, text="جديد {number}")
    assert "Wer wir sind." in client.get("/de/ueber-uns/").content.decode()
    assert "جديد" not in client.get("/ar/ueber-uns/").content.decode()
    when_the_time_has_come(release)
    assert release.state == Release.State.LIVE, release.report
    assert "Wir sind mehr geworden." in client.get("/de/ueber-uns/").content.decode()
    assert "جديد" in client.get("/ar/ueber-uns/").content.decode()


def test_a_draft_written_later_waits(site, people, draft, languages, client):
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0], release=release)
    later = draft.specific_class.objects.get(pk=draft.pk).get_latest_revision_as_object()
    later.summary = "Noch nicht"
    later.save_revision()
    assert readiness(release).rows[0].german.newer
    when_the_time_has_come(release)
    assert "Ein neuer Anfang" in client.get("/de/neu/").content.decode()
    assert Page.objects.get(pk=draft.pk).has_unpublished_changes


def test_without_a_required_language_nothing_goes_live(people, draft, languages, client):
    release = plan(people["editor"], [draft], required=languages)
    prepare(people, draft, languages[0], release=release)
    submit(people["admin"], draft, languages[1])
    when_the_time_has_come(release)
    assert (release.state, codes(release)) == (Release.State.HELD, ["missing"])
    assert not Page.objects.get(pk=draft.pk).live
    assert live(draft, *languages) == [False, False]
    assert not ReleaseText.objects.filter(went_live_at__isnull=False).exists()
    assert people["editor"].get(reverse("translations:release", args=[release.pk])).context["report"]


def test_who_made_it_and_the_leads_concerned_are_told_once(people, draft, languages, mailoutbox):
    release = plan(people["editor"], [draft], required=languages)
    prepare(people, draft, *languages, release=release)
    call_ready(people["lead_tr"], release, draft, languages[1], "back")
    mailoutbox.clear()
    when_the_time_has_come(release)
    call_command("release_due")
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert set(mails) == {"editor@example.org", "lead_tr@example.org"}
    assert len(mailoutbox) == 2
    assert "Neu" in mails["editor@example.org"].body
    assert f"/admin/translations/releases/{release.pk}/" in mails["lead_tr@example.org"].body


def test_a_complete_text_needs_the_word_of_its_lead(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0])
    assert readiness(release).cells[0].problem.code == "not ready"
    for role in ("translator_ar", "editor", "lead_tr"):
        call_ready(people[role], release, draft, languages[0])
        assert readiness(release).problems, role
    call_ready(people["lead_ar"], release, draft, languages[0])
    assert readiness(release).problems == []


def test_a_change_after_the_word_takes_it_back(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0], release=release)
    work = translation(draft, languages[0])
    segment = StringSegment.objects.filter(source=work.source).first()
    put(people["translator_ar"], segment_url(work, segment), value="غير ذلك")
    assert readiness(release).cells[0].problem.code == "changed"


def test_the_word_of_somebody_who_has_left_does_not_count(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0], release=release)
    people["lead_ar"].user.groups.clear()
    when_the_time_has_come(release)
    assert codes(release) == ["changed"]


def test_faults_in_the_text_hold_it_back(people, draft, languages):
    change = draft.specific_class.objects.get(pk=draft.pk).get_latest_revision_as_object()
    change.summary = "Rufen Sie {nummer} an."
    change.save_revision()
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0], release=release)
    assert codes(when_the_time_has_come(release)) == ["check"]


def test_optional_languages_follow_when_they_are_ready(people, draft, languages, client):
    release = plan(people["editor"], [draft], required=languages[:1], optional=languages[1:])
    prepare(people, draft, languages[0], release=release)
    submit(people["admin"], draft, languages[1])
    when_the_time_has_come(release)
    assert (release.state, live(draft, *languages)) == (Release.State.LIVE, [True, False])
    prepare(people, draft, languages[1], release=release)
    call_command("release_due")
    assert live(draft, *languages) == [True, True]
    assert going_live.follow_with_all() == 0


def test_optional_languages_do_not_follow_for_ever(people, draft, languages):
    release = plan(people["editor"], [draft], optional=languages[1:])
    when_the_time_has_come(release)
    prepare(people, draft, languages[1], release=release)
    Release.objects.update(went_live_at=timezone.now() - going_live.FOLLOWING - timedelta(days=1))
    assert going_live.follow_with_all() == 0


def test_an_optional_text_that_is_saved_at_the_last_moment_waits_for_its_lead(people, draft, languages):
    release = plan(people["editor"], [draft], optional=languages[1:])
    when_the_time_has_come(release)
    prepare(people, draft, languages[1], release=release)
    [found_ready] = readiness(release).cells
    work = translation(draft, languages[1])
    segment = StringSegment.objects.filter(source=work.source).first()
    put(people["translator_tr"], segment_url(work, segment), value="başka")
    assert found_ready.is_ready
    assert not going_live._follow_with(release.pk, found_ready)
    assert live(draft, languages[1]) == [False]


def test_leads_say_their_word_after_it_went_live(people, draft, languages):
    release = plan(people["editor"], [draft], optional=languages[1:])
    when_the_time_has_come(release)
    prepare(people, draft, languages[1], release=release)
    assert going_live.follow_with_all() == 1
    assert live(draft, languages[1]) == [True]


def test_a_deleted_page_is_named(site, people, languages):
    page = site.pages["verband"]
    release = plan(people["editor"], [page], required=languages[:1])
    page.delete()
    when_the_time_has_come(release)
    assert codes(release) == ["deleted"]
    answer = people["editor"].get(reverse("translations:release", args=[release.pk])).content.decode()
    assert "Verband" in answer


def test_a_page_that_was_taken_offline_is_named(site, people, languages):
    page = site.pages["ueber-uns"]
    release = plan(people["editor"], [page], required=languages[:1])
    prepare(people, page, languages[0], release=release)
    Page.objects.get(pk=page.pk).specific.unpublish()
    assert codes(when_the_time_has_come(release)) == ["offline"]


def test_a_page_with_a_date_of_its_own_is_named(people, draft):
    scheduled = draft.specific_class.objects.get(pk=draft.pk).get_latest_revision_as_object()
    scheduled.go_live_at = timezone.now() + timedelta(days=3)
    scheduled.save_revision()
    assert codes(when_the_time_has_come(plan(people["editor"], [draft]))) == ["own date"]


def test_rights_are_asked_again_when_the_time_has_come(people, draft):
    release = plan(people["editor"], [draft])
    people["editor"].user.groups.clear()
    when_the_time_has_come(release)
    assert (release.state, codes(release)) == (Release.State.HELD, ["rights"])
    assert not Page.objects.get(pk=draft.pk).live


def test_a_release_that_was_held_back_is_released_by_hand(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    when_the_time_has_come(release)
    prepare(people, draft, languages[0], release=release)
    people["editor"].post(reverse("translations:release_now", args=[release.pk]))
    call_command("release_due")
    release.refresh_from_db()
    assert (release.state, release.report) == (Release.State.LIVE, [])


def test_a_cancelled_release_stays_away_and_gives_the_public_text_back(site, people, languages):
    page = site.pages["ueber-uns"]
    submit(people["admin"], page, languages[0])
    draft = page.specific_class.objects.get(pk=page.pk)
    draft.summary = "Entwurf"
    draft.save_revision()
    release = plan(people["editor"], [page], required=languages[:1])
    texts = StringSegment.objects.filter(source__object_id=page.translation_key).values_list("string__data", flat=True)
    assert "Entwurf" in texts
    people["editor"].post(reverse("translations:release_cancel", args=[release.pk]))
    assert "Entwurf" not in texts.all()
    assert when_the_time_has_come(release).state == Release.State.CANCELLED
    assert said(people["editor"].post(reverse("translations:release_now", args=[release.pk])))
    assert not Release.objects.due().exists()


def test_it_goes_live_once(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0], release=release)
    when_the_time_has_come(release)
    published = Page.objects.get(pk=draft.pk).last_published_at
    Release.objects.filter(pk=release.pk).update(go_live_at=timezone.now() - timedelta(days=1))
    call_command("release_due")
    assert Page.objects.get(pk=draft.pk).last_published_at == published


def test_a_worker_that_dies_in_the_middle_leaves_nothing_half(people, draft, languages, monkeypatch, mailoutbox):
    release = plan(people["editor"], [draft], required=languages)
    prepare(people, draft, *languages, release=release)
    done = []

    class Killed(BaseException):
        """What no handler catches, like the end of the process."""

    def die(translation, user, **kwargs):
        done.append(publish(translation, user, **kwargs))
        raise Killed

    publish = publishing.publish
    monkeypatch.setattr(publishing, "publish", die)
    mailoutbox.clear()
    with pytest.raises(Killed):
        when_the_time_has_come(release)
    release.refresh_from_db()
    assert done
    assert release.state == Release.State.PLANNED
    assert live(draft, *languages) == [False, False]
    assert not Page.objects.get(pk=draft.pk).live
    assert not mailoutbox
    monkeypatch.undo()
    assert when_the_time_has_come(release).state == Release.State.LIVE


def test_technical_faults_are_told_after_some_attempts(people, draft, monkeypatch):
    def fail(release):
        raise RuntimeError("disk")

    release = plan(people["editor"], [draft])
    monkeypatch.setattr(going_live, "_publish", fail)
    for _attempt in range(going_live.ATTEMPTS - 1):
        assert when_the_time_has_come(release).state == Release.State.PLANNED
    assert codes(when_the_time_has_come(release)) == ["technical"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_release_once(small_snapshot, request):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory belongs to one connection; test_it_goes_live_once covers the claim")
    from tests.translations import small_site

    small_snapshot.restore()
    site, people = small_site.site(), small_site.people()
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    release = plan(people["editor"], [page], required=[arabic])
    prepare(people, page, arabic, release=release)
    Release.objects.update(go_live_at=timezone.now() - timedelta(seconds=5))
    results, barrier = [], threading.Barrier(2)

    def work():
        barrier.wait()
        results.append(going_live.go_live(release.pk))
        connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert target(page, arabic).live


@pytest.mark.django_db(transaction=True)
def test_nobody_saves_a_required_text_between_the_check_and_the_moment(small_snapshot, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no locks of rows: nobody else writes during a transaction")
    from tests.translations import small_site

    small_snapshot.restore()
    site, people = small_site.site(), small_site.people()
    page, arabic, free = site.pages["ueber-uns"], site.locales["ar"], []
    release = plan(people["editor"], [page], required=[arabic])
    prepare(people, page, arabic, release=release)

    def look():
        with transaction.atomic():
            free.append([*Translation.objects.select_for_update(skip_locked=True).filter(target_locale=arabic)])
        connections.close_all()

    def checked(release):
        if connection.in_atomic_block:
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        return readiness(release)

    monkeypatch.setattr(going_live, "readiness", checked)
    assert when_the_time_has_come(release).state == Release.State.LIVE
    assert free == [[]]


def test_a_busy_database_keeps_one_release_waiting_and_none_after_it(people, draft, site, monkeypatch):
    stuck, next_one = plan(people["editor"], [draft]), plan(people["editor"], [site.pages["ueber-uns"]])
    Release.objects.filter(pk=stuck.pk).update(go_live_at=timezone.now() - timedelta(minutes=5))
    publish = going_live._publish

    def busy(release):
        if release.pk == stuck.pk:
            raise OperationalError("database is locked")
        publish(release)

    monkeypatch.setattr(going_live, "_publish", busy)
    assert when_the_time_has_come(next_one).state == Release.State.LIVE
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts) == (Release.State.PLANNED, 0)
    monkeypatch.undo()
    assert when_the_time_has_come(stuck).state == Release.State.LIVE


def test_a_page_is_in_one_release_only(people, draft):
    plan(people["editor"], [draft])
    other = plan(people["editor"], [], name="Zweiter")
    response = people["editor"].post(reverse("translations:release_add_page", args=[other.pk]), {"page": draft.pk})
    assert "Start" in said(response)[-1]
    assert other.items.count() == 0


def test_a_release_has_a_size(site, people, languages, monkeypatch):
    monkeypatch.setattr("translations.releases.planning.MOST_TEXTS", 3)
    release = plan(people["editor"], [site.pages["verband"]], required=languages)
    more = {"page": site.pages["ueber-uns"].pk}
    people["editor"].post(reverse("translations:release_add_page", args=[release.pk]), more)
    assert release.items.count() == 1
    data = {"name": "x", "go_live_at": "2030-01-01 10:00", f"language_{site.locales['de-simple'].pk}": "required"}
    data |= {f"language_{locale.pk}": "required" for locale in languages}
    response = people["editor"].post(reverse("translations:release_edit", args=[release.pk]), data)
    assert response.status_code == 422
    assert release.languages.count() == 2


@pytest.mark.parametrize("page", ["", "x", "9" * 40, "1\0", "-1"])
def test_what_is_no_page_is_not_added(page, people, draft):
    release = plan(people["editor"], [])
    response = people["editor"].post(reverse("translations:release_add_page", args=[release.pk]), {"page": page})
    assert said(response)
    assert release.items.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"go_live_at": "2020-01-01 10:00"},
        {"go_live_at": ""},
        {"go_live_at": "morgen"},
        {"go_live_at": "2027-03-28 02:30"},
        {"go_live_at": "99999-01-01 10:00"},
        {"name": ""},
        {"name": "a" * 200},
        {"language_{ar}": "immer"},
    ],
)
def test_wrong_input_is_explained_and_kept(wrong, site, people, draft):
    data = {"name": "Start", "go_live_at": "2030-01-01 10:00", "pages": [draft.pk, "x", "9" * 30]}
    data |= {name.format(ar=site.locales["ar"].pk): value for name, value in wrong.items()}
    response = people["editor"].post(reverse("translations:release_new"), data)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert f'value="{draft.pk}"' in response.content.decode()
    assert not Release.objects.exists()


def test_the_time_is_berlin_time_whatever_the_account_says(people, draft):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(people["editor"].user)
    profile.current_time_zone = "Asia/Tokyo"
    profile.save()
    data = {"name": "Start", "go_live_at": "2030-07-01 10:00", "pages": [draft.pk]}
    people["editor"].post(reverse("translations:release_new"), data)
    release = Release.objects.get()
    assert release.go_live_at.astimezone().isoformat()[:10] in ("2030-07-01",)
    assert release.go_live_at == release.go_live_at.replace(hour=8, minute=0)
    form = people["editor"].get(reverse("translations:release_edit", args=[release.pk])).content.decode()
    assert "10:00" in form


def test_who_moves_the_time_answers_for_it(people, draft):
    release = plan(people["admin"], [draft])
    data = {"name": "Später", "go_live_at": "2030-07-01 10:00"}
    people["editor"].post(reverse("translations:release_edit", args=[release.pk]), data)
    release.refresh_from_db()
    assert (release.name, release.started_by) == ("Später", people["editor"].user)
    assert release.created_by == people["admin"].user


def test_translators_see_no_titles_of_foreign_drafts(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages)
    address = reverse("translations:release", args=[release.pk])
    assert "Neu<" in people["editor"].get(address).content.decode()
    for role in ("lead_ar", "translator_tr"):
        assert "Neu<" not in people[role].get(address).content.decode()


def test_readiness_costs_the_same_for_many_pages(site, people, languages, django_assert_max_num_queries):
    release = plan(people["editor"], site.pages.values(), required=languages)
    with django_assert_max_num_queries(8):
        readiness(release)


STEERING = {
    "release_now": {},
    "release_cancel": {},
    "release_add_page": {"page": "1"},
    "release_edit": {"name": "x", "go_live_at": "2030-01-01 10:00"},
}


@pytest.mark.parametrize("name", STEERING)
def test_only_those_who_may_publish_the_pages_steer(name, people, draft, languages):
    release = plan(people["editor"], [draft], required=languages)
    address = reverse(f"translations:{name}", args=[release.pk])
    for role, client in people.items():
        if role in ("editor", "admin"):
            continue
        response = client.post(address, STEERING[name])
        assert refused(response) or client.post(address, follow=True).status_code == 404, role
    release.refresh_from_db()
    assert (release.state, release.items.count(), release.name) == (Release.State.PLANNED, 1, "Start")
    assert people["editor"].post(address, STEERING[name]).status_code == 302


def test_who_may_open_what(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    seen = {
        role: client.get(reverse("translations:release", args=[release.pk]), follow=True).status_code == 200
        and not refused(client.get(reverse("translations:release", args=[release.pk])))
        for role, client in people.items()
    }
    assert {role for role, allowed in seen.items() if allowed} == {"admin", "editor", "lead_ar", "translator_ar"}
    for role in ("lead_ar", "editor", "translator_tr"):
        assert people[role].get(reverse("translations:releases")).status_code == 200
    assert refused(people["lead_ar"].get(reverse("translations:release_new")))


def test_the_page_offers_to_release_it_together(people, draft):
    page = people["editor"].get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert f"releases/new/?page={draft.pk}" in page
    form = people["editor"].get(reverse("translations:release_new"), {"page": draft.pk})
    assert [page.pk for page in form.context["pages"]] == [draft.pk]


def test_a_text_in_review_goes_live_and_its_review_ends(people, draft, languages):
    arabic = languages[0]
    release = plan(people["editor"], [draft], required=[arabic])
    prepare(people, draft, arabic)
    people["translator_ar"].post(reverse("translations:submit_for_review", args=[translation(draft, arabic).pk]))
    assert target(draft, arabic).workflow_in_progress
    call_ready(people["lead_ar"], release, draft, arabic)
    when_the_time_has_come(release)
    assert live(draft, arabic) == [True]
    assert not target(draft, arabic).workflow_in_progress


def test_a_text_in_leichte_sprache_goes_live_when_its_lead_has_read_it(site, people):
    page, easy = site.pages["verband"], site.locales["de-simple"]
    people["translator_easy"].post(reverse("translations:easy_create", args=[page.pk]))
    release = plan(people["editor"], [page], required=[easy])
    assert [problem.code for problem in readiness(release).problems] == ["not ready"]
    call_ready(people["lead_easy"], release, page, easy)
    when_the_time_has_come(release)
    assert (release.state, live(page, easy)) == (Release.State.LIVE, [True])


def test_a_translation_with_a_date_of_its_own_holds_the_release(people, draft, languages):
    release = plan(people["editor"], [draft], required=languages[:1])
    prepare(people, draft, languages[0], release=release)
    Page.objects.filter(pk=target(draft, languages[0]).pk).update(go_live_at=timezone.now() + timedelta(days=9))
    when_the_time_has_come(release)
    assert (release.state, codes(release)) == (Release.State.HELD, ["refused"])
    assert not Page.objects.get(pk=draft.pk).live
