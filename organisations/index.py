"""The directory in memory: for every answer to every question, the set of organisations that give it.

Sets are integers with one bit for each organisation, so counting all choices of all filters for a selection takes
about a millisecond, whether there are 500 organisations or 20,000. Only what lists may show is in here. Each process
has its own; one small query per request tells whether something has changed, and then only that is read again.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet
from django.utils import timezone

from organisations.models import DirectoryEntry, DirectoryVersion, NetworkPage, OrganisationPage

STATE, NETWORK, SERVICE, TASK, GROUP, LANGUAGE, STEP_FREE = (
    "state",
    "network",
    "service",
    "task",
    "group",
    "language",
    "stepfree",
)
# No facet: the value True for those who agreed to open data.
OPEN_DATA = "open_data"
# Facet to the many-to-many relation it comes from, and the column of the chosen term.
TERMS = {SERVICE: "services", TASK: "tasks", GROUP: "target_groups"}
# Read afresh beyond so many changes at once: then reading everything is the quicker way.
MANY = 500
FADES_AFTER = relativedelta(months=12)  # overdue by two terms


@dataclass(slots=True)
class Entry:
    """One organisation, with the keys it has in each facet: slugs of networks, keys of terms."""

    pk: int
    path: str
    sort_name: str
    due_on: date
    latitude: float | None
    longitude: float | None
    place: str = ""
    values: list[tuple[str, str | bool]] = field(default_factory=list)


class DirectoryIndex:
    """Positions follow the order of lists: confirmed profiles before overdue ones, then by name."""

    def __init__(self, entries: dict[int, Entry], number: int, today: date):
        self.number, self.today, self._by_pk = number, today, entries
        self.entries = sorted(entries.values(), key=lambda entry: (entry.due_on < today, entry.sort_name, entry.pk))
        self.position = {entry.pk: place for place, entry in enumerate(self.entries)}
        members = defaultdict(list)
        for place, entry in enumerate(self.entries):
            for value in entry.values:
                members[value].append(place)
        self.sets = {value: bits(places) for value, places in members.items()}
        self.everything = (1 << len(self.entries)) - 1
        fading = {due_on for due_on in {entry.due_on for entry in self.entries} if due_on + FADES_AFTER < today}
        faded = [place for place, entry in enumerate(self.entries) if entry.due_on in fading]
        self.current = self.everything & ~bits(faded)

    def having(self, facet: str, keys: Iterable) -> int:
        """Those with at least one of the values."""
        found = 0
        for key in keys:
            found |= self.sets.get((facet, key), 0)
        return found

    def of(self, pks: Iterable[int]) -> int:
        return bits(self.position[pk] for pk in pks if pk in self.position)

    def pks(self, chosen: int) -> list[int]:
        """In the order of lists."""
        return [self.entries[place].pk for place in places(chosen)]

    def is_overdue(self, pk: int) -> bool:
        return self.entries[self.position[pk]].due_on < self.today

    def keys(self, pk: int, facet: str) -> list:
        """Those of one organisation."""
        return [key for name, key in self.entries[self.position[pk]].values if name == facet]

    def values(self, facet: str) -> list:
        """Every value that some organisation has."""
        return [key for name, key in self.sets if name == facet]


def bits(places: Iterable[int]) -> int:
    flags = bytearray()
    for place in places:
        byte = place >> 3
        if byte >= len(flags):
            flags.extend(bytes(byte + 1 - len(flags)))
        flags[byte] |= 1 << (place & 7)
    return int.from_bytes(flags, "little")


def places(chosen: int) -> Iterator[int]:
    """The positions of the set bits, in ascending order."""
    for start, byte in enumerate(chosen.to_bytes((chosen.bit_length() + 7) // 8, "little")):
        while byte:
            lowest = byte & -byte
            yield start * 8 + lowest.bit_length() - 1
            byte ^= lowest


_index: DirectoryIndex | None = None
_lock = threading.Lock()


def directory_index() -> DirectoryIndex:
    """As of now."""
    global _index
    number, today = DirectoryVersion.current(), timezone.localdate()
    index = _index
    if index is not None and (index.number, index.today) == (number, today):
        return index
    with _lock:
        # Read once more: another thread may have renewed it meanwhile, from a later number.
        number = DirectoryVersion.current()
        if _index is None or (_index.number, _index.today) != (number, today):
            _index = _renewed(_index, number, today)
        return _index


def forget() -> None:
    """Read everything anew at the next use: for tests, and after a database was restored."""
    global _index
    _index = None


def _renewed(old: DirectoryIndex | None, number: int, today: date) -> DirectoryIndex:
    if old is None or old.number > number:
        return DirectoryIndex(_read(OrganisationPage.objects.all()), number, today)
    # The number was read first, so a change in between is read now and once more the next time.
    changed = DirectoryEntry.objects.filter(number__gt=old.number, number__lte=number)
    keys = [*changed.values_list("organisation_id", flat=True)[: MANY + 1]]
    if len(keys) > MANY:
        return DirectoryIndex(_read(OrganisationPage.objects.all()), number, today)
    gone = {*keys} - {None}
    if None in keys:  # deleted ones, whose keys are forgotten
        gone |= {*old._by_pk} - {*OrganisationPage.objects.order_by().values_list("pk", flat=True)}
    kept = {pk: entry for pk, entry in old._by_pk.items() if pk not in gone}
    return DirectoryIndex(kept | _read(OrganisationPage.objects.filter(pk__in=gone)), number, today)


def _read(pages: QuerySet) -> dict[int, Entry]:
    pages = OrganisationPage.objects.listed().filter(pk__in=pages.values("pk"), entry__isnull=False).order_by()
    columns = (
        "pk",
        "path",
        "sort_name",
        "step_free",
        *(f"entry__{name}" for name in ("due_on", "latitude", "longitude", "place", "state", "open_data")),
    )
    entries = {}
    networks = dict(NetworkPage.objects.listed().values_list("path", "slug"))
    for pk, path, sort_name, step_free, *of_entry in pages.values_list(*columns):
        *when_and_where, state, open_data = of_entry
        entry = entries[pk] = Entry(pk, path, sort_name, *when_and_where)
        if open_data:
            entry.values.append((OPEN_DATA, True))
        if state:
            entry.values.append((STATE, state))
        if step_free:
            entry.values.append((STEP_FREE, step_free))
        if network := networks.get(path[: -OrganisationPage.steplen]):
            entry.values.append((NETWORK, network))
    for name, relation in TERMS.items():
        _add(entries, name, pages.filter(**{f"{relation}__key__isnull": False}).values_list("pk", f"{relation}__key"))
    _add(
        entries,
        LANGUAGE,
        pages.filter(spoken_languages__language__gt="").values_list("pk", "spoken_languages__language"),
    )
    further = pages.filter(other_networks__path__in=networks).values_list("pk", "other_networks__slug")
    _add(entries, NETWORK, further)
    return entries


def _add(entries: dict[int, Entry], facet: str, rows: Iterable[tuple[int, str]]) -> None:
    for pk, key in set(rows):
        if pk in entries and (facet, key) not in entries[pk].values:
            entries[pk].values.append((facet, key))
