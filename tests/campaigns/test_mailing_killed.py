"""A worker that is killed while it sends, by `kill -9`: on the real database, with a real mail server."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.campaigns import readers
from tests.core import mail_servers
from tests.databases import copied

ROOT = Path(__file__).resolve().parents[2]
READERS = 1200
LOOK = """
from campaigns.models import Delivery, Mailing
from tests.campaigns import readers
readers.register()
mailing = Mailing.objects.get()
print(mailing.state, *(f"{row.state}:{row.recipient}" for row in mailing.deliveries.all()))
"""
FILL = f"""
from core import roles
from home.models import HomePage
from home.trees import set_up_trees
set_up_trees()
from campaigns.mailing import planning
from tests.campaigns import readers
from tests.campaigns.signers import campaign
readers.register()
page = campaign(HomePage.objects.get(slug="home"))
readers.sign_up(page, {READERS})
from unittest import mock
with mock.patch("campaigns.mailing.running.put_in_queue"):
    print(planning.plan("people", page.pk, "Neues", None).pk, page.sign_ups.order_by("pk").first().pk)
"""


@pytest.fixture
def database(transactional_db, tmp_path):
    with copied(tmp_path) as url:
        yield url


def test_each_reader_gets_it_once_however_often_a_worker_is_killed(database, tmp_path):
    with mail_servers.moody(to_text=lambda number: 0.001) as (port, received):
        environment = os.environ | {
            "DATABASE_URL": database,
            "DATA_DIR": str(tmp_path),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}?tls=false",
        }
        pk, first = map(int, ask(environment, FILL).split())
        for goal in (READERS // 4, READERS // 2):
            worker = start(environment, pk)
            mail_servers.wait_for(lambda goal=goal: len(received) >= goal)
            worker.kill()
            worker.wait()
        assert len(received) < READERS
        worker = start(environment, pk)
        assert worker.wait(120) == 0
        state, *rows = ask(environment, LOOK).split()
    reached = Counter(envelope.rcpt_tos[0] for envelope in received)
    unknown = {int(row.partition(":")[2]) - first for row in rows if row.startswith("unknown")}
    assert state == "done"
    assert {row.partition(":")[0] for row in rows} <= {"sent", "unknown"}
    assert len(rows) == READERS
    assert max(reached.values()) == 1
    assert len(unknown) <= 2
    missing = {readers.address_of(number) for number in range(READERS)} - reached.keys()
    assert missing <= {readers.address_of(number) for number in unknown}


def start(environment, pk):
    return subprocess.Popen([sys.executable, "-m", "tests.campaigns.readers", str(pk)], cwd=ROOT, env=environment)


def ask(environment, code: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()
