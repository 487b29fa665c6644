"""Whatever is sent to the public addresses of an event: a page that says what is wrong, and no error of ours."""

import pytest
from django.core import mail

from campaigns.models import InterpretedLanguage, Registration
from core.models import OutboxMail
from tests.campaigns import guests
from tests.campaigns.guests import TYPED, link, press, register
from tests.campaigns.odd_bodies import ODD_BODIES
from tests.campaigns.test_any_bytes import ODD
from tests.core.mail_servers import silent, willing

FIELDS = [
    *TYPED,
    "interpreting",
    "children",
    "needs",
    "note",
    guests.FIELD,
    "consent_version",
    "fax_number",
    "action",
    "unknown",
]


@pytest.fixture
def page(site):
    """Asks for everything that can be asked for."""
    page = guests.event(
        site, largest_group=4, childcare=True, asks_for_note=True, questions=[guests.QUESTION], capacity=9
    )
    page.interpreted_languages.add(InterpretedLanguage(language="ar"))
    page.save()
    return page


@pytest.mark.parametrize("field", FIELDS)
def test_odd_values_in_each_field_are_answered(client, page, field):
    typed = TYPED | {guests.FIELD: guests.VEGETARIAN, "consent_version": guests.version(client, page)}
    for value in ODD:
        answer = client.post(guests.address(page), typed | {field: value})
        assert answer.status_code in (302, 422), (field, value[:40])
        assert "<script>alert" not in answer.text


def test_odd_values_in_the_address_fail_nowhere(client, page):
    for value in ODD:
        assert client.get(guests.address(page), dict.fromkeys(FIELDS, value)).status_code == 200


@pytest.mark.parametrize("state", ["hidden", "full"])
def test_odd_values_are_shown_harmless_where_nobody_can_register_any_more(client, page, state):
    if state == "hidden":
        page.unpublish()
    else:
        page.capacity, page.has_waiting_list = 0, False
        page.save()
    for value in ODD:
        answer = client.post(guests.address(page), {"name": value, "email": value, "note": value})
        assert answer.status_code in (404, 409)
        assert "<script>alert" not in answer.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    ODD_BODIES,
)
def test_odd_bodies_are_answered(client, page, body, kind):
    register(client, page, **{guests.FIELD: guests.VEGETARIAN})
    for path in (guests.address(page), link()):
        assert client.post(path, body, content_type=kind).status_code < 500
    assert not Registration.objects.confirmed().exists()


@pytest.mark.parametrize("action", ["", "CONFIRM", "\x00", "delete", "take_back;", "9" * 99])
def test_an_unknown_button_does_nothing(client, page, action):
    register(client, page, **{guests.FIELD: guests.VEGETARIAN})
    assert press(client, link(), action).status_code == 200
    assert Registration.objects.pending().count() == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, page, method):
    register(client, page, **{guests.FIELD: guests.VEGETARIAN})
    for path in (guests.address(page), link(), f"{link()}termin.ics", "/de/termine/werkstatt.ics"):
        assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("server", [lambda: willing("554 no"), silent])
@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_fails_loses_no_guest_and_holds_nobody_up(client, page, settings, server):
    register(client, page, **{guests.FIELD: guests.VEGETARIAN})
    path = link(mail.outbox[0])
    with server() as opened:
        port = opened[0] if isinstance(opened, tuple) else opened
        smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
        smtp["OPTIONS"] = {"host": "127.0.0.1", "port": port, "timeout": 1}
        settings.MAILERS = {"default": {"BACKEND": "core.outbox.OutboxBackend"}, "transport": smtp}
        answer = register(client, page, email="zwei@example.org", **{guests.FIELD: guests.VEGETARIAN})
        assert answer.status_code == 302
        assert press(client, path, "confirm").status_code == 200
        assert press(client, path, "cancel").status_code == 200
    assert Registration.objects.get().email == "zwei@example.org"
    assert OutboxMail.objects.count() == 2  # the question and the booking
