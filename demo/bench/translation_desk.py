"""The translation desk at the size it was made for: one look at the board, and very many translations asked for at once."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from time import perf_counter

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page

from core import statistics
from core.languages import SOURCE_LANGUAGE
from core.models import User
from demo.bench import desk
from demo.bench.figure import Figure
from translations import jobs
from translations.board import work
from translations.board.questions import Question
from translations.board.table import Board
from translations.models import Job

MAX_QUERIES = 15
MAX_SECONDS = 1.0
MAX_STEP = 1.0  # seconds that nobody else can write on SQLite


def measure(pages: int, requests: int, rounds: int, say: Callable[[str], None]) -> list[Figure]:
    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("bench", "", "bench")
    say(f"Translation board, {pages} pages …")
    desk.fill(pages)
    statistics.renew()
    return [*_board(user, pages, rounds), *(_requests(user, requests, say) if requests else [])]


def _board(user, pages: int, rounds: int) -> list[Figure]:
    languages = Locale.objects.count()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    address = reverse("translations:board")
    client.get(address)
    with CaptureQueriesContext(connection) as own:
        board = Board(Question(QueryDict(), user))
        [board.places(row) for row in board.rows[:50]]
    queries = len(own)  # counted before the next request empties the log
    with CaptureQueriesContext(connection) as whole:
        client.get(address)
    all_queries = len(whole)
    seconds = min(_timed(lambda: client.get(address)) for _ in range(min(rounds, 5)))
    name = f"board, {pages} pages × {languages} languages"
    return [
        Figure(f"{name}, queries of the board", queries, "", MAX_QUERIES),
        Figure(f"{name}, queries with login and frame of the admin", all_queries, ""),
        Figure(f"{name}, whole answer", seconds, "s", MAX_SECONDS),
    ]


def _requests(user, count: int, say: Callable[[str], None]) -> list[Figure]:
    locales = [*Locale.objects.exclude(language_code=SOURCE_LANGUAGE)]
    rows = [*Page.objects.child_of(desk.fill(count, translated=False)).values_list("translation_key", "title")]
    say(f"{count} pages × {len(locales)} languages requested at once …")
    longest = []
    with _in_the_queue(), _quiet():
        began = perf_counter()
        job = work.request_all(Page, rows, locales, user)
        asked = perf_counter() - began
        began = perf_counter()
        _work_on(job, longest, say)
        seconds = perf_counter() - began
    job = Job.objects.get(pk=job.pk)
    name = f"{count} pages × {len(locales)} languages requested"
    return [
        Figure(f"{name}, until the progress is shown", asked, "s", MAX_SECONDS),
        Figure(f"{name}, done of {job.total}", job.done, ""),
        Figure(f"{name}, left out", job.items.exclude(problem="").count(), "", 0),
        Figure(f"{name}, until all are done", seconds, "s"),
        Figure(f"{name}, longest transaction", max(longest), "s", MAX_STEP),
    ]


def _work_on(job: Job, longest: list[float], say: Callable[[str], None]) -> None:
    """As the worker does, with a look at the clock after each step."""
    job.lease_until = None
    Job.objects.filter(pk=job.pk).update(lease_until=None)
    step, tenth = jobs.KINDS[job.kind].step, max(job.total // 10, 1)

    def timed(item, user):
        began = perf_counter()
        try:
            return step(item, user)
        finally:
            longest.append(perf_counter() - began)
            if len(longest) % tenth == 0:
                say(f"  {len(longest)} of {job.total}")

    jobs.KINDS["timed"] = jobs.Kind(timed, in_transaction=True)
    Job.objects.filter(pk=job.pk).update(kind="timed")
    jobs.work_on(job.pk, turn=float("inf"))


@contextmanager
def _in_the_queue():
    """Nothing is begun by itself."""
    put, jobs.put_in_queue = jobs.put_in_queue, lambda job: None
    try:
        yield
    finally:
        jobs.put_in_queue = put


@contextmanager
def _quiet():
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _timed(what: Callable) -> float:
    began = perf_counter()
    what()
    return perf_counter() - began
