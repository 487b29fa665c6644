"""The last place is given once, and the waiting list moves in its order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from campaigns.models import EventDate, EventPage, Registration
from campaigns.registering import seats
from campaigns.registering.offer import (
    BEGUN,
    CANCELLED,
    CLOSED,
    FEW,
    FULL,
    OPEN,
    WAITING_LIST,
    DateOffer,
)
from tests.campaigns import guests
from tests.campaigns.guests import DAY, HOUR, come, link, mails_to, press, register


@pytest.fixture
def page(site):
    return guests.event(site)


def seated():
    return sorted(Registration.objects.seated().values_list("email", flat=True))


def fill(client, page, *names, **changed):
    for name in names:
        come(client, page, f"{name}@example.org", **changed)


def cancel(client, name):
    return press(client, link(mails_to(f"{name}@example.org")[-1]), "cancel")


def test_whoever_comes_too_late_waits_in_order(client, page):
    fill(client, page, "a", "b", "c", "d")
    assert seated() == ["a@example.org", "b@example.org"]
    assert [row.email[0] for row in Registration.objects.waiting()] == ["c", "d"]
    assert EventDate.objects.get().taken == 2
    assert not mails_to("c@example.org")[-1].attachments


def test_who_waits_is_told_how_many_are_before_them(client, page):
    fill(client, page, "a", "b", "c", "d", "e")
    assert client.get(link()).context["guest"].ahead == 2


def test_the_first_in_line_moves_up_when_somebody_cancels_and_is_told(client, page):
    fill(client, page, "a", "b", "c", "d")
    before = len(mail.outbox)
    assert cancel(client, "a").status_code == 200
    assert seated() == ["b@example.org", "c@example.org"]
    assert EventDate.objects.get().taken == 2
    assert len(mail.outbox) == before + 1
    message = mail.outbox[-1]
    assert message.to == ["c@example.org"]
    assert [name for name, _content, _kind in message.attachments] == ["termin.ics"]


def test_who_waits_and_cancels_moves_nobody(client, page):
    fill(client, page, "a", "b", "c", "d")
    cancel(client, "c")
    assert seated() == ["a@example.org", "b@example.org"]
    assert [row.email[0] for row in Registration.objects.waiting()] == ["d"]


def test_a_group_that_does_not_fit_is_passed_over_and_keeps_its_turn(client, site):
    page = guests.event(site, capacity=3, largest_group=3)
    fill(client, page, "a", "b", "c")
    fill(client, page, "gruppe", people="3")
    fill(client, page, "d")
    cancel(client, "a")
    assert seated() == ["b@example.org", "c@example.org", "d@example.org"]
    for name in ("b", "c", "d"):
        cancel(client, name)
    assert seated() == ["gruppe@example.org"]


def test_the_waiting_list_moves_when_there_are_more_places(client, page):
    fill(client, page, "a", "b", "c", "d", "e")
    EventPage.objects.filter(pk=page.pk).update(capacity=4)
    for _minute in range(2):
        call_command("mail_registered")
    assert seated() == [f"{name}@example.org" for name in "abcd"]
    assert len(mails_to("c@example.org")) == 3  # asked, waiting, moved up


def test_nobody_who_comes_later_passes_those_who_wait_for_more_places(client, page):
    fill(client, page, "a", "b", "c", "d")
    EventPage.objects.filter(pk=page.pk).update(capacity=3)
    fill(client, page, "e")
    assert seated() == [f"{name}@example.org" for name in "abc"]
    assert mails_to("c@example.org")[-1].attachments
    assert [row.email[0] for row in Registration.objects.waiting()] == ["d", "e"]


def test_a_smaller_room_takes_no_place_away_and_gives_none(client, page):
    fill(client, page, "a", "b", "c")
    EventPage.objects.filter(pk=page.pk).update(capacity=1)
    call_command("mail_registered")
    assert len(seated()) == 2
    cancel(client, "a")
    assert seated() == ["b@example.org"]


@pytest.mark.parametrize("state", [{"cancelled_at": timezone.now()}, {"starts_at": timezone.now() - HOUR}])
def test_nobody_moves_up_for_a_date_that_is_cancelled_or_has_begun(client, page, state):
    fill(client, page, "a", "b", "c")
    EventDate.objects.update(**state)
    cancel(client, "a")
    call_command("mail_registered")
    assert seated() == ["b@example.org"]


def test_without_a_limit_everybody_has_a_place(client, site):
    page = guests.event(site, capacity=None)
    fill(client, page, "a", "b", "c")
    assert len(seated()) == 3


def test_without_a_waiting_list_the_last_one_is_told_that_it_is_full(client, site):
    page = guests.event(site, capacity=1, has_waiting_list=False)
    for name in ("a", "b"):
        register(client, page, email=f"{name}@example.org")
    press(client, link(mail.outbox[0]), "confirm")
    for _click in range(2):
        assert press(client, link(mail.outbox[1]), "confirm").status_code == 409
    assert seated() == ["a@example.org"]
    cancel(client, "a")
    assert press(client, link(mail.outbox[1]), "confirm").status_code == 200
    assert seated() == ["b@example.org"]


def test_a_group_that_does_not_fit_any_more_may_come_with_fewer(client, site):
    page = guests.event(site, capacity=3, largest_group=3, has_waiting_list=False)
    register(client, page, email="gruppe@example.org", people="3")
    mine = link()
    fill(client, page, "a")
    answer = press(client, mine, "confirm")
    assert (answer.status_code, answer.context["left"]) == (409, 2)
    assert "letzte Platz" not in answer.text
    register(client, page, email="gruppe@example.org", people="2")
    assert press(client, mine, "confirm").status_code == 200
    assert EventDate.objects.get().taken == 3


def test_who_deletes_everything_before_a_place_becomes_free_is_asked_again_on_the_same_day(client, site):
    page = guests.event(site, capacity=1, has_waiting_list=False)
    register(client, page, email="b@example.org")
    mine = link()
    fill(client, page, "a")
    assert press(client, mine, "confirm").status_code == 409
    press(client, mine, "cancel")
    cancel(client, "a")
    fill(client, page, "b")
    assert seated() == ["b@example.org"]


def test_a_full_event_without_waiting_list_refuses_the_form_and_keeps_what_was_typed(client, site):
    page = guests.event(site, capacity=1, has_waiting_list=False, asks_for_note=True)
    shown = guests.version(client, page)
    fill(client, page, "a")
    answer = register(client, page, email="b@example.org", note="Mir ist das wichtig", consent_version=shown)
    assert answer.status_code == 409
    assert "Mir ist das wichtig" in answer.text
    assert Registration.objects.count() == 1


def test_a_counter_is_what_the_rows_say(client, page):
    fill(client, page, "a")
    EventDate.objects.update(taken=7)
    assert seats.recount() == 1
    assert EventDate.objects.get().taken == 1


@pytest.mark.parametrize(
    ("event", "date", "state"),
    [
        ({}, {}, OPEN),
        ({"capacity": None}, {"taken": 900}, OPEN),
        ({}, {"taken": 16}, OPEN),
        ({}, {"taken": 17}, FEW),
        ({}, {"taken": 20}, WAITING_LIST),
        ({}, {"taken": 21}, WAITING_LIST),
        ({"capacity": 0}, {}, WAITING_LIST),
        ({"has_waiting_list": False}, {"taken": 20}, FULL),
        ({"closes_before": 48}, {"starts_at": timezone.now() + DAY}, CLOSED),
        ({"closes_before": 2}, {"starts_at": timezone.now() + DAY}, OPEN),
        ({}, {"starts_at": timezone.now() - HOUR}, BEGUN),
        ({}, {"cancelled_at": timezone.now()}, CANCELLED),
    ],
)
def test_a_date_is_in_one_state_and_the_page_says_which(client, site, event, date, state):
    page = guests.event(site, **{"capacity": 20} | event)
    EventDate.objects.update(**date)
    assert DateOffer(EventDate.objects.get(), page).state == state
    shown = f"/de/termine/{page.slug}/"
    assert f"registration-{state}" in client.get(shown).text
    is_open = state in (OPEN, FEW, WAITING_LIST)
    assert (guests.address(page) in client.get(shown).text) == is_open
    assert ('name="email"' in client.get(guests.address(page)).text) == is_open
    assert client.post(guests.address(page), guests.TYPED).status_code == (422 if is_open else 409)


def test_who_sent_the_form_in_time_may_confirm_until_the_event_begins(client, site):
    page = guests.event(site, closes_before=24)
    register(client, page)
    EventDate.objects.update(starts_at=timezone.now() + HOUR)
    assert press(client, link(), "confirm").status_code == 200
    assert len(seated()) == 1


@pytest.mark.parametrize(
    "change", [{"starts_at": timezone.now() - timedelta(minutes=1)}, {"cancelled_at": timezone.now()}]
)
def test_nobody_confirms_for_a_date_that_is_cancelled_or_has_begun(client, page, change):
    register(client, page)
    EventDate.objects.update(**change)
    assert client.get(link()).status_code == 410
    assert press(client, link(), "confirm").status_code == 410
    assert not Registration.objects.confirmed().exists()


@pytest.fixture
def committed_site(site_snapshot, migrated, django_db_blocker):
    """Real commits, which posts from several connections can see."""
    from home.models import HomePage

    with django_db_blocker.unblock():
        site_snapshot.restore()
        yield HomePage.objects.get(slug="home")
        migrated.snapshot.restore()


def at_once(act, things):
    def in_a_thread(thing):
        try:
            return act(thing)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as pool:
        return [*pool.map(in_a_thread, things)]


only_in_threads = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share the one connection to a database in memory; see the journeys"
)


def ask_many(page, number=50, **changed):
    """Links to confirm with, of as many guests."""
    client = Client()
    mail.outbox.clear()
    shown = guests.version(client, page)
    for guest in range(number):
        register(client, page, email=f"nr{guest}@example.org", consent_version=shown, **changed)
    return [link(message) for message in mail.outbox]


@only_in_threads
@pytest.mark.parametrize("has_waiting_list", [True, False])
def test_fifty_confirm_at_once_and_one_has_the_last_place(committed_site, has_waiting_list):
    page = guests.event(committed_site, capacity=1, has_waiting_list=has_waiting_list)
    paths = ask_many(page)
    statuses = at_once(lambda path: press(Client(), path, "confirm").status_code, paths)
    assert sorted(statuses) == ([200] * 50 if has_waiting_list else [200] + [409] * 49)
    assert (Registration.objects.seated().count(), EventDate.objects.get().taken) == (1, 1)
    assert Registration.objects.waiting().count() == (49 if has_waiting_list else 0)
    assert Registration.objects.pending().count() == (0 if has_waiting_list else 49)


@only_in_threads
def test_guests_cancel_and_confirm_at_once_and_every_place_is_taken_once(committed_site):
    page = guests.event(committed_site, capacity=20)
    paths = ask_many(page, 40)
    at_once(lambda path: press(Client(), path, "confirm"), paths[:20])
    acts = [(path, "cancel") for path in paths[:10]] + [(path, "confirm") for path in paths[20:]]
    assert at_once(lambda act: press(Client(), *act).status_code, acts) == [200] * 30
    people = Registration.objects.seated().count()
    assert (people, EventDate.objects.get().taken) == (20, 20)
    assert Registration.objects.waiting().count() == 10


@only_in_threads
def test_twenty_equal_posts_at_once_are_one_registration_and_one_mail(committed_site):
    page = guests.event(committed_site)
    shown = guests.version(Client(), page)
    mail.outbox.clear()
    statuses = at_once(lambda _n: register(Client(), page, consent_version=shown).status_code, range(20))
    assert statuses == [302] * 20
    assert (Registration.objects.count(), len(mail.outbox)) == (1, 1)


@only_in_threads
def test_twenty_clicks_at_once_take_one_place(committed_site):
    page = guests.event(committed_site, capacity=20)
    (path,) = ask_many(page, 1)
    assert at_once(lambda _n: press(Client(), path, "confirm").status_code, range(20)) == [200] * 20
    assert (EventDate.objects.get().taken, len(mail.outbox)) == (1, 2)
