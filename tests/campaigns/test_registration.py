"""From the form to the mail, to the button, to the place, and back out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from campaigns.models import ConsentText, EventDate, EventPage, KeptOut, MailSent, Registration, RegistrationLink
from campaigns.registering import links, steps
from campaigns.views import registration as views
from core.throttling import Limit
from tests.campaigns import guests
from tests.campaigns.guests import come, link, mails_to, press, register


@pytest.fixture
def page(site):
    return guests.event(site)


@pytest.fixture
def asked(client, page):
    register(client, page)
    return Registration.objects.get()


def taken():
    return EventDate.objects.get().taken


def test_event_page_and_form_can_be_held_by_any_cache(client, page):
    for answer in (client.get(f"/de/termine/{page.slug}/"), client.get(guests.address(page))):
        assert answer.status_code == 200
        assert answer["Cache-Control"].startswith("public")
        assert not answer.cookies
        assert "csrf" not in answer.text
    assert guests.address(page) in client.get(f"/de/termine/{page.slug}/").text


def test_page_and_form_cost_twelve_queries_at_most(client, page, django_assert_max_num_queries):
    for number in range(20):
        start = page.starts_at + timedelta(days=number + 1)
        EventDate.objects.create(event=page, starts_at=start, ends_at=start, original_start=start)
    page.questions = [guests.QUESTION]
    page.save()
    first = page.dates.first()
    guests.in_arabic(page, questions=guests.asked_in_arabic())
    for path in (f"/ar/termine/{page.slug}/", f"/ar/termine/{page.slug}/anmelden/{first.pk}/"):
        client.get(path)
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_only_the_button_behind_the_link_takes_a_place(client, page, asked):
    path = link()
    for method in (client.get, client.head, client.get):
        assert method(path).status_code == 200
    assert client.get(path, headers={"Purpose": "prefetch"}).status_code == 200
    assert (Registration.objects.confirmed().count(), taken()) == (0, 0)
    assert press(client, path, "confirm").status_code == 200
    asked.refresh_from_db()
    assert asked.seated_at
    assert taken() == 1


def test_the_second_click_is_answered_kindly_and_takes_no_second_place(client, page, asked):
    path = link()
    for _click in range(3):
        assert press(client, path, "confirm").status_code == 200
    assert taken() == 1
    assert len(mail.outbox) == 2  # the question and the booking
    assert 'value="confirm"' not in client.get(path).text


def test_who_is_not_confirmed_holds_no_place(client, page):
    for number in range(5):
        register(client, page, email=f"nr{number}@example.org")
    assert taken() == 0
    come(client, page, "schnell@example.org")
    assert Registration.objects.seated().get().email == "schnell@example.org"


def test_a_group_takes_as_many_places_as_it_has_people(client, site):
    page = guests.event(site, capacity=5, largest_group=4)
    come(client, page, people="3")
    assert taken() == 3
    come(client, page, "zu-viele@example.org", people="3")
    assert taken() == 3
    come(client, page, "passt@example.org", people="2")
    assert taken() == 5


@pytest.mark.parametrize("people", ["0", "5", "-1", "1e3", "99999999999999999999", "zwei", "", "\x00"])
def test_a_group_is_as_large_as_the_event_allows(client, site, people):
    page = guests.event(site, largest_group=4)
    assert register(client, page, people=people).status_code == 422
    assert not Registration.objects.exists()


def test_that_was_not_me_deletes_and_keeps_the_address_out(client, page, asked):
    assert press(client, link(), "take_back").status_code == 200
    assert not Registration.objects.exists()
    assert not RegistrationLink.objects.exists()
    MailSent.objects.all().delete()
    assert register(client, page).status_code == 302
    assert len(mail.outbox) == 1
    assert not Registration.objects.exists()
    assert "thi@" not in str([*KeptOut.objects.values(), *MailSent.objects.values()])


def test_whoever_cancels_is_deleted_and_may_register_again(client, page, asked):
    press(client, link(), "confirm")
    assert press(client, link(), "cancel").status_code == 200
    assert (Registration.objects.count(), taken()) == (0, 0)
    assert press(client, link(), "cancel").status_code == 404  # again, by a reload
    assert taken() == 0
    come(client, page)  # on the same day
    assert taken() == 1


def test_known_and_new_addresses_get_the_same_answer(client, page):
    def answer(**changed):
        given = register(client, page, **changed)
        return given.status_code, given["Location"], given.content

    first = answer()
    assert answer(email="andere@example.org") == first
    press(client, link(mail.outbox[0]), "confirm")
    assert answer() == first
    press(client, link(mail.outbox[1]), "take_back")
    assert answer(email="andere@example.org") == first


def test_one_address_is_one_row_and_one_mail_however_it_is_spelt(client, page):
    for email in ("thi@example.org", "THI@example.org", "thi@EXAMPLE.org"):
        register(client, page, email=email)
    assert (Registration.objects.count(), len(mail.outbox)) == (1, 1)


def test_what_is_confirmed_only_its_owner_changes(client, site):
    page = guests.event(site, largest_group=5, capacity=9)
    come(client, page)
    MailSent.objects.all().delete()
    register(client, page, name="Boshafter Mensch", people="5")
    row = Registration.objects.get()
    assert (row.name, row.people, taken()) == ("Nguyễn Thị", 1, 1)
    assert press(client, link(), "cancel").status_code == 200  # the second mail leads its owner there, too


def test_mails_carry_nothing_that_was_typed(client, site):
    page = guests.event(site, capacity=1, asks_for_note=True)
    for email in ("opfer@example.org", "zwei@example.org"):
        come(client, page, email, name="Kauft bei mir", note="Jetzt zugreifen")
    page.starts_at += timedelta(days=1)
    page.ends_at += timedelta(days=1)
    page.save()
    call_command("mail_registered")
    press(client, link(mails_to("opfer@example.org")[-1]), "cancel")
    assert len(mail.outbox) == 7
    for message in mail.outbox:
        everything = str(message.message())
        assert "Kauft" not in everything
        assert "zugreifen" not in everything


@pytest.mark.parametrize("language", ["de", "ar"])
def test_form_mails_and_pages_speak_the_language_of_the_guest(client, page, language):
    guests.in_arabic(page)
    register(client, page, language)
    message = mail.outbox[-1]
    assert {"de": "Werkstatt", "ar": "ورشة عمل"}[language] in message.body
    assert f"/{language}/termine/" in message.body
    assert f'lang="{language}"' in message.alternatives[0].content
    assert Registration.objects.get().language == Registration.objects.get().consent.language == language
    assert f'lang="{language}"' in press(client, link(), "confirm").text
    assert f"/{language}/termine/" in mail.outbox[-1].body


def test_an_untranslated_event_takes_registrations_in_every_language(client, page):
    assert register(client, page, "tr").status_code == 302
    assert Registration.objects.get().consent.language == "tr"
    assert "/tr/termine/" in mail.outbox[-1].body


def test_the_consent_is_kept_word_for_word(client, site):
    page = guests.event(site, registration_consent="Ich stimme zu.")
    register(client, page)
    assert Registration.objects.get().consent.text == "Ich stimme zu."
    assert "Ich stimme zu." in client.get(link()).text


def test_a_page_loaded_yesterday_still_registers_with_the_text_it_showed(client, site):
    page = guests.event(site, registration_consent="Ich stimme zu.", capacity=9)
    register(client, page)
    shown = guests.version(client, page)
    page.registration_consent = "Ich stimme anders zu."
    page.save()
    register(client, page, email="spaet@example.org", consent_version=shown)
    assert Registration.objects.get(email="spaet@example.org").consent.text == "Ich stimme zu."


@pytest.mark.parametrize("named", ["0" * 64, "", "x", "\x00", "🙂" * 40])
def test_a_text_that_was_never_shown_is_not_agreed_to(client, page, named):
    answer = register(client, page, consent_version=named)
    assert answer.status_code == 422
    assert "Nguyễn Thị" in answer.text
    assert not Registration.objects.exists()
    assert ConsentText.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"consent": None}, "thi@example.org"),
        ({"name": ""}, "thi@example.org"),
        ({"name": "A\r\nBcc: b@example.org"}, "thi@example.org"),
        ({"name": "a" + "\u0301" * 300}, "thi@example.org"),
        ({"name": "x" * 121}, "thi@example.org"),
        ({"email": "thi@example.org\r\nBcc: b@example.org"}, "Nguyễn Thị"),
        ({"email": "thi"}, "Nguyễn Thị"),
        ({"email": "a" * 300 + "@example.org"}, "Nguyễn Thị"),
        ({"email": f"a@{'ü.' * 120}de"}, "Nguyễn Thị"),
        ({"note": "x" * 501}, "Nguyễn Thị"),
        ({"note": "a" + "\u0301" * 300}, "Nguyễn Thị"),
        ({"needs": ["step_free", "erfunden"]}, "Nguyễn Thị"),
        ({guests.FIELD: "erfunden"}, "Nguyễn Thị"),
        ({guests.FIELD: ""}, "Nguyễn Thị"),
    ],
)
def test_wrong_input_is_named_and_the_rest_kept(client, site, changed, kept):
    page = guests.event(site, asks_for_note=True, questions=[guests.QUESTION])
    answer = register(client, page, **{guests.FIELD: guests.VEGETARIAN} | changed)
    assert answer.status_code == 422
    assert kept in answer.text
    assert 'role="alert"' in answer.text
    assert (Registration.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize("name", ["Nguyễn Thị", "عائشة", "X", "O'Brien-Müller", "李小龍", "\u202eabc"])
def test_names_of_every_script_are_taken(client, page, name):
    assert register(client, page, name=name).status_code == 302
    assert Registration.objects.get().name == name.replace("\u202e", "")


def test_nothing_but_the_fields_of_the_form_is_taken(client, page):
    more = {"confirmed_at": "2026-01-01", "seated_at": "2026-01-01", "date": "1", "language": "tr", "people": "9"}
    more |= {"note": "unverlangt", "children": "3", "interpreting": "ar", "came": "1", "answers": "[]"}
    shown = guests.version(client, page)
    client.post(guests.address(page), guests.TYPED | {"consent_version": shown} | more)
    row = Registration.objects.get()
    assert (row.confirmed_at, row.seated_at, row.language, row.people) == (None, None, "de", 1)
    assert (row.note, row.children, row.interpreting, row.came, row.answers) == ("", 0, [], None, [])


def test_a_program_is_answered_as_if_all_were_well(client, page):
    assert register(client, page, fax_number="1").status_code == 302
    assert (Registration.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_flood_from_one_connection_is_slowed_down_kindly(client, page, monkeypatch):
    monkeypatch.setattr(views, "PER_NETWORK_ADDRESS", Limit("registration-test", 1, 60))
    register(client, page)
    answer = register(client, page, email="zwei@example.org")
    assert answer.status_code == 429
    assert "zwei@example.org" in answer.text


def test_posts_from_other_sites_are_refused(client, page):
    answer = client.post(guests.address(page), guests.TYPED, headers={"Origin": "https://boese.example"})
    assert answer.status_code == 403
    assert not Registration.objects.exists()


def broken_links(path):
    start, token = path.rstrip("/").rsplit("/", 1)
    return {
        "cut off": f"{start}/{token[:10]}/",
        "changed": f"{start}/{'A' if token[0] != 'A' else 'B'}{token[1:]}/",
        "forgotten": f"{start}/{links._links._tokens.new()[0]}/",
        "endless": f"{start}/{'x' * 5000}/",
    }


def test_each_broken_link_has_a_text_and_changes_nothing(client, page, asked):
    for name, path in broken_links(link()).items():
        answers = [client.get(path), client.get(f"{path}termin.ics")]
        answers += [press(client, path, action) for action in ("confirm", "cancel", "take_back")]
        for answer in answers:
            assert answer.status_code in (404, 410), name
            assert "<h1>" in answer.text
    asked.refresh_from_db()
    assert asked.confirmed_at is None


def test_a_link_outlives_a_new_address_of_the_event(client, page, asked):
    path = link()
    page.slug = "umbenannt"
    page.save()
    assert press(client, path, "confirm").status_code == 200
    assert "/de/termine/umbenannt/" in client.get(path).text
    assert taken() == 1


def test_an_event_with_guests_is_cancelled_before_it_is_deleted(client, page, asked, admin_client):
    press(client, link(), "confirm")
    address = f"/admin/pages/{page.pk}/delete/"
    answer = admin_client.post(address, follow=True)
    assert 'class="messages' in answer.text
    assert EventPage.objects.filter(pk=page.pk).exists()
    EventDate.objects.update(cancelled_at=timezone.now())
    admin_client.post(address)
    assert not EventPage.objects.filter(pk=page.pk).exists()
    assert not Registration.objects.exists()
    assert press(client, link(), "cancel").status_code == 404


def test_a_link_too_old_leads_back_to_the_event(client, page, asked):
    RegistrationLink.objects.update(expires_at=timezone.now())
    answer = press(client, link(), "confirm")
    assert answer.status_code == 410
    assert f"/de/termine/{page.slug}/" in answer.text
    assert not Registration.objects.confirmed().exists()


def test_a_link_of_the_registered_works_until_the_list_is_deleted(client, page):
    come(client, page)
    RegistrationLink.objects.update(expires_at=timezone.now() - timedelta(days=40))
    assert 'value="cancel"' in client.get(link()).text


def test_a_click_that_comes_after_cancelling_is_answered_kindly(client, page, asked, monkeypatch):
    path, confirm = link(), steps.confirm

    def too_late(registration):
        steps.cancel(registration)
        return confirm(registration)

    monkeypatch.setattr(steps, "confirm", too_late)
    for _click in range(2):  # again, by a reload
        assert press(client, path, "confirm").status_code == 404
    assert (Registration.objects.count(), taken(), len(mail.outbox)) == (0, 0, 1)


@pytest.mark.parametrize(("go_away", "rows"), [(steps.take_back, 0), (Registration.delete, 1)])
def test_who_registers_again_while_the_row_goes_is_answered_as_always(client, page, asked, monkeypatch, go_away, rows):
    find = Registration.objects.get_or_create

    def found_and_gone(**values):
        row, created = find(**values)
        if not created:
            go_away(Registration.objects.get(pk=row.pk))
        return row, created

    monkeypatch.setattr(Registration.objects, "get_or_create", found_and_gone)
    assert register(client, page).status_code == 302
    assert Registration.objects.count() == rows


def test_a_hidden_event_books_nobody_and_still_lets_them_go(client, page, asked):
    page.live = False
    page.save()
    assert press(client, link(), "confirm").status_code == 410
    assert press(client, link(), "cancel").status_code == 200
    assert not Registration.objects.exists()


def test_the_address_of_the_link_is_passed_on_to_nobody(client, page, asked):
    for path in (link(), f"{link()}termin.ics"):
        answer = client.get(path)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 19, "9" * 40])
def test_a_date_that_does_not_exist_is_not_found(client, page, number):
    for path in (f"/de/termine/werkstatt/anmelden/{number}/", f"/de/termine/werkstatt/anmelden/{number}/gesendet/"):
        assert client.get(path).status_code == 404
        assert client.post(path, guests.TYPED).status_code in (404, 405)


@pytest.mark.parametrize("gone", ["hidden", "deleted", "elsewhere", "dropped"])
def test_what_is_gone_while_somebody_types_keeps_what_was_typed(client, site, gone):
    page = guests.event(site, asks_for_note=True)
    path, shown = guests.address(page), guests.version(client, page)
    if gone == "hidden":
        page.unpublish()
    elif gone == "deleted":
        page.delete()
    elif gone == "elsewhere":
        EventPage.objects.update(registers_here=False)
    else:
        EventDate.objects.all().delete()
    typed = guests.TYPED | {"consent_version": shown, "note": "Mir ist <das> wichtig"}
    for language in ("de", "ar"):
        answer = client.post(path.replace("/de/", f"/{language}/"), typed)
        assert answer.status_code == 404
        assert f'lang="{language}"' in answer.text
        for text in ("Nguyễn Thị", "thi@example.org", "Mir ist &lt;das&gt; wichtig"):
            assert text in answer.text
        assert "no-cache" in answer["Cache-Control"]
    assert client.get(path).status_code == 404
    assert (Registration.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_date_of_another_event_is_not_found(client, site, page):
    other = guests.event(site, "andere")
    assert client.get(f"/de/termine/{page.slug}/anmelden/{other.dates.get().pk}/").status_code == 404


def test_everything_on_an_address_is_exported_and_erased(client, page, asked, capsys):
    press(client, link(), "confirm")
    call_command("personal_data", "export", "THI@example.org")
    assert "Nguyễn Thị" in capsys.readouterr().out
    call_command("personal_data", "erase", "thi@example.org")
    assert (Registration.objects.count(), taken()) == (0, 0)
    call_command("personal_data", "export", "thi@example.org")
    assert "Nguyễn" not in capsys.readouterr().out  # nothing but the hash that keeps mail away
