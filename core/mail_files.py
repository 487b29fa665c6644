"""Mails of a site without a mail server: files in a folder, which name people and go in time like everything else."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

KEPT = timedelta(days=14)


def forget() -> int:
    """Deletes old ones; how many. Files of others in that folder stay: Django's end in `.log`."""
    folder = settings.MAILERS["transport"].get("OPTIONS", {}).get("file_path")
    if not folder:
        return 0
    since = (timezone.now() - KEPT).timestamp()
    old = [path for path in Path(folder).glob("*.log") if path.stat().st_mtime < since]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
