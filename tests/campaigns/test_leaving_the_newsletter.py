"""The links at the end of every issue: one click to leave, and the reader's own page."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from campaigns.models import DayFigures, Departure, KeptOut, MailSent, Subscriber
from campaigns.newsletter import subscribing, unsubscribing
from core.models import RetentionRun
from tests.campaigns import newsletters
from tests.campaigns.newsletters import press, reader


@pytest.fixture
def page(site):
    return newsletters.newsletter(site)


@pytest.fixture
def thi(page):
    return reader()


def path(subscriber) -> str:
    return unsubscribing.address(subscriber).removeprefix(settings.BASE_URL)


def own_page(subscriber) -> str:
    return unsubscribing.preferences_path(subscriber)


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_one_post_of_a_mail_provider_unsubscribes(thi, content_type):
    """Without cookie, from another site, with a browser's checks against other sites on."""
    body = "List-Unsubscribe=One-Click"
    if "multipart" in content_type:
        body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    answer = Client(enforce_csrf_checks=True).post(
        path(thi),
        body,
        content_type=content_type,
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 200  # no redirect: RFC 8058
    assert not answer.cookies
    assert not Subscriber.objects.exists()


def test_looking_never_unsubscribes(client, thi):
    for address in (path(thi), own_page(thi)):
        for method in (client.get, client.head, client.get):
            assert method(address).status_code == 200
        assert client.get(address, headers={"Purpose": "prefetch"}).status_code == 200
        assert client.put(address).status_code == 405
        assert client.options(address).status_code == 405
    assert Subscriber.objects.get().is_reachable


def test_leaving_deletes_everything_but_a_hash(client, thi):
    client.post(path(thi))
    assert not Subscriber.objects.exists()
    assert "thi@" not in str([*Departure.objects.values(), *DayFigures.objects.values()])
    assert DayFigures.objects.get().withdrawn == 1
    assert not KeptOut.objects.exists()  # leaving is no lock


def test_leaving_twice_is_answered_as_the_first_time(client, thi):
    address = path(thi)
    assert client.post(address).status_code == client.post(address).status_code == 200
    assert client.get(address).status_code == 200
    assert DayFigures.objects.get().withdrawn == 1


def test_a_link_of_two_years_ago_works_also_after_coming_back(client, thi):
    old = path(thi)
    Subscriber.objects.update(confirmed_at=timezone.now() - timedelta(days=730))
    client.post(old)
    again = reader("THI@example.org", language="ar")
    assert client.get(old).status_code == 200
    client.post(old)
    assert not Subscriber.objects.filter(pk=again.pk).exists()


def test_a_new_secret_key_leaves_the_links_of_the_old_one(client, thi, settings):
    old = path(thi)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one " * 5
    client.post(old)
    assert not Subscriber.objects.exists()


def broken(subscriber):
    token = unsubscribing.token(subscriber)
    keyed, signature = token.split(".")
    return {
        "cut off": token[:-3],
        "unsigned": keyed,
        "of somebody else": f"{reader('zwei@example.org').keyed}.{signature}",
        "for another purpose": subscribing._links._tokens.new()[0],
        "endless": "x" * 5000,
        "odd": "%00%F0%9F%92%A9",
        "dots": "....",
    }


def test_no_broken_link_unsubscribes_anybody(client, thi):
    for name, token in broken(thi).items():
        for place in ("abmelden", "einstellungen"):
            address = f"/de/newsletter/{place}/{token}/"
            for answer in (client.get(address), client.post(address), press(client, address, "let_in")):
                assert answer.status_code == 404, name
                assert "<h1>" in answer.text
    assert Subscriber.objects.count() == 2


def test_whoever_reads_the_database_can_make_no_link(thi):
    stored = str([*Subscriber.objects.values()])
    assert unsubscribing.token(thi).split(".")[1] not in stored


def test_the_pages_are_kept_and_passed_on_by_nobody(client, thi):
    for address in (path(thi), own_page(thi)):
        answer = client.get(address)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "thi@" not in answer.text  # issues are passed on


def test_readers_change_language_and_topics(client, page, thi):
    newsletters.in_arabic(page)
    answer = client.post(own_page(thi), {"language": "ar", "topics": ["wohnen"], "action": "save"}, follow=True)
    assert 'lang="ar"' in answer.text
    assert 'role="status"' in answer.text
    thi.refresh_from_db()
    assert (thi.language, [topic.key for topic in thi.topics.all()]) == ("ar", ["wohnen"])
    client.post(own_page(thi), {"language": "ar", "action": "save"})
    assert not thi.topics.exists()


def test_a_language_without_newsletter_is_not_to_be_chosen_and_ones_own_stays(client, page, thi):
    Subscriber.objects.update(language="tr")
    html = client.get(own_page(thi)).text
    assert 'value="tr" selected' in html
    assert 'value="ar"' not in html
    for language in ("ar", "xx", "", "\x00", "9" * 20):
        answer = client.post(own_page(thi), {"language": language, "topics": ["wohnen"], "action": "save"})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    thi.refresh_from_db()
    assert (thi.language, thi.topics.count()) == ("tr", 0)


def test_nothing_else_is_taken_from_the_form(client, thi):
    more = {"email": "x@example.org", "confirmed_at": "", "stopped_at": "2026-01-01", "hard_bounces": "9"}
    client.post(own_page(thi), {"language": "de", "action": "save"} | more)
    row = Subscriber.objects.get()
    assert (row.email, row.is_reachable, row.hard_bounces) == ("thi@example.org", True, 0)


def test_preferences_of_other_sites_are_refused(client, thi):
    answer = client.post(own_page(thi), {"language": "de"}, headers={"Origin": "https://boese.example"})
    assert answer.status_code == 403


def test_saving_while_somebody_leaves_is_answered_kindly(client, thi, monkeypatch):
    change = subscribing.change

    def too_late(subscriber, typed):
        subscribing.leave(subscriber)
        return change(subscriber, typed)

    monkeypatch.setattr(subscribing, "change", too_late)
    assert client.post(own_page(thi), {"language": "de", "topics": ["wohnen"]}).status_code == 200
    assert not Subscriber.objects.exists()


def test_whoever_has_not_confirmed_has_no_page_of_their_own(client, page):
    waiting = reader(confirmed=False)
    for action in ("save", "resume", "let_in"):
        press(client, own_page(waiting), action)
    client.post(path(waiting))
    waiting.refresh_from_db()
    assert waiting.confirmed_at is None


def test_whoever_was_stopped_starts_anew_with_a_button(client, thi):
    Subscriber.objects.update(stopped_at=timezone.now(), hard_bounces=2)
    assert 'value="resume"' in client.get(own_page(thi)).text
    press(client, own_page(thi), "resume")
    row = Subscriber.objects.get()
    assert (row.is_reachable, row.hard_bounces) == (True, 0)
    assert not DayFigures.objects.exists()  # they were a reader all the time


def test_what_is_over_its_time_is_deleted(page):
    now = timezone.now()
    reader("tot@example.org", stopped_at=now - timedelta(days=190))
    reader("nie@example.org", confirmed=False, requested_at=now - timedelta(days=8))
    kept = reader("fast@example.org", stopped_at=now - timedelta(days=100))
    Departure.objects.create(address="0" * 64, left_at=now - timedelta(days=800))
    call_command("purge_personal_data")
    assert [*Subscriber.objects.all()] == [kept]
    assert not Departure.objects.filter(address="0" * 64).exists()
    assert RetentionRun.objects.get().failed == []
    assert sum(DayFigures.objects.values_list("lapsed", flat=True)) == 1


def test_everything_on_an_address_is_exported_and_erased(thi, capsys):
    call_command("personal_data", "export", "THI@example.org")
    assert "campaigns.Subscriber" in capsys.readouterr().out
    call_command("personal_data", "erase", "thi@example.org")
    assert not Subscriber.objects.exists()
    assert KeptOut.objects.exists()


def test_a_log_that_names_a_reader_names_no_address(thi):
    assert "thi" not in str(thi)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the one connection to a database in memory")
@pytest.mark.django_db(transaction=True)
def test_twenty_posts_at_once_are_one_row_and_one_mail(site_snapshot):
    from home.models import HomePage

    site_snapshot.restore()
    newsletters.newsletter(HomePage.objects.get(slug="home"))
    typed = newsletters.TYPED | {"consent_version": newsletters.version(Client()), "topics": ["wohnen"]}

    def at_once(number, work):
        threads = [threading.Thread(target=lambda: (work(), connection.close())) for _each in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    answers = []
    at_once(20, lambda: answers.append(Client().post(newsletters.FORM, typed).status_code))
    assert answers == [302] * 20
    assert (Subscriber.objects.count(), len(mail.outbox), MailSent.objects.count()) == (1, 1, 1)
    confirm = newsletters.link()
    answers.clear()
    at_once(10, lambda: answers.append(press(Client(), confirm, "confirm").status_code))
    assert (answers, len(mail.outbox)) == ([200] * 10, 2)
    leave = path(Subscriber.objects.get())
    answers.clear()
    at_once(10, lambda: answers.append(Client().post(leave).status_code))
    assert (answers, DayFigures.objects.get().withdrawn) == ([200] * 10, 1)
