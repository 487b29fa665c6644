"""What a project's page shows besides its prose; it changes with the day, because nothing finished may look current."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.funding.items import Items, items_of
from campaigns.funding.notices import Notice, notices_of, shown
from campaigns.models import FundingPeriod, ProjectMaterial, ProjectPage
from campaigns.periods import STATUSES, status_of
from core.models import Contact


@dataclass(frozen=True)
class Step:
    """One entry of the timeline: a milestone with its own text, or the begin or end of a funding."""

    day: date
    label: str = ""
    language: str = ""
    milestone: object = None

    @property
    def is_to_come(self) -> bool:
        return self.day > timezone.localdate()


@dataclass(frozen=True)
class Batch:
    """Materials that the same funders paid for."""

    materials: list[ProjectMaterial]
    notices: list[Notice]


class Presentation:
    def __init__(self, page: ProjectPage):
        self.page = page
        self.facts = page.facts

    @cached_property
    def periods(self) -> list[FundingPeriod]:
        return sorted(self.facts.funding_periods.all(), key=lambda period: (period.starts_on, period.sort_order or 0))

    @cached_property
    def begins_on(self) -> date | None:
        return min((period.starts_on for period in self.periods), default=None)

    @property
    def has_begun(self) -> bool:
        return bool(self.begins_on and self.begins_on <= timezone.localdate())

    @property
    def goes_on(self) -> date | None:
        """When the first period to come begins."""
        today = timezone.localdate()
        return min((period.starts_on for period in self.periods if period.starts_on > today), default=None)

    @cached_property
    def ends_on(self) -> date | None:
        """None while any funding has no end."""
        ends = [period.ends_on for period in self.periods]
        return max(ends) if ends and None not in ends else None

    @cached_property
    def status(self) -> str:
        return status_of([(period.starts_on, period.ends_on) for period in self.periods])

    @property
    def status_label(self) -> str:
        return STATUSES.get(self.status, "")

    @cached_property
    def notices(self) -> list[Notice]:
        """What the page itself has to show, of all its periods looked up at once."""
        standing = shown(self.periods)
        return [notice for notice in self._all_notices if notice.period in standing]

    @cached_property
    def _all_notices(self) -> list[Notice]:
        return notices_of(self.periods)

    @cached_property
    def contact(self) -> Contact | None:
        """With the photo, in one query."""
        return Contact.objects.select_related("photo").filter(pk=self.facts.contact_id).first()

    @cached_property
    def materials(self) -> list[Batch]:
        """The latest first, each batch with the funders of its dates."""
        rows = self.facts.materials.select_related("document").all()
        batches: list[Batch] = []
        for row in sorted(rows, key=lambda row: row.date, reverse=True):
            notices = [notice for notice in self._all_notices if notice.period.covers(row.date)]
            if not batches or batches[-1].notices != notices:
                batches.append(Batch([], notices))
            batches[-1].materials.append(row)
        return batches

    @cached_property
    def items(self) -> list[Items]:
        return items_of(self.facts)

    @cached_property
    def steps(self) -> list[Step]:
        """Oldest first."""
        steps = [
            Step(block.value["date"], language=self.page.text_language, milestone=block.value)
            for block in self.page.milestones
            if block.value["date"]
        ]
        for period in self.periods:
            steps.append(_step(period.starts_on, _("Funding by %(funder)s begins"), period))
            if period.ends_on:
                steps.append(_step(period.ends_on, _("Funding by %(funder)s ends"), period))
        return sorted(steps, key=lambda step: step.day)

    @property
    def days(self) -> dict[str, str]:
        """First and last day, and where it goes on, written for the reader."""
        days = {"begin": self.begins_on, "end": self.ends_on, "on": self.goes_on}
        return {name: date_format(day) for name, day in days.items() if day}


def _step(day: date, label: str, period: FundingPeriod) -> Step:
    return Step(day, label % {"funder": period.funder}, get_language())
