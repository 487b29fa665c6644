""" "Send me my link": the answer tells nobody whether the address is known, and nobody is flooded."""

import re
from copy import deepcopy

import pytest
from django.core import mail
from django.urls import reverse

from organisations.models import ProfileLink
from tests.organisations.mailbox import everything_about, fresh, link_in, mails_to, organisation, set_up

BOX = "buero@verein-eins.example"


@pytest.fixture(scope="module")
def built(lasting_site):
    return set_up(lasting_site)


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def path_of(page):
    return f"/de/profil/{page.entry.key}/link/"


def test_the_address_has_a_name(world):
    assert reverse("organisations:send_link", kwargs={"key": world.page.entry.key}).endswith("/link/")


def test_the_answer_is_the_same_for_known_and_unknown_addresses(world, client, django_capture_on_commit_callbacks):
    answers = [
        client.post(path_of(world.page), {"email": email})
        for email in (BOX, "nobody@example.org", BOX, "BUERO@Verein-Eins.example ")
    ]
    assert {answer.status_code for answer in answers} == {200}
    bodies = {re.sub(rb"nonce-\S+", b"", answer.content) for answer in answers}
    assert len(bodies) == 1
    assert len(mails_to(BOX)) == len(mail.outbox) == 1
    assert client.get(link_in(mail.outbox[0])).status_code == 200


def test_the_answer_costs_the_same_for_both(world, client, settings):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    client.get(path_of(world.page))
    counts = []
    for email in ("nobody@example.org", BOX):
        with CaptureQueriesContext(connection) as queries:
            client.post(path_of(world.page), {"email": email})
        counts.append([query["sql"].split(" ")[0] for query in queries])
    assert counts[0] == counts[1]


def test_one_mail_a_day_for_each_organisation_and_three_for_each_address(world, client):
    pages = [world.page, *(organisation(world.network, f"o{number}") for number in range(4))]
    for _time in range(3):
        for page in pages:
            client.post(path_of(page), {"email": BOX})
    assert len(mails_to(BOX)) == 3


def test_a_link_that_somebody_else_sent_does_not_count(world, client):
    from organisations.upkeep import links

    links.send_link(world.page, ProfileLink.REMINDER)
    client.post(path_of(world.page), {"email": BOX})
    assert len(mails_to(BOX)) == 2


def test_one_connection_may_not_ask_for_ever(world, client):
    statuses = [client.post(path_of(world.page), {"email": "a@example.org"}).status_code for _time in range(32)]
    assert statuses == [200] * 30 + [429] * 2
    answer = client.post(path_of(world.page), {"email": "b@example.org"})
    assert "b@example.org" in answer.text


def test_programs_are_answered_and_ignored(world, client):
    answer = client.post(path_of(world.page), {"email": BOX, "fax_number": "1"})
    assert answer.status_code == 200
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["", "x", "a@b", "a@b.de\r\nBcc: c@d.de", "ä" * 10_000, "\x00", "a@b.de,c@d.de"])
def test_what_is_no_address_comes_back(world, client, email):
    answer = client.post(path_of(world.page), {"email": email})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert mail.outbox == []


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000", "%00", "x" * 5000])
def test_an_unknown_organisation_is_not_found(world, client, key):
    for method in (client.get, client.post):
        assert method(f"/de/profil/{key}/link/").status_code == 404


def test_a_closed_or_hidden_organisation_gets_no_link(world, client):
    closed, hidden = organisation(world.network, "zu"), organisation(world.network, "weg")
    closed.status = "closed"
    closed.save()
    hidden.unpublish()
    assert client.post(path_of(closed), {"email": BOX}).status_code == 410
    assert client.post(path_of(hidden), {"email": BOX}).status_code == 404
    assert mail.outbox == []


def test_looking_at_the_form_changes_nothing(world, client):
    before = everything_about(fresh(world.page))
    answer = client.get(path_of(world.page))
    assert answer.status_code == 200
    assert not answer.cookies
    assert everything_about(fresh(world.page)) == before
