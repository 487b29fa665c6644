"""Likely duplicates: the same name at the same place under another member number, or under none. Only ever shown."""

import re
from collections import defaultdict

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisations.member_list.words import folded, shown

# What a name may or may not carry along.
FORMS = re.compile(r"\b(e\.?\s*v\.?|gemeinnützige|gemeinnuetzige|ggmbh|gmbh|ug|eg|verein)(?=\W|$)", re.IGNORECASE)


def likeness(title: str, place: str) -> tuple[str, str]:
    return folded(FORMS.sub(" ", title)) or folded(title), folded(place)


class LookAlikes:
    def __init__(self, organisations: QuerySet):
        """`organisations`: those the reader may know of."""
        self._known = defaultdict(list)
        columns = ("title", "record__place", "member_number")
        for title, place, number in organisations.order_by("pk").values_list(*columns).iterator(chunk_size=2000):
            self._known[likeness(title, place or "")].append((number or "", title))
        self._in_file = defaultdict(list)

    def of(self, title: str, place: str, number: str, row: int) -> list[str]:
        """A warning for each, and remember this row for those that follow."""
        key = likeness(title, place)
        warnings = [self._warning(*known) for known in self._known.get(key, ()) if known[0] != number]
        warnings += [
            _("Row %(row)d has the same name and place.") % {"row": other}
            for other_number, other in self._in_file[key]
            if other_number != number
        ]
        self._in_file[key].append((number, row))
        return warnings[:5]

    def _warning(self, number: str, title: str) -> str:
        if number:
            return _("“%(title)s” at the same place is in the directory with the number %(number)s.") % {
                "title": shown(title),
                "number": shown(number),
            }
        return _(
            "“%(title)s” at the same place is in the directory without a member number. "
            "If it is the same, enter the number there first."
        ) % {"title": shown(title)}
