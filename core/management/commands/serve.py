"""Runs everything a small installation needs as one foreground process.

The web server and the task worker are children. Django has no scheduler, so this process itself does what is due every
minute, hour and day. Nothing is restarted here: when one part ends, all end, and whatever started this decides what to do.
"""

import http.client
import io
import logging
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

logger = logging.getLogger(__name__)

LOOK_AFTER = 0.5  # seconds between two looks at the children
MINUTE = 60
EVERY_MINUTE = (
    "publish_scheduled",
    "send_outbox",
    "send_mailings",
    "purge_uploads",
    "resume_imports",
    "resume_translation_jobs",
    "release_due",
    "resume_exports",
    "resume_proof_packs",
    "mail_registered",
)
EVERY_HOUR = ("count_bounces", "purge_personal_data", "watch_purge")
# From MORNING on; all of them are safe to repeat, as after a restart.
EVERY_DAY = (
    "clearsessions",
    "remind_organisations",
    "remind_of_funding",
    "mail_translators",
    "recount_sign_ups",
    "purge_made_files",
    "write_event_dates",
    "purge_translation_jobs",
    "purge_translation_files",
    "renew_statistics",
)
MORNING = 7
PATIENCE = 20  # seconds that running requests and tasks get to finish
START = 60  # seconds the server may take for its first answer


class Command(BaseCommand):
    help = "Runs the web server, the task worker and the minute clock until one of them ends."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=4, help="Requests that are answered at the same time.")
        parser.add_argument("--announce", metavar="COMMAND", help="Management command to call once the server answers.")

    def handle(self, *, host, port, threads, announce, **options):
        refuse_if_taken(host, port)
        self.stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        children = {"web server": start(web_server(host, port, threads)), "task worker": start(task_worker())}
        clock = threading.Thread(target=self.do_what_is_due, daemon=True)
        try:
            if self.wait_for_answer(host, port, children):
                self.stdout.write(self.style.SUCCESS(f"\nReady: {settings.BASE_URL or f'http://{host}:{port}'}"))
                if announce:
                    call_command(announce)
                self.stdout.write("Stop with Ctrl-C.")
                self.stdout.flush()  # a log or a pipe is shown it now, too
                clock.start()
            ended = self.look_after(children)
        finally:
            self.stopping.set()
            stop(children.values())
        if ended:
            raise CommandError(f"The {ended} ended by itself; everything was stopped.")
        self.stdout.write("Stopped.")

    def wait_for_answer(self, host, port, children):
        deadline = time.monotonic() + START
        while time.monotonic() < deadline and not self.stopping.is_set() and not first_ended(children):
            if answers(host, port):
                return True
            self.stopping.wait(LOOK_AFTER)
        return False

    def look_after(self, children):
        """Returns when asked to stop (None) or with the name of the child that ended."""
        while not self.stopping.wait(LOOK_AFTER):
            if ended := first_ended(children):
                return ended
        return None

    def do_what_is_due(self):
        done_on = hour = None
        while not self.stopping.wait(MINUTE):
            now = timezone.localtime()
            is_new_day = now.hour >= MORNING and now.date() != done_on
            is_new_hour, hour = now.hour != hour, now.hour
            for command in EVERY_MINUTE + (EVERY_HOUR if is_new_hour else ()) + (EVERY_DAY if is_new_day else ()):
                try:
                    call_command(command, stdout=io.StringIO())
                except Exception:
                    logger.exception("%s failed; it is tried again when its time comes.", command)
            done_on = now.date() if is_new_day else done_on
            connections.close_all()


def web_server(host, port, threads, workers=1):
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    return [
        *(sys.executable, "-m", "gunicorn", f"{module}:{name}"),
        *(
            "--bind",
            f"{host}:{port}",
            "--workers",
            str(workers),
            "--worker-class",
            "gthread",
            "--threads",
            str(threads),
        ),
        *("--graceful-timeout", str(PATIENCE), "--log-level", "warning", "--no-control-socket"),
    ]


def task_worker():
    """With less of a claim to the processor: a mail may leave a second later, but nobody waits for a page."""
    polite = ["nice", "-n", "10"] if shutil.which("nice") else []
    return [*polite, sys.executable, sys.argv[0], "db_worker", "--no-reload", "--queue-name", "*", "--verbosity", "0"]


def start(arguments):
    # An own process group keeps Ctrl-C from reaching the child twice, once from the terminal and once from us.
    return subprocess.Popen(arguments, process_group=0)  # noqa: S603


def first_ended(children):
    return next((name for name, child in children.items() if child.poll() is not None), None)


def stop(children):
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE + 5
    for child in children:
        try:
            child.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def refuse_if_taken(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{host}:{port} cannot be used ({error.strerror}). Choose another port.") from error


def answers(host, port):
    """Any answer counts, also a refusal: it shows that the application is loaded."""
    connection = http.client.HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=5)  # noqa: S104
    try:
        connection.request("GET", "/health/", headers={"Host": settings.ALLOWED_HOSTS[0]})
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
