"""A worker that is killed while it sends, by `kill -9`: on the real database, with a real mail server."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from campaigns.mailing import planning, running
from campaigns.models import SignUp
from home.models import HomePage
from tests.campaigns import readers
from tests.campaigns.signers import campaign
from tests.core import mail_servers
from tests.databases import copied

ROOT = Path(__file__).resolve().parents[2]
READERS = 1200
KILLED_AT = (READERS // 4, READERS // 2)


@pytest.fixture
def mailing(transactional_db, site_snapshot, monkeypatch):
    """Ordered, with nobody at it yet."""
    site_snapshot.restore()
    readers.register(monkeypatch)
    monkeypatch.setattr(running, "put_in_queue", lambda _mailing: None)
    page = campaign(HomePage.objects.get(slug="home"))
    readers.sign_up(page, READERS)
    return planning.plan("people", page.pk, "Neues", None)


@pytest.fixture
def workers(tmp_path):
    """All take their time to start, so they do it at once; `go` lets one begin."""
    started = []

    def start(number, pk, **environment):
        command = [sys.executable, "-m", "tests.campaigns.readers", str(pk)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        around = os.environ | {"DATA_DIR": str(tmp_path)} | environment
        started.extend(subprocess.Popen(command, cwd=ROOT, env=around, **pipes) for _each in range(number))
        return started

    yield start
    for worker in started:
        worker.kill()
        worker.communicate()


def test_each_reader_gets_it_once_however_often_a_worker_is_killed(mailing, workers, tmp_path):
    addresses = dict(SignUp.objects.values_list("pk", "email"))
    with copied(tmp_path) as database, mail_servers.moody(to_text=lambda number: 0.001) as (port, received):
        *killed, last = workers(
            len(KILLED_AT) + 1, mailing.pk, DATABASE_URL=database, EMAIL_URL=f"smtp://127.0.0.1:{port}?tls=false"
        )
        for worker, goal in zip(killed, KILLED_AT, strict=True):
            go(worker)
            mail_servers.wait_for(lambda goal=goal: len(received) >= goal)
            worker.kill()
            worker.wait()
        assert len(received) < READERS
        said, _nothing = last.communicate("\n", timeout=120)
    assert last.returncode == 0
    state, *rows = said.split()
    reached = Counter(envelope.rcpt_tos[0] for envelope in received)
    unknown = [int(row.partition(":")[2]) for row in rows if row.startswith("unknown")]
    assert state == "done"
    assert {row.partition(":")[0] for row in rows} <= {"sent", "unknown"}
    assert len(rows) == READERS
    assert max(reached.values()) == 1
    assert len(unknown) <= len(KILLED_AT)
    assert addresses.values() - reached.keys() <= {addresses[pk] for pk in unknown}


def go(worker):
    worker.stdin.write("\n")
    worker.stdin.flush()
