"""The sample site as `make run` starts it: the production server and a task worker, with a database of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Migrated, address, server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30


class RunningSite:
    def __init__(self, folder: Path):
        self.folder = folder
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "BASE_URL": self.address,
            "TASKS": "database",
            "PYTHONUNBUFFERED": "1",
        }
        self.serve = ["manage.py", "serve", "--port", str(port)]

    def use_database(self, url: str) -> None:
        self.environment["DATABASE_URL"] = url

    def build(self) -> None:
        command = [sys.executable, "-m", "tests.journeys.build"]
        built = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment | {"TASKS": "immediate"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert built.returncode == 0, built.stdout

    def ask(self, question: str) -> str:
        """What Python prints beside the running site."""
        self.beside.stdin.write(json.dumps(question) + "\n")
        self.beside.stdin.flush()
        told = self.beside.stdout.readline()
        assert told, self.log.read_text()
        return json.loads(told).strip()

    @contextmanager
    def started(self):
        """The log is in `log`: what the server said is the reason when it does not start."""
        self.log = self.folder / "serve.log"
        with self.log.open("w") as log:
            server = self._process(self.serve, log)
            try:
                said = next((line for line in server.stdout if line.startswith("Ready")), "")
                assert said, self.log.read_text()
                with self._process(["-m", "tests.journeys.beside"], log, stdin=subprocess.PIPE) as self.beside:
                    yield
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(PATIENCE)
                server.stdout.close()

    def _process(self, arguments: list[str], log, **pipes) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            **pipes,
        )


@contextmanager
def own_database(folder: Path, migrated: Migrated):
    """Address of a migrated database on the server that the tests use, or of a migrated file."""
    if not migrated.template:
        if migrated.exists:
            shutil.copy(migrated.path, folder / "db.sqlite3")
        yield ""
        return
    name = f"nemo_journeys_{os.getpid()}"
    with server() as told:
        told.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated.template}"')
        try:
            yield address(name)
        finally:
            told.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
