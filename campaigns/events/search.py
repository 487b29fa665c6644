"""One question to the events, as it stands in an address: listing, archive and calendar feed ask the same way."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns.models import EventPage, InterpretedLanguage, ProjectPage
from campaigns.models.event_conditions import FREE
from core.collation import sort_key
from core.languages import reader_language
from core.listing import Filter, choose, paginate
from organisations.languages import SPOKEN, language_name
from organisations.models import NetworkPage

UPCOMING, WEEK, MONTH, PAST = "upcoming", "week", "month", "past"
TIMES = [
    (UPCOMING, _("Upcoming")),
    (WEEK, _("In the next seven days")),
    (MONTH, _("In the next four weeks")),
    (PAST, _("Past")),
]
DAYS = {WEEK: 7, MONTH: 28}
ONLINE, PLACE = "online", "place"
PLACES = [(ONLINE, _("Online")), (PLACE, _("At a place"))]
SIGNED = "gsg"  # German Sign Language is a tick of its own on the event


@dataclass(frozen=True)
class Option:
    """A choice whose text may be in another language than the reader's."""

    key: str
    text: str
    language: str


class EventSearch:
    def __init__(self, parameters: QueryDict):
        self.parameters, self.language = parameters, reader_language()

    @cached_property
    def filters(self) -> list[Filter]:
        ask = self.parameters
        return [
            choose("when", _("When"), TIMES, ask, self.language, default=UPCOMING),
            *self.narrowing,
        ]

    @cached_property
    def narrowing(self) -> list[Filter]:
        ask = self.parameters
        found = [
            choose("network", _("Network"), _named(NetworkPage, "networks"), ask, self.language),
            choose("project", _("Project"), _named(ProjectPage, "projects"), ask, self.language),
            choose("language", _("Interpreted into"), self._languages(), ask, self.language),
            choose("where", _("Where"), PLACES, ask, self.language),
            choose("price", _("Price"), [(FREE, _("Free of charge"))], ask, self.language),
        ]
        return [item for item in found if item.choices]

    def _languages(self) -> list[tuple[str, str]]:
        """That public events are interpreted into."""
        shown = EventPage.objects.listed().values("pk")
        codes = {*InterpretedLanguage.objects.filter(page__in=shown).values_list("language", flat=True)} & {*SPOKEN}
        names = [(code, language_name(code, self.language)) for code in codes | {SIGNED}]
        return sorted(names, key=lambda pair: sort_key(pair[1], self.language))

    def page(self):
        return paginate(self.events(), self.parameters, self.filters)

    def events(self):
        when = self.filters[0].value or UPCOMING
        events = EventPage.objects.past() if when == PAST else EventPage.objects.upcoming()
        if when in DAYS:
            events = events.filter(next_start__lt=timezone.now() + timedelta(days=DAYS[when]))
        return self.narrowed(events)

    def narrowed(self, events):
        """What was asked for besides the time."""
        chosen = {item.name: item.value for item in self.narrowing if item.value}
        for name, lookup in RELATED.items():
            if name in chosen:
                # By key, so that what is named twice is not listed twice.
                naming = Q(pk__in=EventPage.objects.filter(**{lookup: chosen[name]}).order_by().values("pk"))
                if (name, chosen[name]) == ("language", SIGNED):
                    naming |= Q(sign_language=True)
                events = events.filter(naming)
        if "where" in chosen:
            events = events.exclude(online_url="") if chosen["where"] == ONLINE else events.exclude(IS_NOWHERE)
        return events.filter(price_kind=FREE) if "price" in chosen else events


RELATED = {
    "network": "networks__slug",
    "project": "projects__slug",
    "language": "interpreted_languages__language",
}
IS_NOWHERE = Q(place="", location_name="")


def _named(model, relation: str) -> list[Option]:
    """The pages of this kind that events name."""
    naming = EventPage.objects.listed().filter(**{relation: OuterRef("pk")})
    named = model.objects.listed().with_text().filter(Exists(naming)).order_by("title")
    return [Option(page.slug, page.text.title, page.text.language) for page in named]
