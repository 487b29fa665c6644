"""A funding period stays the same row however often its project is published.

A version that was written before the period was public has no key for it. Published again, or later than the one after
it, Wagtail would write the period anew: tasks that hang on the row would be gone, and everybody told of its end again.
"""


def recognise(project) -> None:
    """Periods without a key take that of the row they stand for; before they are written."""
    periods = [*project.funding_periods.all()]
    new = [period for period in periods if period.pk is None]
    if not new or not project.pk:
        return
    kept = [period.pk for period in periods if period.pk]
    left = [*type(new[0]).objects.filter(page=project.pk).exclude(pk__in=kept)]
    for period in new:
        row = next((row for row in left if _marks(row) == _marks(period)), None)
        if row:
            left.remove(row)
            period.pk = row.pk


def _marks(period) -> tuple:
    """What a period is known by; its end may be put off."""
    return period.funder, period.programme, period.starts_on
