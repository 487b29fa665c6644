"""What an event page offers: registration for each of its next dates, or the reason why there is none.

The page is held by caches for a minute and longer, so it shows states and no numbers. What counts is the button behind
the mail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.launch_check import unsaid
from campaigns.models import EventDate, EventPage
from core.addresses import page_address
from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE, reader_language

OPEN, FEW, WAITING_LIST, FULL, CLOSED, BEGUN, CANCELLED = "open few waiting-list full closed begun cancelled".split()
STATES = {
    OPEN: _("There are places"),
    FEW: _("Few places left"),
    WAITING_LIST: _("Full, with a waiting list"),
    FULL: _("Full"),
    CLOSED: _("Registration is closed"),
    BEGUN: _("Has begun"),
    CANCELLED: _("Cancelled"),
}
TO_BE_HAD = {OPEN, FEW, WAITING_LIST}
FEWEST, TENTH = 3, 10


@dataclass(frozen=True)
class DateOffer:
    date: EventDate
    event: EventPage

    @cached_property
    def state(self) -> str:
        now = timezone.now()
        if self.date.is_cancelled:
            return CANCELLED
        if self.date.starts_at <= now:
            return BEGUN
        if self.closes_at <= now:
            return CLOSED
        if self.event.capacity is None:
            return OPEN
        left = self.event.capacity - self.date.taken
        if left > 0:
            return FEW if left <= max(FEWEST, self.event.capacity // TENTH) else OPEN
        return WAITING_LIST if self.event.has_waiting_list else FULL

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def is_to_be_had(self) -> bool:
        return self.state in TO_BE_HAD

    @property
    def is_waiting_list(self) -> bool:
        return self.state == WAITING_LIST

    @property
    def closes_at(self) -> datetime:
        return self.date.starts_at - timedelta(hours=self.event.closes_before)


class Offer:
    def __init__(self, page: EventPage):
        self.page, self.event = page, page.facts

    @cached_property
    def dates(self) -> list[DateOffer]:
        """The next ones, also those that are full or cancelled; none that exists in a draft only."""
        if not self.event.registers_here:
            return []
        return [DateOffer(date, self.event) for date in self.page.outlook.dates if date.pk]

    def on(self, date: EventDate) -> DateOffer | None:
        return next((offer for offer in self.dates if offer.date is date), None)

    @property
    def only(self) -> DateOffer | None:
        """Of an event that takes place once."""
        return self.dates[0] if len(self.dates) == 1 and not self.page.outlook.is_series else None

    @property
    def is_made(self) -> bool:
        """Whether somebody can register in the language they read in."""
        return reader_language() in self.languages and any(date.is_to_be_had for date in self.dates)

    @property
    def is_elsewhere(self) -> bool:
        return reader_language() not in self.languages

    @cached_property
    def languages(self) -> list[str]:
        return offered_in(self.page)

    @property
    def other_languages(self) -> list[tuple[str, str, str]]:
        """Codes, names and addresses of those in which people can register."""
        return [(code, LANGUAGE_NAMES[code], page_address(self.event, code)) for code in self.languages]


def offered_in(page: EventPage) -> list[str]:
    """Our own texts are there in all languages; an event's own questions and consent only where it is translated."""
    event = page.facts
    if not (event.questions or event.registration_consent.strip()):
        return [*LANGUAGE_NAMES]
    # German is no foreign language to readers of Leichte Sprache.
    ready = {SOURCE_LANGUAGE, EASY_LANGUAGE, *page.translated_languages}
    if event.registration_consent.strip() and unsaid(page, ["registration_consent"]):
        ready.discard(page.text_language)
    return [code for code in LANGUAGE_NAMES if code in ready]
