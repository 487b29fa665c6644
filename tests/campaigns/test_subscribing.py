"""From the form of the newsletter to the mail, to the button, to the list of readers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from campaigns.models import (
    ConsentText,
    DayFigures,
    Departure,
    KeptOut,
    MailSent,
    NewsletterPage,
    Subscriber,
    SubscriberLink,
)
from campaigns.newsletter import offer, subscribing, unsubscribing
from campaigns.opt_in.consent import digest, text_shown
from campaigns.views import newsletter as views
from core.throttling import Limit
from home.models import ContentPage
from tests.campaigns import newsletters
from tests.campaigns.newsletters import FORM, SENT, link, press, reader, subscribe
from tests.site.world import make


@pytest.fixture
def page(site):
    return newsletters.newsletter(site)


@pytest.fixture
def asked(client, page):
    subscribe(client)
    return Subscriber.objects.get()


def read(client, address):
    return client.get(address).text


def test_the_pages_with_the_form_can_be_held_by_any_cache(client, page, site):
    make(
        ContentPage,
        site,
        "mit-formular",
        "Mit Formular",
        body=[("newsletter", {"title": "Bleiben Sie dran", "text": ""})],
    )
    for address in ("/de/newsletter/", FORM, SENT, "/de/mit-formular/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"].startswith("public")
        assert not answer.cookies
        assert "csrf" not in answer.text
        assert "Cookie" not in answer.get("Vary", "")
        assert (address == SENT) != ('name="consent_version"' in answer.text)


@pytest.mark.parametrize(
    "address", ["/de/newsletter/", "/ar/newsletter/", "/tr/newsletter/", FORM, "/de/mit-formular/"]
)
def test_a_page_with_the_form_costs_twelve_queries_at_most(client, page, site, address, django_assert_max_num_queries):
    make(
        ContentPage,
        site,
        "mit-formular",
        "Mit Formular",
        body=[("newsletter", {"title": "Bleiben Sie dran", "text": ""})],
    )
    newsletters.in_arabic(page)
    for number in range(20):
        page.topics.add(newsletters.topic(f"thema-{number}", f"Thema {number}"))
    page.save()
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_only_the_button_behind_the_link_subscribes(client, page, asked):
    path = link()
    for method in (client.get, client.head, client.get):
        assert method(path).status_code == 200
    assert client.get(path, headers={"Purpose": "prefetch"}).status_code == 200
    assert not Subscriber.objects.confirmed().exists()
    assert "Danke!" in press(client, path, "confirm").text
    row = Subscriber.objects.get()
    assert row.is_reachable
    assert row.consent.text == "Ich will Post."
    assert row.source == "form"
    assert "Danke!" in mail.outbox[-1].body
    assert DayFigures.objects.get().confirmed == 1


def test_the_second_click_is_answered_kindly_and_changes_nothing(client, page, asked):
    path = link()
    for _click in range(3):
        assert press(client, path, "confirm").status_code == 200
    assert len(mail.outbox) == 2  # the question and the thanks
    assert DayFigures.objects.get().confirmed == 1
    assert 'value="confirm"' not in read(client, path)


def test_the_question_names_what_was_chosen(client, page):
    subscribe(client, topics=["wohnen"])
    html = read(client, link())
    assert "Wohnen" in html
    assert "Bildung" not in html
    assert "Ich will Post." in html
    press(client, link(), "confirm")
    assert [topic.key for topic in Subscriber.objects.get().topics.all()] == ["wohnen"]


def test_that_was_not_me_deletes_and_keeps_the_address_out(client, page, asked):
    answer = press(client, link(), "refuse")
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert not SubscriberLink.objects.exists()
    MailSent.objects.all().delete()
    assert subscribe(client).status_code == 302
    assert len(mail.outbox) == 1
    assert not Subscriber.objects.exists()
    assert "thi@" not in str([*KeptOut.objects.values(), *MailSent.objects.values()])


def test_who_was_kept_out_comes_back_by_the_link_they_were_shown_and_by_no_other_way(client, page, asked):
    html = press(client, link(), "refuse").text
    path = html.split('href="http://testserver')[1].split('"')[0]
    MailSent.objects.all().delete()
    assert client.get(path).status_code == 200
    assert KeptOut.objects.exists()
    assert press(client, path, "let_in").status_code == 200
    subscribe(client)
    assert len(mail.outbox) == 2
    press(client, link(), "confirm")
    assert Subscriber.objects.get().is_reachable


def test_the_answer_is_the_same_whatever_the_address(client, page):
    def answer(**changed):
        given = subscribe(client, **changed)
        return given.status_code, given["Location"], given.content

    first = answer()
    assert answer(email="andere@example.org") == first
    press(client, link(message=mail.outbox[0]), "confirm")
    assert answer() == first
    press(client, link(message=mail.outbox[1]), "refuse")
    assert answer(email="andere@example.org") == first
    subscribing.leave(Subscriber.objects.get())
    assert answer() == first


def test_one_address_is_one_row_and_one_mail_however_it_is_spelt(client, page):
    for email in ("thi@example.org", "THI@example.org", " thi@EXAMPLE.org"):
        subscribe(client, email=email)
    assert (Subscriber.objects.count(), len(mail.outbox)) == (1, 1)


def test_who_gets_it_already_is_told_so_and_nothing_changes(client, page):
    row = reader()
    subscribe(client, topics=["wohnen"])
    assert link("einstellungen")
    assert not mail.outbox[-1].body.count("/anmelden/")
    row.refresh_from_db()
    assert row.topics.count() == 0


def test_who_has_left_may_come_back_and_is_asked_once_a_week_at_most(client, page, asked):
    press(client, link(), "confirm")
    subscribing.leave(Subscriber.objects.get())
    sent = len(mail.outbox)
    for _day in range(3):
        MailSent.objects.all().delete()
        subscribe(client)
    assert len(mail.outbox) == sent + 1
    Departure.objects.update(asked_at=timezone.now() - timedelta(days=8))
    MailSent.objects.all().delete()
    subscribe(client)
    assert len(mail.outbox) == sent + 2
    press(client, link(), "confirm")
    assert Subscriber.objects.get().is_reachable


def test_mails_carry_nothing_that_was_typed(client, page):
    subscribe(client, email="opfer@example.org", name="Kauft bei mir", topics=["Jetzt zugreifen"])
    press(client, link(), "confirm")
    everything = "".join(str(message.message()) for message in mail.outbox)
    assert "Kauft" not in everything
    assert "zugreifen" not in everything


@pytest.mark.parametrize("language", ["de", "ar"])
def test_form_mail_and_thanks_speak_the_language_of_the_reader(client, page, language):
    newsletters.in_arabic(page)
    texts = {"de": newsletters.TEXTS, "ar": newsletters.ARABIC}[language]
    assert texts["consent_text"] in read(client, f"/{language}/newsletter/")
    subscribe(client, language)
    message = mail.outbox[-1]
    assert texts["confirmation_text"] in message.body
    assert f"/{language}/newsletter/" in message.body
    assert f'lang="{language}"' in message.alternatives[0].content
    assert texts["thanks_text"] in press(client, link(), "confirm").text
    assert texts["thanks_text"] in mail.outbox[-1].body
    assert (Subscriber.objects.get().language, Subscriber.objects.get().consent.language) == (language, language)


@pytest.mark.parametrize("empty", ["consent_text", "confirmation_text", "thanks_text"])
def test_a_language_without_one_of_its_texts_is_not_offered(client, page, empty):
    newsletters.in_arabic(page, **{empty: " "})
    assert offer.page_in("ar") is None
    for address in ("/ar/newsletter/", "/ar/newsletter/anmelden/"):
        html = read(client, address)
        assert 'name="email"' not in html
        assert 'hreflang="de"' in html
    assert client.post("/ar/newsletter/anmelden/", newsletters.TYPED).status_code == 409
    assert not Subscriber.objects.exists()


def test_an_untranslated_newsletter_is_not_subscribed_in_a_foreign_frame(client, page):
    for address in ("/tr/newsletter/", "/tr/newsletter/anmelden/"):
        assert 'name="email"' not in read(client, address)


def test_the_editor_is_told_which_texts_are_missing_where(page):
    arabic = newsletters.in_arabic(page, thanks_text="")
    assert (page.lacking, arabic.lacking) == ([], ["thanks_text"])


def test_the_form_on_a_german_page_speaks_the_language_of_the_reader(client, page, site):
    newsletters.in_arabic(page)
    make(
        ContentPage,
        site,
        "mit-formular",
        "Mit Formular",
        body=[("newsletter", {"title": "Bleiben Sie dran", "text": ""})],
    )
    html = read(client, "/ar/mit-formular/")
    assert newsletters.ARABIC["consent_text"] in html
    assert 'action="/ar/newsletter/anmelden/"' in html
    assert '<div lang="ar" dir="rtl">' in html


@pytest.mark.parametrize("values", [{"live": False}, {"expired": True, "live": False}])
def test_a_newsletter_that_was_closed_takes_nobody_and_lets_everybody_go(client, page, asked, values):
    path = link()
    row = reader("andere@example.org")
    NewsletterPage.objects.filter(pk=page.pk).update(**values)
    assert client.get(FORM).status_code == 404
    closed = client.post(FORM, newsletters.TYPED)
    assert (closed.status_code, "<h1>" in closed.text) == (409, True)
    assert client.get(path).status_code == 200
    assert press(client, path, "refuse").status_code == 200
    assert client.get(unsubscribing.preferences_path(row)).status_code == 200
    assert client.post(unsubscribing.address(row).removeprefix("http://testserver")).status_code == 200
    assert not Subscriber.objects.exists()


def test_a_page_loaded_yesterday_still_subscribes_to_the_text_it_showed(client, page):
    subscribe(client)
    shown = newsletters.version(client)
    NewsletterPage.objects.filter(pk=page.pk).update(consent_text="Ich will andere Post.")
    page.topics.clear()
    page.save()
    assert subscribe(client, email="spaet@example.org", consent_version=shown, topics=["bildung"]).status_code == 302
    assert Subscriber.objects.get(email="spaet@example.org").consent.text == "Ich will Post."


@pytest.mark.parametrize("named", ["0" * 64, "", "x", "\x00", "🙂" * 40])
def test_a_text_that_was_never_shown_is_not_agreed_to(client, page, named):
    answer = subscribe(client, consent_version=named)
    assert answer.status_code == 422
    assert "thi@example.org" in answer.text
    assert not Subscriber.objects.exists()
    assert ConsentText.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"consent": None},
        {"email": None},
        {"email": ""},
        {"email": "thi"},
        {"email": "thi@example.org\r\nBcc: b@example.org"},
        {"email": "a" * 300 + "@example.org"},
        {"email": f"a@{'ü.' * 120}de"},
        {"email": "\u202ethi@example.org, zwei@example.org"},
        {"email": ["a", "b"]},
    ],
)
def test_wrong_input_is_named_and_the_rest_kept(client, page, changed):
    answer = subscribe(client, topics=["wohnen"], **changed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (
        'value="wohnen" id="newsletter_topics_0" checked'
        in answer.text.replace('id="newsletter_topics_0" value="wohnen"', 'value="wohnen" id="newsletter_topics_0"')
        or "checked" in answer.text.split('value="wohnen"')[1].split(">")[0]
    )
    assert (Subscriber.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize(
    "topics", [["nirgends"], ["\x00"], ["wohnen"] * 50, ["1" * 5000], ["9" * 20], ["wohnen", "\u202e"]]
)
def test_topics_that_are_not_offered_are_left_out(client, page, topics):
    assert subscribe(client, topics=topics).status_code == 302
    assert {topic.key for topic in Subscriber.objects.get().topics.all()} <= {"wohnen"}


def test_nothing_but_the_fields_of_the_form_is_taken(client, page):
    more = {
        "confirmed_at": "2026-01-01",
        "language": "tr",
        "email_key": "x",
        "keyed": "x",
        "source": "event",
        "stopped_at": "",
    }
    client.post(FORM, newsletters.TYPED | {"consent_version": newsletters.version(client)} | more)
    row = Subscriber.objects.get()
    assert (row.confirmed_at, row.language, row.email_key, row.source) == (None, "de", "thi@example.org", "form")
    assert row.keyed != "x"


def test_a_program_is_answered_as_if_all_were_well(client, page):
    assert subscribe(client, fax_number="1").status_code == 302
    assert (Subscriber.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_flood_from_one_connection_is_slowed_down_kindly(client, page, monkeypatch):
    monkeypatch.setattr(views, "PER_NETWORK_ADDRESS", Limit("newsletter-test", 1, 60))
    subscribe(client)
    answer = subscribe(client, email="zwei@example.org")
    assert answer.status_code == 429
    assert "zwei@example.org" in answer.text


def test_posts_from_other_sites_are_refused(client, page):
    answer = client.post(FORM, newsletters.TYPED, headers={"Origin": "https://boese.example"})
    assert answer.status_code == 403
    assert not Subscriber.objects.exists()


def broken_links(path):
    start, token = path.rstrip("/").rsplit("/", 1)
    return {
        "cut off": f"{start}/{token[:10]}/",
        "changed": f"{start}/{'A' if token[0] != 'A' else 'B'}{token[1:]}/",
        "forgotten": f"{start}/{subscribing._links._tokens.new()[0]}/",
        "endless": f"{start}/{'x' * 5000}/",
        "odd": f"{start}/%00%F0%9F%92%A9/",
    }


def test_each_broken_link_has_a_text_and_changes_nothing(client, page, asked):
    for name, path in broken_links(link()).items():
        for answer in (client.get(path), press(client, path, "confirm"), press(client, path, "refuse")):
            assert answer.status_code == 404, name
            assert "<h1>" in answer.text
    asked.refresh_from_db()
    assert asked.confirmed_at is None


def test_a_link_too_old_leads_back_to_the_form(client, page, asked):
    SubscriberLink.objects.update(expires_at=timezone.now())
    answer = press(client, link(), "confirm")
    assert answer.status_code == 410
    assert FORM in answer.text
    assert not Subscriber.objects.confirmed().exists()


@pytest.mark.parametrize("go_away", [subscribing.refuse, Subscriber.delete])
def test_who_subscribes_again_while_the_row_goes_is_answered_as_always(client, page, asked, monkeypatch, go_away):
    find = Subscriber.objects.get_or_create

    def found_and_gone(**values):
        row, created = find(**values)
        if not created:
            go_away(Subscriber.objects.get(pk=row.pk))
        return row, created

    monkeypatch.setattr(Subscriber.objects, "get_or_create", found_and_gone)
    assert subscribe(client).status_code == 302


def test_a_click_that_comes_after_refusing_is_answered_kindly(client, page, asked, monkeypatch):
    path, confirm = link(), subscribing.confirm

    def too_late(subscriber):
        subscribing.refuse(Subscriber.objects.get(pk=subscriber.pk))
        return confirm(subscriber)

    monkeypatch.setattr(subscribing, "confirm", too_late)
    assert press(client, path, "confirm").status_code == 404
    assert not Subscriber.objects.exists()


def test_the_address_of_the_link_is_passed_on_to_nobody(client, page, asked):
    answer = client.get(link())
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.fixture
def agreed(page):
    return text_shown(None, page.consent_text, "de", digest(page.consent_text))


def test_another_form_subscribes_whom_it_has_proved(agreed):
    row = subscribing.subscribe_with("Thi@example.org", agreed, Subscriber.CAMPAIGN)
    assert (row.is_reachable, row.source, row.language) == (True, "campaign", "de")
    assert "Danke!" in mail.outbox[-1].body
    again = subscribing.subscribe_with("thi@example.org", agreed, Subscriber.EVENT)
    assert (again.pk, again.source, len(mail.outbox)) == (row.pk, "campaign", 1)


def test_another_form_confirms_what_was_waiting(client, page, asked, agreed):
    row = subscribing.subscribe_with("thi@example.org", agreed, Subscriber.EVENT)
    assert (row.pk, row.is_reachable) == (asked.pk, True)
    assert DayFigures.objects.get().confirmed == 1


def test_an_issue_goes_to_those_of_its_topics_and_to_those_who_want_all(page):
    housing, schooling = newsletters.topic("wohnen", ""), newsletters.topic("bildung", "")
    everything = reader("alles@example.org")
    both = reader("beides@example.org", housing, schooling)
    one = reader("eins@example.org", housing)
    reader("offen@example.org", confirmed=False)
    reader("tot@example.org", stopped_at=timezone.now())
    assert {*Subscriber.objects.to_write_to()} == {everything, both, one}
    assert {*Subscriber.objects.to_write_to([schooling])} == {everything, both}
    assert Subscriber.objects.to_write_to([housing, schooling]).count() == 3


@pytest.mark.parametrize(
    "email",
    [
        '"\x0b"@example.org',
        '"\x0c"@example.org',
        '"\x01"@example.org',
        '"\x7f"@example.org',
        "\u017fam@example.org",
        "\u212aim@example.org",
        "=?utf-8?q?x?=@example.org",
    ],
)
def test_an_address_that_no_mail_can_be_sent_to_is_named(client, page, email, settings):
    settings.MAILERS = settings.MAILERS | {"default": {"BACKEND": "core.outbox.OutboxBackend"}}
    answer = subscribe(client, email=email)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    assert (Subscriber.objects.count(), len(mail.outbox)) == (0, 0)
