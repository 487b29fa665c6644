"""An issue of the newsletter for very many readers: how long it takes to prepare, and who gets it how often when the
worker that sends it is killed twice on the way."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, run
from time import monotonic, perf_counter, sleep

from django.db import connection
from django.utils import timezone

from campaigns.mailing import planning, preparing
from campaigns.mailing.kinds import kind_of
from campaigns.models import (
    ConsentText,
    EventPage,
    Mailing,
    NewsletterIssue,
    NewsletterItem,
    ProjectPage,
    Subscriber,
)
from campaigns.models.newsletter_issue import KIND
from core.languages import LANGUAGE_NAMES
from demo.bench.figure import Figure
from demo.bench.mail_sink import sink
from demo.bench.sign_up_load import address_of_database
from news.models import NewsPage

MAX_SECONDS = 60
KILLED_AT = (1 / 3, 2 / 3)
PATIENCE = 900  # seconds
BATCH = 1000
# As the worker that comes when the lease of a dead one has run out.
WORK = """
from campaigns.mailing import running
from campaigns.models import Mailing
Mailing.objects.filter(pk={pk}).update(lease_until=None)
running.work_on({pk}, turn=float("inf"))
"""
LOOK = "from campaigns.models import Mailing; print(Mailing.objects.get(pk={pk}).deliveries.filter(state='unknown').count())"


def measure(count: int, say: Callable[[str], None]) -> list[Figure]:
    say(f"A newsletter to {count} readers …")
    mailing = _mailing(count)
    began = perf_counter()
    preparing.write(mailing, kind_of(mailing))
    preparing.list_readers(mailing, kind_of(mailing), lambda: True)
    prepared = perf_counter() - began
    with sink() as server, _shared_database() as database:
        began = perf_counter()
        unknown = _send(mailing.pk, count, server, database, say)
        sent = perf_counter() - began
    reached = server.reached
    name = f"newsletter to {count} readers"
    return [
        Figure(f"{name}, prepared", prepared, "s", MAX_SECONDS),
        Figure(f"{name}, sent by workers of which two were killed", sent, "s"),
        Figure(f"{name}, readers who got it twice", len(reached) - len({*reached}), "", 0),
        Figure(f"{name}, readers who did not get it", count - len({*reached}), "", 0),
        Figure(f"{name}, shown as unknown", unknown, "", len(KILLED_AT)),
    ]


def _mailing(count: int) -> Mailing:
    Subscriber.objects.all().delete()
    consent = ConsentText.objects.create(language="de", text="Ja.", digest="0" * 64)
    languages = [*LANGUAGE_NAMES]
    Subscriber.objects.bulk_create(
        (
            Subscriber(
                email=f"reader-{number}@example.org",
                email_key=f"reader-{number}@example.org",
                keyed=f"{number:064}",
                consent=consent,
                language=languages[number % len(languages)],
                confirmed_at=timezone.now(),
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )
    issue = NewsletterIssue.objects.create(subject="Neues aus den Verbünden", introduction="Guten Tag.")
    pages = [page for model in (NewsPage, EventPage, ProjectPage) for page in model.objects.listed()[:3]]
    NewsletterItem.objects.bulk_create(
        NewsletterItem(issue=issue, page_id=page.pk, sort_order=order) for order, page in enumerate(pages)
    )
    # For later, so that nobody begins by themselves.
    mailing = planning.plan(KIND, issue.pk, issue.subject, None, timezone.now() + timedelta(days=1))
    Mailing.objects.filter(pk=mailing.pk).update(state=Mailing.State.RUNNING, send_at=timezone.now())
    return mailing


def _send(pk: int, count: int, server, database: str, say: Callable[[str], None]) -> int:
    """How many are unknown in the end."""
    around = ["env", f"DATABASE_URL={database}", f"EMAIL_URL=smtp://127.0.0.1:{server.server_address[1]}?tls=false"]
    shell = [*around, sys.executable, sys.argv[0], "shell", "--no-imports", "-c"]
    for part in KILLED_AT:
        worker = Popen([*shell, WORK.format(pk=pk)], stdout=DEVNULL)  # noqa: S603
        _wait(worker, lambda part=part: len(server.reached) >= part * count)
        worker.kill()
        worker.wait()
        say(f"  killed after {len(server.reached)}")
    run([*shell, WORK.format(pk=pk)], stdout=DEVNULL, timeout=PATIENCE, check=True)  # noqa: S603
    return int(run([*shell, LOOK.format(pk=pk)], stdout=PIPE, text=True, check=True).stdout)  # noqa: S603


def _wait(worker: Popen, is_so: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE
    while not is_so():
        if worker.poll() is not None or monotonic() > until:
            raise RuntimeError("The worker of the bench ended before it could be killed.")
        sleep(0.01)


@contextmanager
def _shared_database() -> Iterator[str]:
    """The one of the bench; on SQLite, where that lies in memory, a copy in a file."""
    if connection.vendor == "postgresql":
        yield address_of_database()
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        yield f"sqlite:///{path}"
