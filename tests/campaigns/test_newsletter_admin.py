"""The office writes issues, tries them and sends them; others cannot."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from campaigns.mailing import planning, preparing, running
from campaigns.models import Mailing, NewsletterIssue
from core.models import User
from tests.campaigns import issues, newsletters
from tests.campaigns.desks import person
from tests.core import mail_servers

pytestmark = pytest.mark.django_db

NEW = "/admin/newsletter-issues/new/"


@pytest.fixture
def office(site) -> Client:
    return person("redaktion", "Redaktion")


@pytest.fixture
def issue(site):
    page = issues.news(site)
    issues.in_arabic(page)
    return issues.issue(page)


def typed(*pages, translations=(), **values):
    data = {
        "subject": "Neues",
        "introduction": "Guten Tag.",
        "items": inline_formset([{"page": page.pk} for page in pages]),
        "translations": inline_formset(translations),
    }
    return nested_form_data(data | values)


def screen(issue) -> str:
    return f"/admin/newsletter/{issue.pk}/"


def page(client, issue, query="") -> str:
    return re.sub(r"\s+", " ", client.get(f"{screen(issue)}{query}").text)


def test_the_office_writes_an_issue(office, site):
    item = issues.news(site)
    arabic = {"language": "ar", "subject": "جديد", "introduction": ""}
    answer = office.post(NEW, typed(item, translations=[arabic]))
    made = NewsletterIssue.objects.get()
    assert answer.headers["Location"] == screen(made)
    assert [row.page_id for row in made.items.all()] == [item.pk]
    assert made.words("subject", "ar") == ("جديد", "ar")
    assert made.words("introduction", "ar") == ("Guten Tag.", "de")


def test_whoever_chooses_a_translation_gets_the_german_page_behind_it(office, site):
    item = issues.news(site)
    office.post(NEW, typed(issues.in_arabic(item)))
    assert NewsletterIssue.objects.get().items.get().page_id == item.pk


def test_a_language_twice_is_refused_and_what_was_typed_stays(office, site):
    twice = [{"language": "ar", "subject": f"جديد {n}", "introduction": ""} for n in (1, 2)]
    answer = office.post(NEW, typed(translations=twice))
    assert answer.status_code == 200
    assert "جديد 2" in answer.text
    assert not NewsletterIssue.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"subject": ""},
        {"subject": "x" * 121},
        {"introduction": "x" * 3001},
        {"items-TOTAL_FORMS": "x"},
        {"translations-0-language": "xx"},
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_saved(office, site, values):
    data = typed(issues.news(site), translations=[{"language": "ar", "subject": "جديد", "introduction": ""}]) | values
    assert office.post(NEW, data).status_code == 200
    assert not NewsletterIssue.objects.exists()


def test_the_screen_shows_the_mail_in_every_language(office, issue):
    html = page(office, issue, "?language=ar")
    assert '<iframe class="issue-frame" sandbox="allow-popups"' in html
    assert f'src="{screen(issue)}preview/ar/"' in html
    assert "مؤتمر في كاسل" in html
    answer = office.get(f"{screen(issue)}preview/ar/")
    assert "مؤتمر في كاسل" in answer.text
    assert "\ue000" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["?language=xx", "?language=%00", "?language=", "?language=" + "x" * 5000])
def test_an_unknown_language_is_german(office, issue, query):
    assert f'src="{screen(issue)}preview/de/"' in page(office, issue, query)


def test_the_preview_of_an_unknown_language_is_not_found(office, issue):
    assert office.get(f"{screen(issue)}preview/xx/", follow=True).status_code == 404


def test_it_says_how_many_would_get_it(office, issue):
    issues.readers()
    newsletters.reader("offen@example.org", confirmed=False)
    html = page(office, issue)
    assert html.count("<td>3</td>") == 3


def test_a_test_goes_to_oneself_in_the_language_that_is_shown(office, issue):
    office.post(f"{screen(issue)}test/", {"language": "ar"})
    assert [message.to for message in mail.outbox] == [["redaktion@office.example"]]
    assert "جديد ديسمبر" in mail.outbox[0].subject
    assert "Test" in mail.outbox[0].subject
    assert "\ue000" not in mail.outbox[0].body
    assert not Mailing.objects.exists()


def test_a_test_in_all_languages_is_eight_mails(office, issue):
    office.post(f"{screen(issue)}test/", {"language": ""})
    assert len(mail.outbox) == 8


def test_without_an_address_of_ones_own_there_is_no_test(office, issue):
    User.objects.filter(pk=office.user.pk).update(email="")
    answer = office.post(f"{screen(issue)}test/", {"language": "de"}, follow=True)
    assert answer.status_code == 200
    assert mail.outbox == []


@pytest.fixture
def server(settings):
    with mail_servers.willing() as (port, received):
        options = {"host": "127.0.0.1", "port": port, "timeout": 5}
        backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        settings.MAILERS = settings.MAILERS | {"transport": backend}
        yield received


def test_send_now_sends(office, issue, server, django_capture_on_commit_callbacks):
    issues.readers()
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(screen(issue), {"when": "now"})
    assert answer.status_code == 302
    assert len(server) == 9
    html = page(office, issue)
    assert "<td>9</td>" in html
    assert f"http://testserver/de/newsletter/{issue.slug}/" in html


def test_ordering_twice_sends_once(office, issue, server, django_capture_on_commit_callbacks):
    issues.readers()
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert office.post(screen(issue), {"when": "now"}).status_code == 302
    assert len(server) == 9


def test_an_order_for_later_waits_and_can_be_taken_back(office, issue):
    when = timezone.localtime(timezone.now() + timedelta(days=2))
    office.post(screen(issue), {"when": "later", "send_at": f"{when:%Y-%m-%d %H:%M}"})
    mailing = Mailing.objects.get()
    assert mailing.state == "planned"
    assert abs(mailing.send_at - when) < timedelta(minutes=1)
    assert "take-back" in page(office, issue)
    assert office.get(f"{screen(issue)}progress/").json()["at_work"] is False
    office.post(f"{screen(issue)}take-back/")
    assert not Mailing.objects.exists()
    assert office.get(f"/admin/newsletter-issues/edit/{issue.pk}/").status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"when": "never"},
        {"when": "later"},
        {"when": "later", "send_at": "morgen"},
        {"when": "later", "send_at": "2020-01-01 10:00"},
        {"when": "later", "send_at": "\x00"},
        {"when": "later", "send_at": "99999-01-01 10:00"},
    ],
)
def test_an_order_that_cannot_be_understood_is_none(office, issue, data):
    answer = office.post(screen(issue), data)
    assert answer.status_code == 422
    assert "error" in answer.text
    assert not Mailing.objects.exists()


def test_what_is_not_public_cannot_be_sent_now_but_ordered_for_later(office, site):
    issue = issues.issue(issues.news(site, title="Noch geheim", live=False))
    answer = office.post(screen(issue), {"when": "now"})
    assert answer.status_code == 422
    assert "Noch geheim" in answer.text
    when = timezone.localtime(timezone.now() + timedelta(days=2))
    assert office.post(screen(issue), {"when": "later", "send_at": f"{when:%Y-%m-%d %H:%M}"}).status_code == 302


def test_an_ordered_issue_is_fixed(office, issue):
    issues.order(issue, send_at=timezone.now() + timedelta(hours=1))
    for address in (f"edit/{issue.pk}/", f"delete/{issue.pk}/"):
        answer = office.post(f"/admin/newsletter-issues/{address}", typed(subject="Anders"))
        assert answer.headers["Location"] == screen(issue)
    assert NewsletterIssue.objects.get().subject == "Neues im Dezember"
    assert f'href="{screen(issue)}"' in office.get("/admin/newsletter-issues/").text


def test_a_draft_can_be_changed_and_deleted(office, issue):
    office.post(f"/admin/newsletter-issues/edit/{issue.pk}/", typed(subject="Anders"))
    assert NewsletterIssue.objects.get().subject == "Anders"
    office.post(f"/admin/newsletter-issues/delete/{issue.pk}/")
    assert not NewsletterIssue.objects.exists()


def test_pause_go_on_and_cancel(office, issue):
    issues.readers()
    mailing = issues.order(issue)
    preparing.write(mailing, running.kind_of(mailing))
    Mailing.objects.update(state="running")
    assert f'action="{screen(issue)}pause/"' in page(office, issue)
    for name, state in (("pause", "paused"), ("go-on", "running"), ("pause", "paused"), ("cancel", "cancelled")):
        office.post(f"{screen(issue)}{name}/")
        assert Mailing.objects.get().state == state
    answer = office.post(f"{screen(issue)}go-on/", follow=True)
    assert Mailing.objects.get().state == "cancelled"
    assert answer.status_code == 200


def test_trouble_is_shown_with_the_servers_words(office, issue):
    mailing = issues.order(issue)
    preparing.write(mailing, running.kind_of(mailing))
    soon = timezone.now() + timedelta(minutes=5)
    Mailing.objects.update(state="running", trouble="server", answer="421 too busy", failures=2, lease_until=soon)
    html = page(office, issue)
    assert "421 too busy" in html
    assert f"{timezone.localtime(soon):%H:%M}" in html
    assert f'action="{screen(issue)}go-on/"' in html


def test_progress_is_told(office, issue):
    issues.readers()
    mailing = issues.order(issue)
    address = f"{screen(issue)}progress/"
    assert office.get(address).json() == {"at_work": True, "done": 0, "total": 1}
    assert f'data-address="{address}"' in page(office, issue)
    preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
    Mailing.objects.update(state="running")
    mailing.deliveries.filter(language="ar").update(state="sent")
    assert office.get(address).json() == {"at_work": True, "done": 3, "total": 9}


def test_a_step_that_is_none_is_not_found(office, issue):
    issues.order(issue)
    assert office.post(f"{screen(issue)}explode/", follow=True).status_code == 404
    assert office.get(f"{screen(issue)}cancel/").status_code == 405


def test_the_list_shows_how_far_issues_are(office, issue):
    other = issues.issue(subject="Entwurf", arabic=False)
    issues.order(issue, send_at=timezone.now() + timedelta(hours=1))
    html = office.get("/admin/newsletter-issues/?state=planned").text
    assert "Neues im Dezember" in html
    assert f"/admin/newsletter-issues/edit/{other.pk}/" not in html
    assert "Entwurf" in office.get("/admin/newsletter-issues/?state=draft").text
    assert office.get("/admin/newsletter-issues/?state=%00&q=%00").status_code == 200


@pytest.mark.parametrize("group", ["Projektteam", "Sprachleitung: Arabisch", "Übersetzung: Türkisch"])
def test_nobody_but_the_office_reads_or_sends_an_issue(site, issue, group):
    other = person("andere", group)
    issues.order(issue, send_at=timezone.now() + timedelta(hours=1))
    addresses = [
        *(screen(issue) + name for name in ("", "preview/de/", "progress/")),
        *(f"/admin/newsletter-issues/{name}" for name in ("", "new/", f"edit/{issue.pk}/", f"history/{issue.pk}/")),
        f"/admin/newsletter-issues/usage/{issue.pk}/",
        f"/admin/newsletter-issues/delete/{issue.pk}/",
    ]
    for address in addresses:
        answer = other.get(address, follow=True)
        assert "Neues im Dezember" not in answer.text, address
        assert "Konferenz in Kassel" not in answer.text, address
    for name in ("", "test/", "take-back/", "cancel/"):
        other.post(f"{screen(issue)}{name}", {"when": "now", "language": "de"})
    assert Mailing.objects.get().state == "planned"
    assert mail.outbox == []
    assert "newsletter-issues" not in other.get("/admin/").text


def test_an_issue_that_is_gone_is_not_found(office, issue):
    for address in ("/admin/newsletter/999999/", "/admin/newsletter/99999999999999999999/"):
        assert office.get(address, follow=True).status_code == 404


def test_when_the_person_who_ordered_it_has_left_it_goes_out_all_the_same(office, issue, server):
    newsletters.reader()
    mailing = issues.order(issue, user=office.user)
    office.user.delete()
    running.work_on(mailing.pk)
    assert len(server) == 1


def test_a_german_page_that_is_deleted_leaves_the_issue(issue):
    issue.items.get().page.delete()
    assert not NewsletterIssue.objects.get().items.exists()
    assert planning.plan("newsletter", issue.pk, "x", None)
    assert Locale.objects.count() == 8
