"""How many people came and took part: numbers that name nobody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignPage, EventDate, EventPage, ProjectPage, SignUp, Tally
from campaigns.registering import turnout
from core.languages import LANGUAGE_NAMES


@dataclass(frozen=True)
class Figure:
    kind: str
    title: str
    date: str
    name: str
    number: int


def figures(project: ProjectPage) -> Iterator[Figure]:
    for event in EventPage.objects.listed().filter(projects=project.pk).order_by("starts_at", "pk"):
        yield from _of_event(event)
    for campaign in CampaignPage.objects.listed().filter(projects=project.pk).order_by("starts_on", "pk"):
        yield from _of_campaign(campaign)


def _of_event(event: EventPage) -> Iterator[Figure]:
    for date in event.dates.order_by("starts_at", "pk"):
        day = f"{timezone.localtime(date.starts_at):%Y-%m-%d}"
        kind = _("event, cancelled") if date.cancelled_at else _("event")
        for name, number in _of_date(date, event.capacity):
            yield Figure(kind, event.title, day, name, number)


def _of_date(date: EventDate, places: int | None) -> Iterator[tuple[str, int]]:
    counted = turnout.figures(date)
    if places:
        yield _("places"), places
    yield _("registered"), counted.registered
    for language, number in sorted(counted.languages.items()):
        yield _("registered in %(language)s") % {"language": LANGUAGE_NAMES.get(language, language)}, number
    if counted.guests is not None:
        yield _("came"), counted.guests


def _of_campaign(campaign: CampaignPage) -> Iterator[Figure]:
    day = f"{campaign.starts_on:%Y-%m-%d}" if campaign.starts_on else ""
    kind = _("campaign")
    tally = Tally.objects.filter(campaign=campaign).first()
    yield Figure(kind, campaign.title, day, _("took part here"), tally.confirmed if tally else 0)
    yield Figure(kind, campaign.title, day, _("on paper"), campaign.paper_signatures)
    confirmed = SignUp.objects.confirmed().filter(campaign=campaign)
    for language, name in LANGUAGE_NAMES.items():
        if number := confirmed.filter(language=language).count():
            yield Figure(kind, campaign.title, day, _("took part in %(language)s") % {"language": name}, number)
