"""A calendar to subscribe to: what is to come and what was lately, narrowed as the listing is."""

import re
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.events.calendar import KEPT
from campaigns.events.search import EventSearch
from campaigns.models import EventDate, EventPage

MOST = 500
WORD = re.compile(r"[\w-]{1,100}")
BESIDES_TIME = ("network", "project", "language", "where", "price")


class Feed:
    """Asked for something that no event has (any more), it is empty: nobody subscribed to all the others."""

    def __init__(self, parameters: QueryDict):
        self.search = EventSearch(parameters)
        self.chosen = {item.name: item.value for item in self.search.narrowing if item.value}
        self.asked = {name: parameters[name] for name in BESIDES_TIME if WORD.fullmatch(parameters.get(name, ""))}

    def events(self):
        if self.asked != self.chosen:
            return EventPage.objects.none()
        lately = EventDate.objects.filter(event=OuterRef("pk"), ends_at__gte=timezone.now() - KEPT)
        events = EventPage.objects.listed().with_text().filter(Exists(lately))
        return self.search.narrowed(events).order_by("starts_at", "pk")[:MOST]

    @property
    def name(self) -> str:
        chosen = [choice.text for item in self.search.narrowing for choice in item.choices if choice.chosen]
        return " – ".join([_("NeMO events"), *chosen])

    @property
    def address(self) -> str:
        return feed_address(self.asked)


def feed_address(chosen: dict[str, str]) -> str:
    """In the reader's language."""
    query = urlencode({name: chosen[name] for name in BESIDES_TIME if chosen.get(name)})
    return settings.BASE_URL + reverse("campaigns:calendar_feed") + (f"?{query}" if query else "")


def to_subscribe(address: str) -> str:
    """The same address for calendar programs."""
    return f"webcal:{urlsplit(address)._replace(scheme='').geturl()}"
