"""How many readers got the mail, and what became of the others."""

from django.db.models import Count

from campaigns.models import Delivery, Mailing

State = Delivery.State


def by_language(mailing: Mailing) -> dict[str, dict[str, int]]:
    """Outcome by language. When the deliveries are gone, as they were counted last."""
    if mailing.figures:
        return mailing.figures
    found = {}
    rows = mailing.deliveries.order_by().values_list("language", "state").annotate(Count("pk"))
    for language, state, number in rows:
        found.setdefault(language, {})[state] = number
    return found


def by_outcome(mailing: Mailing) -> dict[str, int]:
    found = {}
    for states in by_language(mailing).values():
        for state, number in states.items():
            found[state] = found.get(state, 0) + number
    return found


def progress(mailing: Mailing) -> tuple[int, int]:
    """How many are settled, and how many there are."""
    found = by_outcome(mailing)
    total = sum(found.values())
    return total - found.get(State.WAITING, 0) - found.get(State.HANDED, 0), total
