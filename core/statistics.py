"""What the database knows of its tables, and plans its queries by.

Without it SQLite answers a search by asking the text index once for each organisation, a hundred times as slow.
PostgreSQL keeps it up by itself, but not at once.
"""

from django.db import connection


def renew() -> None:
    """Call after many rows have come at once. Holds SQLite's write lock for some milliseconds."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
