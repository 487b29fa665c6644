import threading
import time
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from core import outbox
from core.models import OutboxMail
from tests.core import mail_servers

pytestmark = pytest.mark.usefixtures("committed")
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Real commits, which a rolled-back test would not have; cleared by hand, since a flush takes the site with it."""
    with django_db_blocker.unblock():
        yield
        OutboxMail.objects.all().delete()


@pytest.fixture
def transport(settings):
    def use(port, timeout=0.5):
        settings.MAILERS = {
            "default": {"BACKEND": "core.outbox.OutboxBackend"},
            "transport": {
                "BACKEND": SMTP,
                "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": timeout},
            },
        }

    return use


def write(subject="Grüße", to="reader@example.org"):
    send_mail(subject, "Text أهلا", "NeMO <office@example.org>", [to])


def make_due():
    OutboxMail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_a_mail_leaves_after_the_commit_and_is_gone(transport):
    with mail_servers.willing() as (port, received):
        transport(port)
        with transaction.atomic():
            write()
            assert OutboxMail.objects.count() == 1
            assert received == []
        assert len(received) == 1
    assert not OutboxMail.objects.exists()
    message = message_from_bytes(received[0].content, policy=default)
    assert (message["Subject"], message.get_content().strip()) == ("Grüße", "Text أهلا")
    assert (received[0].mail_from, received[0].rcpt_tos) == ("office@example.org", ["reader@example.org"])


def test_no_mail_without_the_data_it_is_about(transport):
    with mail_servers.willing() as (port, received):
        transport(port)
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    assert (received, OutboxMail.objects.count()) == ([], 0)


def test_blind_copies_attachments_and_alternatives_arrive(transport):
    with mail_servers.willing() as (port, received):
        transport(port)
        message = EmailMultiAlternatives("S", "plain", "a@example.org", ["b@example.org"], bcc=["c@example.org"])
        message.attach_alternative("<p>rich</p>", "text/html")
        message.attach("x.bin", bytes(range(256)), "application/octet-stream")
        message.send()
    assert received[0].rcpt_tos == ["b@example.org", "c@example.org"]
    assert b"c@example.org" not in received[0].content
    stored = message_from_bytes(received[0].content, policy=default)
    assert stored.get_body(("html",)).get_content().strip() == "<p>rich</p>"
    assert next(stored.iter_attachments()).get_content() == bytes(range(256))


@pytest.mark.parametrize("field", ["subject", "to", "from_email", "reply_to"])
def test_line_breaks_in_headers_are_refused_in_the_request(transport, field):
    values = {"subject": "S", "to": ["b@example.org"], "from_email": "a@example.org", "reply_to": []}
    bad = "x@example.org\nBcc: everybody@example.org"
    values[field] = [bad] if field in ("to", "reply_to") else bad
    with pytest.raises(ValueError):
        EmailMessage(body="x", **values).send()
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("reply", ["451 later", "554 spam"])
def test_a_refused_mail_waits_longer_each_time_and_leaves_in_the_end(transport, reply):
    with mail_servers.willing(reply) as (port, _received):
        transport(port)
        write()
        delays = []
        for attempt in range(1, 4):
            mail = OutboxMail.objects.get()
            assert mail.attempts == attempt
            assert reply[:3] in mail.last_error
            delays.append(mail.next_attempt_at - timezone.now())
            assert outbox.send_waiting() == 0
            make_due()
            assert outbox.send_waiting() == 0
    assert delays == sorted(delays)
    with mail_servers.willing() as (port, received):
        transport(port)
        make_due()
        call_command("send_outbox")
    assert (len(received), OutboxMail.objects.count()) == (1, 0)


def test_a_server_that_is_not_there_costs_nothing(transport):
    transport(mail_servers.free_port())
    started = time.monotonic()
    write()
    assert time.monotonic() - started < 1
    assert "refused" in OutboxMail.objects.get().last_error


def test_a_silent_server_holds_up_no_longer_than_the_timeout(transport):
    with mail_servers.silent() as port:
        transport(port)
        started = time.monotonic()
        write()
        assert time.monotonic() - started < 2
    assert "timed out" in OutboxMail.objects.get().last_error


def test_a_mail_that_was_taken_is_not_sent_again_because_the_good_bye_hangs(transport):
    with mail_servers.silent_after_taking() as (port, received):
        transport(port)
        write()
    assert (len(received), OutboxMail.objects.count()) == (1, 0)


def test_mails_are_given_up_and_deleted_in_the_end(transport):
    transport(mail_servers.free_port())
    write()
    for _attempt in range(OutboxMail.MAX_ATTEMPTS + 2):
        make_due()
        outbox.send_waiting()
    mail = OutboxMail.objects.get()
    assert mail.attempts == OutboxMail.MAX_ATTEMPTS
    assert mail.is_given_up
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(days=8))
    outbox.send_waiting()
    assert not OutboxMail.objects.exists()


def test_an_address_nobody_can_repair_is_tried_once(transport):
    with mail_servers.willing() as (port, received):
        transport(port)
        write(to="عائشة@example.org")
    assert received == []
    assert OutboxMail.objects.get().is_given_up


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the one connection to a database in memory")
def test_parallel_workers_send_a_mail_once(transport):
    transport(mail_servers.free_port())
    for number in range(5):
        write(to=f"reader{number}@example.org")
    make_due()

    def work():
        outbox.send_waiting()
        connection.close()

    with mail_servers.willing() as (port, received):
        transport(port, timeout=5)
        workers = [threading.Thread(target=work) for _number in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sorted(envelope.rcpt_tos[0] for envelope in received) == [f"reader{n}@example.org" for n in range(5)]


def test_only_one_claim_wins(transport):
    transport(mail_servers.free_port())
    write()
    make_due()
    pk = OutboxMail.objects.get().pk
    assert outbox._claim(pk).pk == pk
    assert outbox._claim(pk) is None
