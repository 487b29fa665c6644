"""The board: who sees what, what it can be asked, and what is done with many cells at once."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from tests.translations import small_site
from tests.translations.work import change_source, edit_url, in_work, refused, said, submit_url, target, translate
from translations import assigning
from translations.models import Assignment, Demand, Job, TextChange

BOARD = "/admin/translations/"


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
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)
    cache.clear()


def ask(work, role="admin", **question):
    return work.people[role].get(f"{BOARD}?{urlencode(question)}")


def titles(response):
    return [line["row"].title for line in response.context["lines"]]


def place(response, page, language):
    """What the board shows in this cell."""
    [line] = [line for line in response.context["lines"] if line["row"].key == page.translation_key]
    [item] = [item for item in line["places"] if item["place"].locale.language_code == language]
    return item


def act(work, action, pages, languages, role="admin", question="", **values):
    data = {"action": action, "row": [str(page.translation_key) for page in pages], "language": languages, **values}
    return work.people[role].post(f"{BOARD}action/?{question}", data)


def confirm(work, action, pages, languages, role="admin", question="", **values):
    return act(work, action, pages, languages, role, question, confirmed="1", **values)


def released(work):
    page = target(work.page, work.site.locales["ar"])
    work.translation.save_target(publish=False)
    page.refresh_from_db()
    page.save_revision().publish()


def test_it_shows_all_german_pages_with_their_states(work):
    response = ask(work, order="place")
    assert titles(response) == ["NeMO", "Über uns", "Verband", "Aktuelles", "Drei Wege"]
    assert place(response, work.page, "ar")["place"].cell.state == "review"
    assert place(response, work.page, "tr")["place"].cell.state == "progress"
    assert place(response, work.site.pages["verband"], "ar")["place"].cell.state == "missing"


@pytest.mark.parametrize(
    ("role", "languages"),
    [
        ("admin", ["tr", "ar", "de-simple"]),
        ("editor", ["tr", "ar", "de-simple"]),
        ("lead_ar", ["ar"]),
        ("translator_tr", ["tr"]),
        ("translator_easy", ["de-simple"]),
    ],
)
def test_editors_see_all_languages_and_others_theirs(work, role, languages):
    assert [locale.language_code for locale, _name in ask(work, role).context["columns"]] == languages


def test_nobody_sees_drafts_of_others(work):
    verband = work.site.pages["verband"]
    Page.objects.get(pk=verband.pk).specific.unpublish()
    Page.objects.get(pk=work.page.pk).specific.unpublish()
    seen = {role: set(titles(ask(work, role))) for role in work.people}
    assert {role for role, found in seen.items() if "Verband" in found} == {"admin", "editor"}
    # It is being translated into these languages.
    assert {role for role, found in seen.items() if "Über uns" in found} >= {"translator_ar", "lead_tr"}
    assert "Über uns" not in seen["translator_easy"] | seen["project_editor"]


def test_restricted_pages_are_for_those_who_write_them(work):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=work.site.pages["aktuelles"], restriction_type="login")
    assert "Drei Wege" not in titles(ask(work, "translator_tr"))
    assert "Drei Wege" in titles(ask(work, "editor"))


def test_cells_lead_to_the_right_place(work):
    response, verband = ask(work), work.site.pages["verband"]
    assert place(response, work.page, "ar")["url"] == edit_url(work.target)
    assert place(response, verband, "ar")["url"] == f"{submit_url(verband)}?select_locale=ar"
    assert place(response, verband, "de-simple")["url"] == reverse("translations:easy_create", args=[verband.pk])
    released(work)
    assert place(ask(work, "editor"), work.page, "ar")["url"] == "/ar/ueber-uns/"


@pytest.mark.parametrize("role", ["admin", "editor", "lead_ar", "translator_ar", "translator_tr", "translator_easy"])
def test_no_link_of_the_board_is_refused(work, role):
    client = work.people[role]
    for line in ask(work, role).context["lines"]:
        for url in [line["url"], *(item["url"] for item in line["places"])]:
            if url.startswith("/admin"):
                answer = client.get(url)
                assert answer.status_code == 200, (role, url)
                assert not refused(answer), (role, url)


def test_it_is_filtered_by_section_type_title_and_language(work):
    about = work.site.pages["ueber-uns"].pk
    assert titles(ask(work, section=about, order="title")) == ["Über uns", "Verband"] or set(
        titles(ask(work, section=about))
    ) == {"Über uns", "Verband"}
    assert titles(ask(work, page_type="news.newspage")) == ["Drei Wege"]
    assert titles(ask(work, q="wege")) == ["Drei Wege"]
    assert len(ask(work, language="ar").context["columns"]) == 1
    assert titles(ask(work, q="gibt es nicht")) == []


def test_it_is_filtered_by_state_age_and_assignee(work):
    assert titles(ask(work, state="review")) == ["Über uns"]
    assert titles(ask(work, state="review", language="tr")) == []
    released(work)
    change_source(work.page, title="Über uns alle")
    assert titles(ask(work, state="outdated")) == ["Über uns alle"]
    assert titles(ask(work, age="30")) == []
    long_ago = timezone.now() - timedelta(days=40)
    TextChange.objects.update(changed_at=long_ago)
    Page.objects.filter(pk=work.target.pk).update(last_published_at=long_ago - timedelta(days=1))
    assert titles(ask(work, age="30")) == ["Über uns alle"]
    assert titles(ask(work, age="90")) == []
    arabic, person = work.site.locales["ar"], work.people["translator_ar"].user
    assigning.assign([(work.page.translation_key, arabic.pk)], person=person, by=work.people["admin"].user)
    assert titles(ask(work, assignee=f"person-{person.pk}")) == ["Über uns alle"]
    assert titles(ask(work, "translator_ar", assignee="me")) == ["Über uns alle"]
    assert "Über uns alle" not in titles(ask(work, language="ar", assignee="nobody"))


def test_the_most_urgent_comes_first(work):
    arabic, admin = work.site.locales["ar"], work.people["admin"].user
    today = timezone.localdate()

    def assign(name, **values):
        assigning.assign([(work.site.pages[name].translation_key, arabic.pk)], by=admin, **values)

    assign("aktuelles", due=today + timedelta(days=9))
    assign("verband", due=today + timedelta(days=3))
    assign("drei-wege", due=today + timedelta(days=90), urgent=True)
    assert titles(ask(work))[:3] == ["Drei Wege", "Verband", "Aktuelles"]


def test_what_readers_want_most_comes_first(work):
    for name, count in (("verband", 3), ("aktuelles", 8)):
        key = work.site.pages[name].translation_key
        Demand.objects.create(
            translation_key=key, locale=work.site.locales["ar"], day=timezone.localdate(), count=count
        )
    response = ask(work, order="demand")
    assert titles(response)[:2] == ["Aktuelles", "Verband"]
    assert place(response, work.site.pages["aktuelles"], "ar")["place"].demand == 8


def test_terms_have_their_own_board(work):
    response = ask(work, kind="core.topic")
    assert titles(response) == ["Wohnen"]
    assert place(response, work.site.topic, "ar")["place"].cell.state == "progress"
    assert place(response, work.site.topic, "ar")["url"]
    assert "core/topic" in place(response, work.site.topic, "tr")["url"]


@pytest.mark.parametrize("value", ["\0", "1" * 30, "person-x"])
def test_bad_questions_are_ignored(work, value):
    names = ["q", "kind", "section", "page_type", "language", "state", "age", "assignee", "order", "page"]
    query = urlencode(dict.fromkeys(names, value))
    assert work.people["admin"].get(f"{BOARD}?{query}").status_code == 200
    assert work.people["admin"].get(f"{BOARD}export/?{query}").status_code == 200
    assert work.people["admin"].post(f"{BOARD}action/?{query}", {"action": value, "row": value}).status_code == 302


def test_it_asks_few_queries_however_many_pages_there_are(work, django_assert_max_num_queries):
    ask(work)
    with django_assert_max_num_queries(20):  # session, user and the admin's frame included
        ask(work)


def rows(response):
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return [*csv.reader(io.StringIO(text[1:]))]


def test_it_is_exported_as_it_is_filtered_and_without_formulas(work):
    Page.objects.filter(pk=work.page.pk).update(title='=HYPERLINK("x")')
    head, *found = rows(work.people["admin"].get(f"{BOARD}export/?state=review"))
    assert len(found) == 1
    assert found[0][1] == '\'=HYPERLINK("x")'
    assert len(head) == len(found[0])
    assert {row[3] for row in rows(work.people["lead_ar"].get(f"{BOARD}export/"))[1:]} == {"العربية"}


def test_the_export_speaks_the_language_of_whoever_asks(work):
    client = work.people["lead_ar"]
    profile = UserProfile.get_for_user(client.user)
    profile.preferred_language = "en"
    profile.save()
    assert rows(client.get(f"{BOARD}export/"))[0][1] == "German title"


def test_who_may_assign_is_asked_once_for_all(work, django_assert_max_num_queries):
    site, user = work.site, work.people["project_editor"].user
    cells = [(page.translation_key, locale.pk) for page in site.pages.values() for locale in site.locales.values()]
    with django_assert_max_num_queries(10):
        assert not assigning.assignable(user, cells)
    lead = work.people["lead_ar"].user
    assert assigning.assignable(lead, cells) == {cell for cell in cells if cell[1] == site.locales["ar"].pk}


def test_many_are_requested_at_once_as_a_job(work):
    pages, languages = [work.site.pages["verband"], work.site.pages["drei-wege"], work.page], ["ar", "tr", "de-simple"]
    response = act(work, "request", pages, languages)
    assert len(response.context["plan"].items) == 6
    assert sum(response.context["plan"].left_out.values()) == 3
    assert not Job.objects.exists()
    response = confirm(work, "request", pages, languages)
    job = Job.objects.get()
    assert response["Location"] == reverse("translations:job", args=[job.pk])
    assert (job.state, job.done, job.items.exclude(problem="").count()) == (Job.DONE, 6, 0)
    assert Translation.objects.filter(source__object_id=work.site.pages["drei-wege"].translation_key).count() == 2
    again = confirm(work, "request", pages, languages)
    assert again["Location"] == f"{BOARD}?"
    assert said(again)


def test_everything_that_fits_is_chosen_with_one_box(work):
    response = act(work, "request", [], ["tr"], question="state=missing&language=tr", everything="on")
    assert [item["title"] for item in response.context["plan"].items] == [
        "Verband (Türkçe)",
        "Aktuelles (Türkçe)",
        "Drei Wege (Türkçe)",
    ]


def test_rights_are_asked_again_by_each_step(work, monkeypatch):
    from translations import jobs

    monkeypatch.setattr(jobs, "put_in_queue", lambda job: None)
    confirm(work, "request", [work.site.pages["verband"]], ["ar"], role="editor")
    work.people["editor"].user.groups.clear()
    job = Job.objects.get()
    jobs.work_on(job.pk, job.lease_until)
    assert job.items.get().problem
    assert not Translation.objects.filter(source__object_id=work.site.pages["verband"].translation_key).exists()


def test_nobody_requests_what_they_do_not_see_or_into_other_languages(work):
    verband = work.site.pages["verband"]
    confirm(work, "request", [verband], ["tr"], role="translator_ar")
    Page.objects.get(pk=verband.pk).specific.unpublish()
    confirm(work, "request", [verband], ["ar"], role="translator_ar")
    assert not Translation.objects.filter(source__object_id=verband.translation_key).exists()


def test_ready_ones_are_published_by_leads_and_reasons_are_told(work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        confirm(work, "publish", [work.page], ["ar"], role="translator_ar")
        confirm(work, "publish", [work.page], ["ar"], role="lead_tr")
    assert not target(work.page, work.site.locales["ar"]).live
    with django_capture_on_commit_callbacks(execute=True):
        confirm(work, "publish", [work.page], ["ar"], role="lead_ar")
    assert Job.objects.get().items.get().problem == ""
    assert target(work.page, work.site.locales["ar"]).live


def test_an_unfinished_text_is_not_published(work):
    response = act(work, "publish", [work.page], ["ar", "tr"])
    assert len(response.context["plan"].items) == 1
    StringTranslation.objects.filter(locale=work.site.locales["ar"]).first().delete()
    response = act(work, "publish", [work.page], ["ar"])
    assert response.context["plan"].items == []


def test_many_are_assigned_at_once_with_a_date(work):
    person, day = work.people["translator_ar"].user, timezone.localdate() + timedelta(days=5)
    pages = [work.page, work.site.pages["verband"]]
    values = {"to": f"person-{person.pk}", "due": day.isoformat(), "note": "Bitte bald."}
    confirm(work, "assign", pages, ["ar", "tr"], **values)
    assert {(row.person, row.due, row.note) for row in Assignment.objects.all()} == {(person, day, "Bitte bald.")}
    assert {row.locale.language_code for row in Assignment.objects.all()} == {"ar"}
    confirm(work, "due", pages, ["ar"], due=(day + timedelta(days=1)).isoformat())
    assert {row.due - day for row in Assignment.objects.all()} == {timedelta(days=1)}
    assert {row.person for row in Assignment.objects.all()} == {person}


@pytest.mark.parametrize("action", ["due", "assign"])
def test_many_urgent_ones_are_one_mail(work, action):
    translator = work.people["translator_ar"].user  # in both languages
    translator.groups.add(*work.people["translator_tr"].user.groups.all())
    mail.outbox.clear()
    confirm(work, action, [work.page, work.site.pages["verband"]], ["ar", "tr"], urgent="on")
    assert Assignment.objects.filter(is_urgent=True).count() == 4
    assert [letter.to for letter in mail.outbox].count([translator.email]) == 1


@pytest.mark.parametrize("values", [{"due": "2020-01-01"}, {"due": "x"}, {"to": "person-9999"}, {"note": "x" * 301}])
def test_a_wrong_date_or_person_is_said_and_what_was_typed_is_kept(work, values):
    response = confirm(work, "assign", [work.page], ["ar"], **({"note": "Bitte bald."} | values))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "Bitte bald." in response.content.decode() or "note" in values
    assert not Assignment.objects.exists()


def test_nobody_assigns_in_other_languages(work):
    confirm(work, "assign", [work.page], ["ar"], role="lead_tr")
    confirm(work, "assign", [work.page], ["ar"], role="translator_ar")
    assert not Assignment.objects.exists()
    confirm(work, "assign", [work.page], ["ar"], role="lead_ar")
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("address", ["localize/reports/translations/", "localize/reports/translations/results/"])
def test_the_stock_report_leads_here(work, address):
    response = work.people["translator_ar"].get(f"/admin/{address}?title=Über")
    assert response["Location"] == f"{BOARD}?q=%C3%9Cber"


def test_a_translated_term_is_counted(work):
    translate(work.people["translator_ar"], work.topic_translation)
    assert place(ask(work, kind="core.topic"), work.site.topic, "ar")["place"].cell.state == "review"
