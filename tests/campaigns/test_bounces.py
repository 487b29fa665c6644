"""Newsletters that come back: read from pipe, mailbox and IMAP, and counted."""

import mailbox
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.mailing import returned
from campaigns.mailing.kinds import Text
from campaigns.mailing.letters import letter
from campaigns.models import Delivery, Mailing, Subscriber
from campaigns.newsletter.bounces import counting, reports
from campaigns.newsletter.bounces.counting import Refusal
from campaigns.newsletter.issues.sending import NEWSLETTER
from tests.campaigns import newsletters
from tests.campaigns.delivery_reports import broken, report
from tests.campaigns.imap_server import imap_server
from tests.campaigns.newsletters import reader
from tests.core.mail_servers import free_port


@pytest.fixture
def thi(site):
    newsletters.newsletter(site)
    return reader()


def bounces() -> tuple[int, int]:
    return Subscriber.objects.values_list("hard_bounces", "soft_bounces").get()


def a_day_later() -> None:
    Subscriber.objects.update(bounced_at=timezone.now() - timedelta(days=1))


def read_from_pipe(monkeypatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=SimpleNamespace(read=lambda _most: raw)))
    call_command("count_bounces", "-")


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("5.1.1", Refusal.FOR_GOOD),
        ("5.1.10", Refusal.FOR_GOOD),
        ("5.2.1 (disabled)", Refusal.FOR_GOOD),
        ("5.2.2", Refusal.FOR_NOW),
        ("4.4.7", Refusal.FOR_NOW),
        ("5.0.0", Refusal.FOR_NOW),
    ],
)
def test_a_report_says_whose_mail_came_back_and_why(thi, kind, status, refusal):
    assert reports.read(report(thi, status, kind=kind)) == reports.Report(refusal, thi.pk)


@pytest.mark.parametrize(
    ("status", "action"),
    [("4.4.1", "delayed"), ("2.0.0", "delivered"), ("5.7.1", "failed"), ("5.6.0", "failed"), ("5.1.8", "failed")],
)
def test_what_is_late_or_about_us_is_no_fault_of_the_mailbox(thi, status, action):
    assert reports.read(report(thi, status, action)) is None


def test_no_broken_or_forged_report_counts(thi):
    for name, raw in broken(thi).items():
        assert reports.read(raw) is None, name


def test_a_mailbox_that_is_gone_is_written_to_no_more_after_two_issues(thi):
    assert counting.count(thi.pk, Refusal.FOR_GOOD)
    assert Subscriber.objects.to_write_to().exists()
    a_day_later()
    counting.refused(thi.pk)
    assert not Subscriber.objects.to_write_to().exists()
    a_day_later()
    assert not counting.count(thi.pk, Refusal.FOR_GOOD)
    assert bounces() == (2, 0)


def test_a_full_mailbox_gets_more_patience(thi):
    for number in range(1, 6):
        assert Subscriber.objects.to_write_to().exists()
        counting.count(thi.pk, Refusal.FOR_NOW)
        assert bounces() == (0, number)
        a_day_later()
    assert not Subscriber.objects.to_write_to().exists()


def test_one_report_a_day_counts(thi):
    for _again in range(5):
        counting.count(thi.pk, Refusal.FOR_GOOD)
    assert bounces() == (1, 0)


def test_what_lies_half_a_year_back_is_forgotten(thi):
    counting.count(thi.pk, Refusal.FOR_GOOD)
    Subscriber.objects.update(bounced_at=timezone.now() - timedelta(days=181))
    counting.count(thi.pk, Refusal.FOR_GOOD)
    assert bounces() == (1, 0)


def test_an_issue_that_came_back_stands_among_the_figures_of_its_mailing(thi, monkeypatch):
    mailing = Mailing.objects.create(kind="newsletter", about=1, title="Nr. 1", state=Mailing.State.DONE)
    delivery = mailing.deliveries.create(recipient=thi.pk, language="de", state=Delivery.State.SENT)
    sent = letter(
        NEWSLETTER, "NeMO <a@example.org>", Text("de", "S", "T", "H"), thi.email, NEWSLETTER.links(thi), delivery.pk
    )
    raw = report(thi).replace(
        b"List-Unsubscribe-Post", f"Message-ID: {sent.extra_headers['Message-ID']}\nX-Post".encode()
    )
    assert reports.read(raw) == reports.Report(Refusal.FOR_GOOD, thi.pk, delivery.pk)
    read_from_pipe(monkeypatch, raw)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.BOUNCED
    assert not returned.note(delivery.pk)


@pytest.mark.parametrize("message_id", ["", "<1@testserver>", f"<1.{'A' * 43}@testserver>", "<@>", "\x00", "x" * 9000])
def test_no_message_id_of_others_is_taken_for_a_letter(message_id):
    assert returned.delivery_of(message_id) is None


def test_whoever_has_left_counts_nothing(thi):
    raw, key = report(thi), thi.pk
    thi.delete()
    assert reports.read(raw) is None
    assert not counting.count(key, Refusal.FOR_GOOD)


def test_a_pipe_of_the_mail_server_brings_one_report(thi, monkeypatch, capsys):
    read_from_pipe(monkeypatch, report(thi))
    assert bounces() == (1, 0)
    assert "1 bounces counted" in capsys.readouterr().out


@pytest.mark.parametrize("kind", [mailbox.Maildir, mailbox.mbox])
def test_a_mailbox_on_this_machine_is_read_once_and_left_as_it_is(thi, tmp_path, kind):
    place = tmp_path / "box"
    box = kind(place)
    for raw in (report(thi), *broken(thi).values()):
        box.add(raw if raw else b"\n")
    box.flush()
    box.close()
    call_command("count_bounces", str(place))
    assert bounces() == (1, 0)
    a_day_later()
    call_command("count_bounces", str(place))
    assert bounces() == (1, 0)
    left = [*kind(place)]
    assert len(left) == 1 + len(broken(thi))
    personal = next(message for message in left if message["Subject"] == "Re: Newsletter")
    assert not {"S", "R"} & {*personal.get_flags()}


def test_a_mailbox_that_is_not_there_is_named(thi, tmp_path):
    with pytest.raises(CommandError, match="no mailbox"):
        call_command("count_bounces", str(tmp_path / "none"))


def test_a_mail_server_that_is_not_there_is_said_in_one_line(thi, settings):
    place = {
        "host": "127.0.0.1",
        "port": free_port(),
        "user": "o",
        "password": "geheim",
        "folder": "INBOX",
        "secure": False,
    }
    settings.BOUNCE_MAILBOX = place
    with pytest.raises(CommandError, match="cannot be read") as refused:
        call_command("count_bounces")
    assert "geheim" not in str(refused.value)


def test_without_any_mailbox_there_is_nothing_to_count(thi, capsys):
    call_command("count_bounces")
    assert "0 bounces counted" in capsys.readouterr().out


def test_a_mailbox_behind_imap_is_read_once(thi, settings):
    with imap_server([report(thi)]) as server:
        settings.BOUNCE_MAILBOX = server.place | {
            "user": "office",
            "password": "a b",
            "folder": "INBOX",
            "secure": False,
        }
        call_command("count_bounces")
        assert bounces() == (1, 0)
        a_day_later()
        call_command("count_bounces")
    assert bounces() == (1, 0)
    assert server.seen == {1}
    assert any("delivery-status" in line for line in server.said)
