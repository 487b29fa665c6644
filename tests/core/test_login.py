import re
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from core import login
from core.throttling import Limit, SoftLimit, client_address

pytestmark = pytest.mark.django_db
PASSWORD = "a long password"


@pytest.fixture
def user(superuser):
    return superuser


def attempt(client, password="wrong", username="admin", address="192.0.2.1"):
    data = {"username": username, "password": password}
    return client.post(reverse("wagtailadmin_login"), data, REMOTE_ADDR=address)


def is_refused(response):
    """Refused unheard, with a message; a wrong password has another."""
    form = response.context["form"] if response.context else None
    return bool(form and form.has_error("__all__", code="throttled"))


def test_the_right_password_lets_in(client, user):
    assert attempt(client, PASSWORD).status_code == 302


def test_the_sixth_try_is_refused_before_hashing(client, user):
    for _number in range(5):
        assert not is_refused(attempt(client))
    with patch("django.contrib.auth.authenticate") as hashing, patch("django.contrib.auth.forms.authenticate", hashing):
        response = attempt(client, PASSWORD)
    assert is_refused(response)
    assert not hashing.called
    assert response.status_code == 200


def test_the_message_is_in_the_visitors_language_and_the_name_is_kept(client, user):
    for _number in range(6):
        response = attempt(client)
    assert 'value="admin"' in response.text
    assert str(login.TOO_MANY) in response.text


def test_nobody_is_locked_out_from_elsewhere(client, user):
    for number in range(200):
        attempt(client, address=f"198.51.{number % 100}.{number}")
    assert attempt(client, PASSWORD).status_code == 302


def test_an_attacked_account_slows_unknown_addresses_only(client, user):
    assert attempt(client, PASSWORD, address="192.0.2.7").status_code == 302
    client.logout()
    for number in range(60):
        attempt(client, address=f"198.51.100.{number}")
    assert not is_refused(attempt(client, address="203.0.113.1"))
    assert is_refused(attempt(client, address="203.0.113.1"))
    for _number in range(4):
        assert not is_refused(attempt(client, address="192.0.2.7"))
    assert attempt(client, PASSWORD, address="192.0.2.7").status_code == 302


def test_twenty_tries_per_address_whatever_the_account(client, user):
    for number in range(20):
        assert not is_refused(attempt(client, username=f"somebody{number}"))
    assert is_refused(attempt(client, username="another"))
    assert not is_refused(attempt(client, username="another", address="192.0.2.2"))


def test_success_forgets_the_tries_and_costs_the_shared_address_nothing(client, user):
    for _number in range(30):
        assert attempt(client, PASSWORD).status_code == 302
        client.logout()
    for _number in range(4):
        attempt(client)
    assert attempt(client, PASSWORD).status_code == 302
    client.logout()
    assert not is_refused(attempt(client))


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_forwarded_addresses_are_believed_as_far_as_our_proxies_wrote_them(settings, hops, forwarded, expected):
    settings.TRUSTED_PROXIES = hops
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == expected


def test_a_request_without_address_is_counted_too():
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"


def test_limits_start_anew_when_their_time_is_over():
    limit = Limit("test", 1, 0.05)
    assert (limit.add("x"), limit.add("x")) == (True, False)
    import time

    time.sleep(0.1)
    assert limit.add("x")


def test_a_soft_limit_slows_down_and_shuts_nobody_out():
    limit = SoftLimit("test-soft", 2, 60, pace=0.05)
    assert [limit.add("x") for _try in range(4)] == [True, True, True, False]
    assert limit.add("y")
    import time

    time.sleep(0.1)
    assert [limit.add("x"), limit.add("x")] == [True, False]


def reset(client, email, address="192.0.2.1"):
    return client.post(reverse("wagtailadmin_password_reset"), {"email": email}, REMOTE_ADDR=address)


def test_a_password_can_be_reset(client, user):
    assert reset(client, user.email).status_code == 302
    link = re.search(r"http://testserver(/admin/password_reset/confirm/\S+)", mail.outbox[0].body)
    assert client.get(link[1]).status_code == 302


def test_the_answer_is_the_same_for_unknown_addresses(client, user):
    known, unknown = reset(client, user.email), reset(client, "nobody@example.org")
    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert len(mail.outbox) == 1


def test_the_request_does_the_same_work_for_unknown_addresses(client, user, django_assert_num_queries):
    with patch("core.tasks.send_password_reset.__class__.enqueue") as enqueue:
        for email in (user.email, "nobody@example.org"):
            with django_assert_num_queries(0):
                reset(client, email)
    assert enqueue.call_count == 2


def test_resets_are_throttled_without_saying_so(client, user):
    answers = {reset(client, user.email, f"192.0.2.{number}").content for number in range(8)}
    assert (len(answers), len(mail.outbox)) == (1, 3)
    for number in range(20):
        reset(client, f"nobody{number}@example.org")
    assert len(mail.outbox) == 3
