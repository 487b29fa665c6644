"""The logos and wording that funders demand, for a page and the day it is from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from campaigns.funding.items import day_of, kind_of
from campaigns.models import FundingPeriod, ProjectPage
from campaigns.models.funding import FunderText
from core.languages import reader_language
from core.models import SiteImage

LOGO = "max-320x120|format-webp"


@dataclass(frozen=True)
class Logo:
    image: SiteImage
    url: str


@dataclass(frozen=True)
class Notice:
    """What one funding obliges to show."""

    period: FundingPeriod
    logos: list[Logo]
    text: FunderText


@dataclass(frozen=True)
class OfProject:
    """`notices` is empty where nobody paid at the time of the page."""

    project: ProjectPage
    notices: list[Notice]


def notices_of(periods: Iterable[FundingPeriod]) -> list[Notice]:
    """Two queries, however many periods there are."""
    periods = list(periods)
    keys = {key for period in periods for key, _url in period.logo_keys}
    images = SiteImage.objects.prefetch_renditions(LOGO).in_bulk(keys) if keys else {}
    language = reader_language()
    return [
        Notice(
            period,
            [Logo(images[key], url) for key, url in period.logo_keys if key in images],
            period.text_in(language),
        )
        for period in periods
    ]


def of_item(page) -> list[OfProject]:
    """For news, events and the like: the public projects they name, with the funding of their date."""
    kind = kind_of(page)
    keys = page.facts.projects.values_list("id", flat=True)  # keys, because what a draft holds is no queryset
    projects = list(ProjectPage.objects.listed().with_text().filter(pk__in=keys).order_by("title"))
    if not kind or not projects:
        return []
    day = day_of(page)
    periods = FundingPeriod.objects.filter(page__in=projects).on(day) if day else ()
    notices = notices_of(periods)
    return [
        OfProject(project, [notice for notice in notices if notice.period.page_id == project.pk])
        for project in projects
    ]


def shown(periods: list[FundingPeriod], today: date | None = None) -> list[FundingPeriod]:
    """Those that a project's page stands for: running ones, else the first to come, else the last there was."""
    today = today or timezone.localdate()
    running = [period for period in periods if period.covers(today)]
    if running:
        return running
    to_come = [period for period in periods if period.starts_on > today]
    if to_come:
        first = min(period.starts_on for period in to_come)
        return [period for period in to_come if period.starts_on == first]
    last = max((period.ends_on for period in periods), default=None)
    return [period for period in periods if period.ends_on == last]
