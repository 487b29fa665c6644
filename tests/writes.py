"""Whether anything was written: what was only read cannot have changed, and need not be compared."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@contextmanager
def noted() -> Iterator[list[str]]:
    """Every statement from now on that might change a row."""
    written = []

    def note(execute, sql, *rest):
        if not str(sql).lstrip().startswith(READS):
            written.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield written
