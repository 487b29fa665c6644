"""What an issue tells of, in the language of the reader: titles and summaries where there is a live translation."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from campaigns.models import EventDate, EventPage, NewsletterIssue
from campaigns.models.event_time import HOME_ZONE
from core.addresses import absolute, page_address
from core.models import BasePage


@dataclass(frozen=True)
class Entry:
    page: BasePage

    @property
    def starts_at(self) -> datetime | None:
        """Of an event with several dates, the next one that takes place."""
        return getattr(self.page, "next_start", None) or getattr(self.page, "starts_at", None)

    @property
    def zone(self) -> str:
        """Guests look at the clock where the event is, whoever looks at the mail from wherever."""
        return getattr(self.page, "time_zone", HOME_ZONE)

    @property
    def foreign_zone(self) -> str:
        return self.zone if self.zone != HOME_ZONE else ""

    @property
    def is_cancelled(self) -> bool:
        """There would be something to come, and it does not take place."""
        has_more = getattr(self.page, "next_start", None)
        return bool(has_more and (self.page.is_cancelled or not self.page.takes_place))

    @property
    def kind(self) -> str:
        return self.page._meta.verbose_name

    @property
    def text(self):
        return self.page.text

    @property
    def place(self) -> str:
        return getattr(self.page, "place", "")

    @property
    def path(self) -> str:
        return page_address(self.page)

    @property
    def url(self) -> str:
        return absolute(self.page)


def shown(issue: NewsletterIssue) -> list[Entry]:
    """In the order the editor chose, without what the public may not read. One query for each type of page."""
    found = _public_pages(issue)
    return [Entry(found[key]) for key in dict.fromkeys(item.page_id for item in _items(issue)) if key in found]


def hidden(issue: NewsletterIssue) -> list[str]:
    """Titles of chosen pages that the public may not read now."""
    found = _public_pages(issue)
    return [item.page.title for item in _items(issue) if item.page_id not in found]


def _items(issue: NewsletterIssue):
    return issue.items.select_related("page__content_type")


def _public_pages(issue: NewsletterIssue) -> dict[int, BasePage]:
    by_type = defaultdict(list)
    for item in _items(issue):
        by_type[item.page.content_type.model_class()].append(item.page_id)
    return {
        page.pk: page
        for model, keys in by_type.items()
        if model and issubclass(model, BasePage)
        for page in _readable(model, keys)
    }


def _readable(model: type[BasePage], keys: list[int]):
    pages = model.objects.listed().with_text().filter(pk__in=keys)
    if model is not EventPage:
        return pages
    dates = EventDate.objects.filter(event=OuterRef("pk")).to_come()
    return pages.with_next_start().annotate(takes_place=Exists(dates.taking_place()))
