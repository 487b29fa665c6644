"""Databases of tests, made once and copied afterwards: migrated ones between runs, filled ones within a run."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class Migrated:
    """A migrated database: a file, or a template on a PostgreSQL server.

    It is made anew when a migration or a pinned package changes.
    """

    def __init__(self, folder: Path):
        from django.conf import settings

        own = [path for path in sorted(ROOT.glob("*/migrations/*.py")) if ".venv" not in path.parts]
        parts = [path.read_bytes() for path in [ROOT / "requirements" / "dev.txt", *own]]
        key = hashlib.sha256(b"".join([sys.version.encode(), repr(settings.INSTALLED_APPS).encode(), *parts]))
        self.key = key.hexdigest()[:24]
        self.path = folder / f"{self.key}.sqlite3"

    @property
    def exists(self) -> bool:
        from django.db import connection

        return bool(self.template) if connection.vendor == "postgresql" else self.path.is_file()

    @cached_property
    def template(self) -> str:
        """Name of the database that PostgreSQL copies; empty elsewhere. The first process to ask makes it."""
        from django.db import connection

        if connection.vendor != "postgresql":
            return ""
        base = urlsplit(os.environ["DATABASE_URL"]).path.strip("/")
        name, unfinished = f"{base}_migrated_{self.key}", f"{base}_migrated_unfinished"
        with server() as told:
            told.execute("SELECT pg_advisory_lock(hashtext(%s))", [base])  # held until this session ends
            present = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            others = {row[0] for row in told.execute(present, [f"{base}_migrated_"])}
            if name not in others:
                for other in others:
                    told.execute(f'DROP DATABASE "{other}" WITH (FORCE)')
                told.execute(f'CREATE DATABASE "{unfinished}"')
                subprocess.run(
                    [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                    cwd=ROOT,
                    env=os.environ | {"DATABASE_URL": address(unfinished)},
                    check=True,
                )
                told.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        return name

    def load(self) -> None:
        from django.contrib.contenttypes.models import ContentType
        from django.db import connection

        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.path)) as file:
                connection.ensure_connection()
                file.backup(connection.connection)
        ContentType.objects.clear_cache()

    def save(self) -> None:
        from django.db import connection

        for old in self.path.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        unfinished = self.path.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(unfinished)) as file:
            connection.ensure_connection()
            connection.connection.backup(file)
        unfinished.replace(self.path)


class Snapshot:
    """Every row of the database, in tables beside the real ones."""

    held: "Snapshot | None" = None
    """What the database holds outside of transactions, if that is known."""

    def __init__(self, name: str):
        from django.db import connection

        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        # The full text index follows its table by triggers.
        tables = sorted(table for table in tables if not table.endswith("_fts"))
        self.copies = {table: f"snapshot_{name}_{number}" for number, table in enumerate(tables)}
        with connection.cursor() as cursor:
            for table, copy in self.copies.items():
                cursor.execute(f'CREATE TABLE "{copy}" AS SELECT * FROM "{table}"')
        Snapshot.held = self

    def hold(self) -> None:
        """For the transactions to come. Costs nothing where the last ones began with the same rows."""
        from django.db import connection

        from core import statistics

        if Snapshot.held is not self:
            self.restore()
            if connection.vendor == "postgresql":
                statistics.renew()  # it would learn of these rows only later, and plans by what it knows

    def restore(self) -> None:
        """As it was, whatever happened since. Caches go with it."""
        from django.core.cache import cache
        from django.core.management.color import no_style
        from django.db import connection, transaction

        if not connection.in_atomic_block:
            Snapshot.held = self
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.copies:
                cursor.execute(f'DELETE FROM "{table}"')
            for table, copy in self.copies.items():
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{copy}"')
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
        cache.clear()


def _models() -> list:
    from django.apps import apps

    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


@contextmanager
def copied(folder: Path):
    """Address of a copy of the tests' database, for other processes. Nobody may have written to it without a commit."""
    from django.db import connection

    if connection.vendor == "sqlite":
        path = folder / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        yield f"sqlite:///{path}"
        return
    name = f"{connection.settings_dict['NAME']}_copy"
    end_sessions()  # PostgreSQL copies what nobody has open
    with server() as told:
        told.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        told.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
        try:
            yield address(name)
        finally:
            told.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def address(database: str) -> str:
    """Of another database on the server that the tests use."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


def server():
    """A session with that server, beside the database of the tests."""
    import psycopg

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def end_sessions() -> None:
    """Threads of earlier tests may have left one behind: the database is this process's alone."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.close()
        with server() as told:
            told.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [connection.settings_dict["NAME"]],
            )
