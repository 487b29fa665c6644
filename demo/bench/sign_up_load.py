"""Sign-ups as they come when a campaign is on the news: so many a second, at two web processes and a task worker.

Requests leave when their time has come, whether or not the ones before have been answered, and their time counts from
then: whoever waits in a queue waits. Every tenth is a double click.
"""

import http.client
import re
import socket
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep
from urllib.parse import quote, urlencode

from django.db import connection

from campaigns.models import CampaignPage, SignUp, SignUpLink
from core.management.commands import serve
from demo.bench.figure import Figure

PROCESSES, THREADS = 2, 4
WAITING = 64  # requests under way at once
EVERY_TENTH = 10
MAX_P95 = 500  # ms
TIMEOUT = 30


def measure(per_second: int, seconds: int, say: Callable[[str], None]) -> list[Figure]:
    if connection.vendor != "postgresql":
        say("Sign-ups under load: left out, because it takes PostgreSQL (DATABASE_URL).")
        return []
    campaign = CampaignPage.objects.listed().filter(action="petition").order_by("pk").first()
    SignUp.objects.filter(campaign=campaign).delete()
    say(f"{per_second} sign-ups a second for {seconds} s, at {PROCESSES} web processes …")
    with _site() as port:
        answers = _sign(port, campaign.slug, per_second, seconds)
    accepted = {email for email, status, _time in answers if status == http.client.FOUND}
    kept = [*SignUp.objects.filter(campaign=campaign).values_list("email", flat=True)]
    times = sorted(time for _email, _status, time in answers)
    name = f"{per_second} sign-ups a second for {seconds} s"
    return [
        Figure(f"{name}, sent (double clicks included)", len(answers), ""),
        Figure(f"{name}, refused or failed", sum(status != http.client.FOUND for _e, status, _t in answers), "", 0),
        Figure(f"{name}, lost", len(accepted - {*kept}), "", 0),
        Figure(f"{name}, double", len(kept) - len({*kept}), "", 0),
        Figure(f"{name}, without a link", len(kept) - _with_links(campaign), "", 0),
        Figure(f"{name}, median", times[len(times) // 2] * 1000, "ms"),
        Figure(f"{name}, p95", times[int(len(times) * 0.95)] * 1000, "ms", MAX_P95),
    ]


def _with_links(campaign: CampaignPage) -> int:
    return SignUpLink.objects.filter(owner__campaign=campaign).values("owner").distinct().count()


@contextmanager
def _site() -> Iterator[int]:
    """Web processes and task worker as `serve` starts them, on the database of the bench."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as mails:
        around = [
            "env",
            f"DATABASE_URL={address_of_database()}",
            "TASKS=database",
            "TRUSTED_PROXIES=1",
            f"EMAIL_URL=file:{mails}",
        ]
        children = {
            "web": serve.start([*around, *serve.web_server("127.0.0.1", port, THREADS, PROCESSES)]),
            "worker": serve.start([*around, *serve.task_worker()]),
        }
        try:
            _wait_for(port, children)
            yield port
        finally:
            serve.stop(children.values())


def address_of_database() -> str:
    known = connection.settings_dict
    user, password = (quote(known[name] or "", safe="") for name in ("USER", "PASSWORD"))
    return f"postgres://{user}:{password}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def _wait_for(port: int, children: dict) -> None:
    deadline = monotonic() + serve.START
    while not serve.answers("127.0.0.1", port):
        if monotonic() > deadline or serve.first_ended(children):
            raise RuntimeError("The site of the bench does not start.")
        sleep(serve.LOOK_AFTER)


def _sign(port: int, slug: str, per_second: int, seconds: int) -> list[tuple[str, int, float]]:
    """Address, status and seconds of each post."""
    path = f"/de/kampagnen/{slug}/mitmachen/"
    _status, page = _request(port, "GET", path)
    version = re.search(r'name="consent_version" value="(\w+)"', page)[1]
    _warm_up(port, path, version)
    SignUp.objects.filter(campaign__slug=slug).delete()
    began = monotonic()

    def post(number: int) -> tuple[str, int, float]:
        due = began + number / per_second
        sleep(max(0, due - monotonic()))
        email = f"last-{number}@example.org"
        typed = {"name": f"Person {number}", "email": email, "consent": "on", "consent_version": version}
        try:
            status, _answer = _request(port, "POST", path, typed, number)
        except (OSError, http.client.HTTPException):
            status = 0
        return email, status, monotonic() - due

    with ThreadPoolExecutor(WAITING) as pool:
        numbers = range(per_second * seconds)
        posts = [pool.submit(post, number) for n in numbers for number in [n] * (2 if n % EVERY_TENTH == 0 else 1)]
        return [each.result() for each in posts]


def _warm_up(port: int, path: str, version: str) -> None:
    """A campaign gets on the news while its site is running: every process has answered before."""

    def post(number: int) -> None:
        email = f"first-{number}@example.org"
        _request(
            port, "POST", path, {"name": "Eine", "email": email, "consent": "on", "consent_version": version}, number
        )

    with ThreadPoolExecutor(PROCESSES * THREADS) as pool:
        [*pool.map(post, range(5 * PROCESSES * THREADS))]


def _request(port: int, method: str, path: str, typed: dict | None = None, number: int = 0) -> tuple[int, str]:
    """From an address of its own each, as a proxy passes it on."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    headers = {
        "Host": f"127.0.0.1:{port}",
        "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        client.request(method, path, urlencode(typed) if typed else None, headers)
        answer = client.getresponse()
        return answer.status, answer.read().decode()
    finally:
        client.close()
