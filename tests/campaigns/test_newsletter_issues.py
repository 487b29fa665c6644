"""An issue as readers get it: in their language, by mail and in the browser."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from campaigns.mailing import planning, running
from campaigns.mailing.kinds import UNSUBSCRIBE, mark
from campaigns.models import Delivery, EventDate, EventPage, Mailing, NewsletterIssue, NewsletterTranslation, Subscriber
from campaigns.newsletter import unsubscribing
from campaigns.newsletter.issues import rendering, sending
from campaigns.newsletter.issues.contents import hidden, shown
from core import personal_data
from tests.campaigns import issues, newsletters
from tests.core import mail_servers

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated(site):
    """Two news items in an issue, the first also in Arabic."""
    first = issues.news(site)
    issues.in_arabic(first)
    return issues.issue(first, issues.news(site, "fest", "Fest in Bochum"))


@pytest.fixture
def server(settings):
    with mail_servers.willing() as (port, received):
        options = {"host": "127.0.0.1", "port": port, "timeout": 5}
        backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        settings.MAILERS = settings.MAILERS | {"transport": backend}
        yield received


def send(issue) -> Mailing:
    running.work_on(issues.order(issue).pk)
    return Mailing.objects.get()


def parts(envelope):
    message = message_from_bytes(envelope.content, policy=default)
    return message, *(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


def test_each_reader_gets_their_own_language(translated, server):
    issues.readers()
    mailing = send(translated)
    assert mailing.state == Mailing.State.DONE
    by_address = {envelope.rcpt_tos[0]: envelope for envelope in server}
    assert len(server) == len(by_address) == 9
    for reader in Subscriber.objects.all():
        message, text, html = parts(by_address[reader.email])
        arabic = reader.language == "ar"
        assert message["Subject"] == ("جديد ديسمبر" if arabic else "Neues im Dezember")
        assert f'<html lang="{reader.language}" dir="{"rtl" if arabic else "ltr"}">' in html
        assert ("مؤتمر في كاسل" in html) == ("مؤتمر في كاسل" in text) == arabic
        assert unsubscribing.address(reader) in text
        assert unsubscribing.preferences_address(reader) in html
        assert message["List-Unsubscribe"] == f"<{unsubscribing.address(reader)}>"
        assert "\ue000" not in text + html


def test_what_is_not_translated_is_marked_in_the_readers_language(translated):
    arabic = rendering.mail(translated, "ar")
    assert (
        '<h2 lang="de" dir="ltr"><a href="http://testserver/ar/aktuelles/fest/">Fest in Bochum</a></h2>' in arabic.html
    )
    assert '<h2><a href="http://testserver/ar/aktuelles/konferenz/">مؤتمر في كاسل</a></h2>' in arabic.html
    assert "[Deutsch] Fest in Bochum" in arabic.text
    assert "[Deutsch] مؤتمر" not in arabic.text
    assert issues.ARABIC_INTRODUCTION in arabic.text


def test_a_language_without_an_introduction_gets_the_german_one_and_is_told(translated):
    turkish = rendering.mail(translated, "tr")
    assert '<h1 lang="de" dir="ltr">Neues im Dezember</h1>' in turkish.html
    assert '<div lang="de" dir="ltr"><p>Liebe Leser*innen,</p>' in turkish.html
    assert "[Deutsch] Liebe Leser*innen," in turkish.text
    assert turkish.subject == "Neues im Dezember"


def test_a_german_subject_is_marked_in_every_other_language(client, translated, server):
    turkish = rendering.mail(translated, "tr")
    assert turkish.text.startswith("[Deutsch] Neues im Dezember\n")
    assert 'Neues im Dezember</h1> <p class="note">Deutsch' in re.sub(r"\s+", " ", turkish.html)
    send(translated)
    html = client.get(f"/tr/newsletter/{translated.slug}/").text
    assert html.count('class="foreign"') == 4  # the subject, the introduction, two items


def test_nothing_is_called_german_where_all_is_translated(site):
    page = issues.news(site)
    issues.in_arabic(page)
    issues.issue(page)
    NewsletterIssue.objects.update(introduction="")
    NewsletterTranslation.objects.update(introduction="")
    assert "Deutsch" not in rendering.mail(NewsletterIssue.objects.get(), "ar").text


def test_a_mail_in_german_marks_nothing(translated):
    german = rendering.mail(translated, "de")
    assert "[Deutsch]" not in german.text
    assert german.html.count("lang=") == 3  # of the page, of its sheet, of our name
    assert '<a href="https://www.example.org/mehr"' in german.html


def test_a_mail_tells_on_nobody(translated):
    """No picture, no script, no link but ours and the editor's, each the same for all but the reader's own two."""
    html = rendering.mail(translated, "ar").html
    assert not any(word in html for word in ("<img", "<script", "src=", "url(", "<table", "style="))
    assert html.count(mark(UNSUBSCRIBE)) == 1


def test_words_of_editors_and_pages_are_text(site):
    page = issues.news(site, title="<b>Fett</b> & mehr")
    mail = rendering.mail(issues.issue(page, subject="<i>Neu</i>", arabic=False), "de")
    assert "&lt;b&gt;Fett&lt;/b&gt; &amp; mehr" in mail.html
    assert "<b>Fett</b> & mehr" in mail.text
    assert "<i>" not in mail.html


def test_items_stand_in_the_order_the_editor_chose(translated):
    assert [entry.page.title for entry in shown(translated)] == ["Konferenz in Kassel", "Fest in Bochum"]
    first, second = translated.items.all()
    first.sort_order, second.sort_order = 1, 0
    first.save()
    second.save()
    again = NewsletterIssue.objects.get(pk=translated.pk)
    assert [entry.page.title for entry in shown(again)] == ["Fest in Bochum", "Konferenz in Kassel"]


def test_an_event_names_its_next_date(site):
    past, to_come = timezone.now() - timedelta(days=3), timezone.now() + timedelta(days=4)
    event = issues.page(site, EventPage, "fest", "Fest", starts_at=past, ends_at=past, place="Kassel")
    EventDate.objects.filter(event=event).delete()
    for moment, cancelled in ((past, None), (to_come - timedelta(days=1), past), (to_come, None)):
        EventDate.objects.create(
            event=event, starts_at=moment, ends_at=moment, original_start=moment, cancelled_at=cancelled
        )
    assert shown(issues.issue(event))[0].starts_at == to_come


def test_an_event_begins_by_the_clock_of_its_place_whoever_looks(client, site, server):
    starts = datetime(2099, 7, 1, 15, 0, tzinfo=UTC)
    event = issues.page(
        site, EventPage, "fest", "Fest", starts_at=starts, ends_at=starts, time_zone="Europe/Istanbul", place="Izmir"
    )
    issue = issues.issue(event, issues.page(site, EventPage, "tag", "Tag", starts_at=starts, ends_at=starts))
    with timezone.override("Pacific/Auckland"):  # an editor's account
        mail = rendering.mail(issue, "de")
    for text in (mail.text, mail.html):
        assert "1. Juli 2099 18:00 (Zeitzone: Europe/Istanbul)" in re.sub(r"</?bdi>", "", text)
        assert "1. Juli 2099 17:00" in text
        assert text.count("Zeitzone") == 1
    send(issue)
    html = client.get(f"/de/newsletter/{issue.slug}/").text
    assert "1. Juli 2099 18:00" in html
    assert "1. Juli 2099 17:00" in html
    assert html.count("Zeitzone: Europe/Istanbul") == 1


def test_an_event_that_is_cancelled_says_so(client, site, server):
    issue = issues.issue(issues.page(site, EventPage, "fest", "Fest", is_cancelled=True))
    mail = rendering.mail(issue, "de")
    send(issue)
    for text in (mail.text, mail.html, client.get(f"/de/newsletter/{issue.slug}/").text):
        assert "Abgesagt" in text


@pytest.mark.parametrize("state", ["draft", "locked"])
def test_what_is_not_public_is_in_no_mail(site, state):
    page = issues.news(site, title="Geheimsache", live=state != "draft")
    if state == "locked":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    issue = issues.issue(page)
    assert "Geheimsache" not in rendering.mail(issue, "de").html
    assert hidden(issue) == ["Geheimsache"]
    assert "Geheimsache" in sending.obstacle(issue)


def test_an_issue_whose_page_went_offline_meanwhile_does_not_go_out(translated, server):
    issues.readers()
    mailing = issues.order(translated)
    translated.items.first().page.unpublish()
    running.work_on(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.trouble, server) == ("paused", "content", [])
    assert "Konferenz in Kassel" in mailing.answer
    assert planning.take_back(mailing)


def test_an_empty_issue_does_not_go_out(site):
    empty = NewsletterIssue.objects.create(subject="Leer")
    assert sending.obstacle(empty)


def test_topics_narrow_the_readers(site):
    housing, sport = newsletters.topic("wohnen", "Wohnen"), newsletters.topic("sport", "Sport")
    newsletters.reader("a@example.org", housing)
    newsletters.reader("b@example.org", sport)
    newsletters.reader("c@example.org")
    newsletters.reader("d@example.org", confirmed=False)
    issue = issues.issue()
    assert {reader.email for reader in sending.readers(issue)} == {"a@example.org", "b@example.org", "c@example.org"}
    issue.topics = [housing]
    issue.save()
    assert {reader.email for reader in sending.readers(issue)} == {"a@example.org", "c@example.org"}


def test_the_sender_has_the_name_that_the_page_gives_it(site, translated, server):
    newsletters.newsletter(site, sender_name="Bundesverband NeMO, Büro")
    newsletters.reader()
    send(translated)
    message, _text, _html = parts(server[0])
    assert message["From"].addresses[0].display_name == "Bundesverband NeMO, Büro"
    assert message["From"].addresses[0].addr_spec == "noreply@localhost"


def test_line_breaks_that_somebody_smuggled_in_end_no_header(site, server):
    newsletters.newsletter(site, sender_name="NeMO\r\nBcc: a@example.org")
    issue = issues.issue(issues.news(site), subject="Neues\nBcc: b@example.org")
    newsletters.reader()
    send(issue)
    message, _text, _html = parts(server[0])
    assert message["Subject"] == "Neues Bcc: b@example.org"
    assert message["From"].addresses[0].display_name == "NeMO Bcc: a@example.org"
    assert (message["Bcc"], server[0].rcpt_tos) == (None, ["thi@example.org"])


def test_the_header_of_an_issue_unsubscribes_its_reader_and_nobody_else(translated, server):
    """RFC 8058, as a mail provider does it: with what stands in the mail, and nothing else."""
    newsletters.reader()
    newsletters.reader("other@example.org")
    send(translated)
    envelope = next(each for each in server if each.rcpt_tos == ["thi@example.org"])
    message, _text, _html = parts(envelope)
    address = message["List-Unsubscribe"].removeprefix("<http://testserver").removesuffix(">")
    name, _is, value = message["List-Unsubscribe-Post"].partition("=")
    answer = Client(enforce_csrf_checks=True).post(address, {name: value}, headers={"Origin": "https://mail.example"})
    assert answer.status_code == 200
    assert [reader.email for reader in Subscriber.objects.all()] == ["other@example.org"]


def test_a_mailbox_that_is_gone_counts_against_its_reader(translated, settings):
    issues.readers()

    def to_reader(address):
        return "550 5.1.1 no such mailbox" if address == issues.address_of(4) else "250 OK"

    with mail_servers.moody(to_reader) as (port, _received):
        options = {"host": "127.0.0.1", "port": port, "timeout": 5}
        backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        settings.MAILERS = settings.MAILERS | {"transport": backend}
        send(translated)
    assert [*Subscriber.objects.filter(hard_bounces=1).values_list("email", flat=True)] == [issues.address_of(4)]


def test_what_somebody_was_sent_is_exported_and_erased_with_them(translated, server):
    reader = newsletters.reader("thi@example.org")
    send(translated)
    assert personal_data.export("thi@example.org")["campaigns.Delivery"][0]["recipient"] == reader.pk
    assert personal_data.erase("thi@example.org")["campaigns.Delivery"] == 1
    assert not Delivery.objects.exists()


def test_an_issue_is_public_once_it_goes_out_and_not_before(client, translated, server):
    path = f"/de/newsletter/{translated.slug}/"
    assert client.get(path).status_code == 404
    mailing = issues.order(translated, send_at=timezone.now() + timedelta(hours=1))
    assert client.get(path).status_code == 404
    assert "Neues im Dezember" not in client.get("/de/newsletter/archiv/").text
    Mailing.objects.update(send_at=timezone.now())
    running.work_on(mailing.pk)
    assert "Konferenz in Kassel" in client.get(path).text
    assert "Neues im Dezember" in client.get("/de/newsletter/archiv/").text


def test_in_the_browser_it_speaks_the_readers_language_and_any_cache_may_hold_it(client, translated, server):
    send(translated)
    answer = client.get(f"/ar/newsletter/{translated.slug}/")
    html = answer.text
    assert '<html lang="ar" dir="rtl">' in html
    assert "<h1>جديد ديسمبر</h1>" in html
    assert issues.ARABIC_INTRODUCTION in html
    assert '<h2 lang="de" dir="ltr"><a href="/ar/aktuelles/fest/">Fest in Bochum</a></h2>' in html
    assert "public" in answer.headers["Cache-Control"]
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies
    assert f'href="/tr/newsletter/{translated.slug}/"' in html


def test_the_archive_names_issues_in_the_readers_language(client, translated, server):
    send(translated)
    arabic = client.get("/ar/newsletter/archiv/").text
    assert f'<h2><a href="/ar/newsletter/{translated.slug}/">جديد ديسمبر</a></h2>' in arabic
    turkish = client.get("/tr/newsletter/archiv/").text
    assert f'<h2 lang="de" dir="ltr"><a href="/tr/newsletter/{translated.slug}/">Neues im Dezember</a></h2>' in turkish


def test_what_goes_offline_later_leaves_the_browser_too(client, translated, server):
    send(translated)
    translated.items.first().page.unpublish()
    html = client.get(f"/de/newsletter/{translated.slug}/").text
    assert "Konferenz in Kassel" not in html
    assert "Fest in Bochum" in html


@pytest.mark.parametrize(
    "slug", ["gibt-es-nicht", "neues-99999999999999999999999", "-", "x-0", "1", "neues-im-dezember-٣", "archiv-1"]
)
def test_an_address_of_no_issue_is_not_found(client, translated, server, slug):
    send(translated)
    assert client.get(f"/de/newsletter/{slug}/").status_code == 404


def test_a_subject_in_any_script_makes_an_address(site):
    issue = issues.issue(subject="أخبار", arabic=False)
    assert issue.slug == f"newsletter-{issue.pk}"
    with override("ar"):
        assert rendering.web_address(issue, "ar").endswith(f"/ar/newsletter/newsletter-{issue.pk}/")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_an_issue_costs_at_most_twelve_queries(client, site, server, django_assert_max_num_queries, language):
    issue = issues.full_issue(site)
    newsletters.newsletter(site)
    send(issue)
    path = f"/{language}/newsletter/{issue.slug}/"
    client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get(path).text.count("<h2") >= 5
