"""Planned, running, finished: derived from dates, never ticked."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

UNKNOWN, PLANNED, RUNNING, FINISHED = "", "planned", "running", "finished"
STATUSES = {PLANNED: _("planned"), RUNNING: _("running"), FINISHED: _("finished")}


def status_of(periods: list[tuple[date | None, date | None]], today: date | None = None) -> str:
    """Status of something that lasts over `periods` (first and last day; None is open).

    Without any period nothing is known, and nothing is claimed.
    """
    today = today or timezone.localdate()
    if not periods:
        return UNKNOWN
    if any((not start or start <= today) and (not end or today <= end) for start, end in periods):
        return RUNNING
    return PLANNED if any(start and start > today for start, end in periods) else FINISHED
