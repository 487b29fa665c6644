"""What is held on people goes in time, whoever holds it, and somebody is told when it does not."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from core import retention
from core.management.commands import serve
from core.models import RetentionRun, User
from core.retention import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return User.objects.create_superuser("chefin", "chefin@example.org", "a long password")


@pytest.fixture
def clock(monkeypatch):
    """Time stands still; `clock(hours=3)` puts it forward."""
    now = [timezone.now()]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])

    def forward(**time):
        now[0] += timedelta(**time)

    return forward


def failing():
    raise RuntimeError("no space left")


def test_a_rule_that_fails_holds_up_no_other_and_is_named(monkeypatch):
    rules = [Rule("first", failing), Rule("second", lambda: 3), Rule("third", lambda: 0)]
    monkeypatch.setattr(retention, "rules", lambda: iter(rules))
    run = retention.purge()
    assert (run.deleted, run.failed, run.is_complete) == ({"second": 3}, ["first"], False)
    assert retention.is_late()


def test_every_package_that_holds_something_says_when_it_goes():
    names = [rule.name for rule in retention.rules()]
    assert len(names) == len({*names})
    assert {"sign-ups that were never confirmed", "readers' notes", "imports of member lists"} <= {*names}


def test_it_complains_after_twenty_five_hours_and_not_before(administrator, clock):
    call_command("purge_personal_data")
    clock(hours=24, minutes=59)
    call_command("watch_purge")
    assert not retention.is_late()
    assert mail.outbox == []
    clock(minutes=2)
    call_command("watch_purge")
    assert retention.is_late()
    [message] = mail.outbox
    assert message.to == ["chefin@example.org"]
    assert "purge_personal_data" in message.body


def test_it_complains_once_a_day_until_it_runs_again(administrator, clock):
    call_command("purge_personal_data")
    clock(days=3)
    for _hour in range(3):
        call_command("watch_purge")
    assert len(mail.outbox) == 1
    clock(days=1)
    call_command("watch_purge")
    assert len(mail.outbox) == 2
    call_command("purge_personal_data")
    clock(hours=1)
    call_command("watch_purge")
    assert len(mail.outbox) == 2


def test_a_run_that_was_not_complete_counts_as_none(administrator, clock, monkeypatch):
    call_command("purge_personal_data")
    clock(hours=26)
    monkeypatch.setattr(retention, "rules", lambda: iter([Rule("first", failing)]))
    call_command("purge_personal_data")
    assert retention.is_late()


def test_administrators_read_it_on_their_first_page_and_nobody_else(site, client, administrator, clock):
    editor = User.objects.create_user("redaktion", "redaktion@example.org", "a long password")
    editor.groups.add(Group.objects.get(name="Redaktion"))
    words = "purge_personal_data"
    client.force_login(administrator)
    assert words in client.get("/admin/").text
    client.force_login(editor)
    assert words not in client.get("/admin/").text
    call_command("purge_personal_data")
    client.force_login(administrator)
    assert words not in client.get("/admin/").text


def test_monitoring_sees_it_from_outside(client, clock):
    call_command("purge_personal_data")
    assert client.get("/health/").json()["purge"] == "ok"
    clock(hours=26)
    assert client.get("/health/").json()["purge"] == "late"
    assert client.get("/health/").status_code == 200


def test_the_site_that_serves_itself_purges_every_hour_and_nobody_forgets_the_crontab():
    crontab = (Path(__file__).resolve().parents[2] / "deploy" / "crontab").read_text()
    assert {"purge_personal_data", "watch_purge"} <= {*serve.EVERY_HOUR}
    for command in serve.EVERY_MINUTE + serve.EVERY_HOUR + serve.EVERY_DAY:
        assert f"manage.py {command}\n" in crontab


def test_the_log_of_runs_is_kept_for_as_long_as_somebody_may_ask(clock):
    call_command("purge_personal_data")
    clock(days=401)
    call_command("purge_personal_data")
    assert RetentionRun.objects.count() == 1
