"""Whatever is sent to the public addresses of a campaign: a page that says what is wrong, and no error of ours."""

import pytest
from django.core import mail

from campaigns.models import SignUp, WayToHelp
from core.models import OutboxMail
from tests.campaigns import signers
from tests.campaigns.odd_bodies import ODD_BODIES
from tests.campaigns.signers import TYPED, link, press, sign
from tests.core.mail_servers import silent, willing

ODD = [
    "\x00",
    "a\x00b",
    "9" * 20,
    "-1",
    "1e400",
    "\u202e\u2066gnirts",
    "x" * 100_000,
    "'\"><script>alert(1)</script>",
    "{{ 7 * 7 }}{% debug %}",
    "%00%ff",
    "\r\nBcc: opfer@example.org",
    "🙂" * 300,
    "\ufeff\u200b",
    "a" + "\u0301" * 300,
    "=cmd|' /C calc'!A0",
]
OPTIONAL = ["postal_code", "comment", "ways", "shows_name", "wants_updates", "newsletter", "newsletter_version"]
FIELDS = [*TYPED, *OPTIONAL, "consent_version", "fax_number", "action", "unknown"]


@pytest.fixture
def page(site):
    page = signers.campaign(site)
    page.ways = [WayToHelp.objects.create(key="fest", name="Fest", locale=page.locale)]
    page.save()
    return page


@pytest.mark.parametrize("field", FIELDS)
def test_odd_values_in_each_field_are_answered(client, page, field):
    version = signers.version(client, page)
    for value in ODD:
        answer = client.post(signers.address(page), TYPED | {"consent_version": version, field: value})
        assert answer.status_code in (302, 422), (field, value[:40])
        assert "<script>alert" not in answer.text


def test_odd_values_in_the_address_fail_nowhere(client, page):
    for value in ODD:
        assert client.get(signers.address(page), dict.fromkeys(FIELDS, value)).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    ODD_BODIES,
)
def test_odd_bodies_are_answered(client, page, body, kind):
    sign(client, page)
    for path in (signers.address(page), link()):
        assert client.post(path, body, content_type=kind).status_code < 500
    assert not SignUp.objects.confirmed().exists()


@pytest.mark.parametrize("action", ["", "CONFIRM", "\x00", "delete", "take_back;", "9" * 99])
def test_an_unknown_button_does_nothing(client, page, action):
    sign(client, page)
    assert press(client, link(), action).status_code == 200
    assert SignUp.objects.pending().count() == 1


@pytest.mark.parametrize("shown", ["", "\x00", "2026-01-01", "x" * 9999])
def test_a_button_of_another_page_shows_this_one_first(client, page, shown):
    sign(client, page)
    answer = client.post(link(), {"action": "confirm", "shown": shown})
    assert 'value="confirm"' in answer.text
    assert not SignUp.objects.confirmed().exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, page, method):
    sign(client, page)
    for path in (signers.address(page), link()):
        assert getattr(client, method)(path).status_code == 405


def test_nothing_a_stranger_typed_is_in_any_mail(client, page):
    for number, value in enumerate(ODD):
        changed = {"name": f"Kauft {value}"[:100], "comment": f"Kauft {value}"[:400], "postal_code": ""}
        sign(client, page, email=f"nr{number}@example.org", **changed)
    assert mail.outbox
    assert all("Kauft" not in str(message.message()) for message in mail.outbox)


@pytest.mark.parametrize("server", ["refusing", "hanging", "away"])
@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_fails_loses_no_form_and_holds_nobody_up(client, page, settings, server):
    servers = {"refusing": lambda: willing("554 no"), "hanging": silent, "away": None}
    opened = servers[server]() if servers[server] else None
    port = 1
    if opened:
        found = opened.__enter__()
        port = found[0] if isinstance(found, tuple) else found
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
    smtp["OPTIONS"] = {"host": "127.0.0.1", "port": port, "timeout": 1}
    settings.MAILERS = {"default": {"BACKEND": "core.outbox.OutboxBackend"}, "transport": smtp}
    try:
        assert sign(client, page).status_code == 302
        assert client.get(signers.address(page) + "gesendet/").status_code == 200
        assert SignUp.objects.pending().count() == 1
        assert OutboxMail.objects.count() == 1
    finally:
        if opened:
            opened.__exit__(None, None, None)
