"""Each state, and when it becomes another one: derived from what people did, never ticked."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.models import Topic
from tests.translations import small_site
from tests.translations.work import change_source, in_work, put, segment_url, target, translate, translation
from translations.models import TextChange
from translations.states import State, cells


@pytest.fixture(scope="module")
def built(small_snapshot, django_db_blocker):
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            yield in_work(small_site.site(), small_site.people())
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def work(built, db):
    """About us: complete in Arabic and not published, begun in Turkish. Each test begins with that."""
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)
    cache.clear()


def cell(work, language="ar", page=None):
    page, locale = page or work.page, work.site.locales[language]
    return cells([page], [locale])[page.translation_key, locale.pk]


def publish(work, language="ar", page=None):
    page = target(page or work.page, work.site.locales[language])
    translation(work.page, work.site.locales[language]).save_target(publish=False)
    page.refresh_from_db()
    page.save_revision().publish()


def remove_text(work, count=1):
    locale = work.site.locales["ar"]
    texts = StringTranslation.objects.filter(locale=locale, context__object_id=work.page.translation_key)
    for text in texts.order_by("-pk")[:count]:
        text.delete()


def test_what_nobody_asked_for_is_missing(work):
    missing = cell(work, page=work.site.pages["verband"])
    assert (missing.state, missing.target_pk, missing.percent) == (State.MISSING, None, None)


def test_a_page_that_only_holds_the_place_is_missing(work):
    page, turkish = work.site.pages["aktuelles"], work.site.locales["tr"]
    page.copy_for_translation(turkish, alias=True)
    assert cell(work, "tr", page).state == State.MISSING


def test_a_begun_text_is_in_progress_by_share(work):
    assert "(0 %)" in cell(work, "tr").text
    assert cell(work, "tr").state == State.PROGRESS
    remove_text(work)
    begun = cell(work)
    assert (begun.state, begun.missing) == (State.PROGRESS, 1)
    assert begun.percent == 100 * (begun.total - 1) // begun.total


def test_a_complete_text_that_was_never_released_waits(work):
    waiting = cell(work)
    assert (waiting.state, waiting.missing, waiting.percent) == (State.REVIEW, 0, 100)
    assert not waiting.in_review


def test_a_text_in_review_waits_and_one_sent_back_is_in_progress(work):
    work.people["translator_ar"].post(f"/admin/translations/review/{work.translation.pk}/")
    assert cell(work).in_review
    assert cell(work).state == State.REVIEW
    page = target(work.page, work.site.locales["ar"])
    page.current_workflow_state.current_task_state.reject(user=work.people["lead_ar"].user)
    assert cell(work).state == State.PROGRESS


def test_a_released_text_is_up_to_date(work):
    publish(work)
    assert cell(work).state == State.CURRENT


def test_a_text_that_was_changed_after_its_release_waits(work):
    publish(work)
    put(work.people["translator_ar"], segment_url(work.translation, work.segment), value="جديد")
    assert cell(work).state == State.REVIEW


def test_a_text_that_was_released_with_gaps_says_so(work):
    remove_text(work)
    publish(work)
    gaps = cell(work)
    assert (gaps.state, gaps.missing) == (State.GAPS, 1)


def test_a_changed_source_outdates_at_once_with_date_and_count(work):
    publish(work)
    before = timezone.now()
    change_source(work.page, title="Über uns alle")
    outdated = cell(work)
    assert (outdated.state, outdated.missing) == (State.OUTDATED, 1)
    assert outdated.since >= before


def test_outdated_since_is_the_first_change_after_the_release(work):
    publish(work)
    change_source(work.page, title="Über uns alle")
    first = cell(work).since
    change_source(work.page, summary="Ganz anders.")
    outdated = cell(work)
    assert (outdated.since, outdated.missing) == (first, 2)


def test_a_change_before_the_release_does_not_count(work):
    publish(work)
    change_source(work.page, title="Über uns alle")
    TextChange.objects.update(changed_at=timezone.now() - timedelta(days=9))
    old = timezone.now() - timedelta(days=5)
    Page.objects.filter(pk=work.target.pk).update(last_published_at=old)
    assert cell(work).since > old


def test_a_change_without_text_keeps_date_and_state(work):
    publish(work)
    change_source(work.page, title="Über uns alle")
    since, changed_at = cell(work).since, TranslationSource.objects.get(pk=work.source.pk).last_updated_at
    change_source(work.page, title="Über uns alle", show_in_menus=True)
    assert cell(work).since == since
    assert TranslationSource.objects.get(pk=work.source.pk).last_updated_at == changed_at


def test_another_picture_outdates_nothing(work, tmp_path):
    from core.models import SiteImage

    publish(work)
    picture = SiteImage.objects.create(title="Bild", file="original_images/x.png", width=10, height=10)
    change_source(work.page, listing_image=picture)
    assert cell(work).state == State.CURRENT


def test_a_draft_of_the_source_outdates_nothing(work):
    publish(work)
    page = work.page.specific_class.objects.get(pk=work.page.pk)
    page.title = "Entwurf"
    page.save_revision()
    assert cell(work).state == State.CURRENT
    page.unpublish()
    page.save_revision()
    assert cell(work).missing == 0


def test_text_that_was_taken_away_is_to_be_released(work):
    publish(work)
    change_source(work.page, body=[])
    assert cell(work).state == State.REVIEW


def test_a_text_with_a_fault_is_not_counted(work):
    StringTranslation.objects.filter(locale=work.site.locales["ar"]).update(has_error=True)
    assert cell(work).percent == 0


def test_a_stopped_translation_is_judged_by_its_page(work):
    Translation.objects.filter(pk=work.translation.pk).update(enabled=False)
    stopped = cell(work)
    assert (stopped.state, stopped.total, stopped.translation_pk) == (State.PROGRESS, 0, None)
    work.target.save_revision().publish()
    assert cell(work).state == State.CURRENT
    change_source(work.page, title="Über uns alle")
    assert cell(work).state == State.OUTDATED


def test_leichte_sprache_has_states_of_its_own(work):
    assert cell(work, "de-simple").state == State.MISSING
    work.people["translator_easy"].post(f"/admin/translations/leichte-sprache/{work.page.pk}/")
    begun = cell(work, "de-simple")
    assert (begun.state, begun.percent) == (State.PROGRESS, None)


def test_terms_are_missing_begun_waiting_current_and_outdated(work):
    topic, people = work.site.topic, work.people
    assert cell(work, "tr", topic).state == State.MISSING
    assert (cell(work, "ar", topic).state, cell(work, "ar", topic).percent) == (State.PROGRESS, 0)
    translate(people["translator_ar"], work.topic_translation)
    assert cell(work, "ar", topic).state == State.REVIEW
    work.topic_translation.save_target()
    assert cell(work, "ar", topic).state == State.CURRENT
    Topic.objects.get(pk=topic.pk).save()
    assert cell(work, "ar", topic).state == State.CURRENT
    term = Topic.objects.get(pk=topic.pk)
    term.name = "Wohnen und Miete"
    term.save()
    assert (cell(work, "ar", topic).state, cell(work, "ar", topic).missing) == (State.OUTDATED, 1)


def test_the_number_of_queries_does_not_grow(work, django_assert_max_num_queries):
    locales = [*work.site.locales.values()][1:]
    pages = [*work.site.pages.values()]
    with django_assert_max_num_queries(9):
        found = cells(pages, locales)
    assert len(found) == len(pages) * len(locales)


def test_counts_are_what_wagtail_localize_counts_one_by_one(work):
    locales = [work.site.locales["ar"], work.site.locales["tr"]]
    remove_text(work)
    for (key, locale_id), found in cells([work.page], locales).items():
        one = Translation.objects.get(source__object_id=key, target_locale_id=locale_id)
        assert one.get_progress() == (found.total, found.total - found.missing)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_states_have_words(work, language):
    from django.utils.translation import override

    publish(work)
    change_source(work.page, title="Über uns alle")
    with override(language):
        assert all(str(state.label) for state in State)
        assert cell(work).text
