"""Who is in an answer: organisations that everybody may see and that agreed to open data, as far as they were asked for."""

from functools import cached_property
from hashlib import sha256
from math import ceil
from uuid import UUID

from django.core.cache import cache
from django.db.models import Max, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.directory_search import DirectorySearch
from organisations.index import FADES_AFTER, OPEN_DATA, directory_index
from organisations.models import DirectoryEntry
from organisations.open_data.parameters import Fault, Parameters, Refused, known, read

KEPT_FOR = 600  # seconds
VERSION = "1.0"  # of the shape of the answers; stands in the change log of the documentation


class Selection:
    def __init__(self, request: HttpRequest):
        """Raises Refused."""
        index = directory_index()
        self.parameters: Parameters = read(request, index)
        self.search = DirectorySearch(request.GET, self.parameters.language, index)
        if self.search.near and self.search.location is None:
            raise Refused(Fault("near", _("No place and no postal code of this name is known in Germany.")))
        self._asked = known(request.GET)

    @property
    def index(self):
        return self.search.index

    @cached_property
    def pks(self) -> list[int]:
        """In the order that was asked for."""
        open_data = self.index.having(OPEN_DATA, [True])
        return [pk for pk in self.search.ordered() if open_data >> self.index.position[pk] & 1]

    @cached_property
    def changes(self) -> list[tuple[UUID, int | None]]:
        """Since the time asked for, oldest first: the id, and the primary key of those who are still in the answer.

        The others were open data once and are not any more, or not among what was asked for. Profiles that grow too
        old for the answer change nothing of their own.
        """
        since, today = self.parameters.since, timezone.localdate()
        changed = Q(changed_at__gte=since)
        if not self.search.with_old:
            changed |= Q(due_on__gte=timezone.localdate(since) - FADES_AFTER, due_on__lt=today - FADES_AFTER)
        rows = DirectoryEntry.objects.filter(changed, was_open_data=True).order_by("number", "pk")
        chosen = {*self.pks}
        return [
            (key, pk if pk in chosen else None) for key, pk in rows.values_list("key", "organisation_id").iterator()
        ]

    @cached_property
    def items(self) -> list[tuple[UUID | None, int | None]]:
        """All there is to be answered, before it is cut into pages."""
        return self.changes if self.parameters.since else [(None, pk) for pk in self.pks]

    @property
    def page(self) -> list[tuple[UUID | None, int | None]]:
        return self.cut(self.items)

    def cut(self, items: list) -> list:
        first = (self.parameters.page - 1) * self.parameters.per_page
        return items[first : first + self.parameters.per_page]

    def pages(self, items: list) -> int:
        return max(1, ceil(len(items) / self.parameters.per_page))

    @cached_property
    def last_change(self) -> str | None:
        """To be asked for as `since` the next time. Later changes get later times, whenever they are committed."""
        return cache.get_or_set(f"open_data.last_change:{self.index.number}", self._last_change, KEPT_FOR)

    def _last_change(self) -> str | None:
        """Nothing later than what the answer knows of."""
        known = DirectoryEntry.objects.filter(number__lte=self.index.number)
        moment = known.aggregate(last=Max("changed_at"))["last"]
        return moment.isoformat().replace("+00:00", "Z") if moment else None

    def etag(self, *parts: object) -> str:
        """Changes with the directory, the day, and the question; with words or a place, also with what they find."""
        found = (self.search.location, self.pks if self.search.words else "")
        told = (VERSION, self.index.number, self.index.today, self._asked, found, *parts)
        return f'"{sha256(repr(told).encode()).hexdigest()[:32]}"'
