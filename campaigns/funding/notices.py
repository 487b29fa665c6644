"""The logos and wording that funders demand, for a page and the day it is from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from campaigns.funding.items import day_of, keys_of_projects
from campaigns.models import FundingPeriod, ProjectPage
from campaigns.models.funding import FunderText
from core.languages import reader_language
from core.models import SiteImage, SiteRendition

LOGO = "max-320x120|format-webp"
# Of a period, what a notice is made of.
COLUMNS = ("id", "page_id", "sort_order", "funder", "programme", "starts_on", "ends_on", "logos", "texts")


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
    """One query, however many periods there are."""
    periods = list(periods)
    images = _images({key for period in periods for key, _url in period.logo_keys})
    language = reader_language()
    return [
        Notice(
            period,
            [Logo(images[key], url) for key, url in period.logo_keys if key in images],
            period.text_in(language),
        )
        for period in periods
    ]


def _images(keys: set[int]) -> dict[int, SiteImage]:
    """Each with its picture in the size that is shown; only one that nobody has seen yet costs more."""
    found = {}
    renditions = SiteRendition.objects.filter(image__in=keys, filter_spec=LOGO).select_related("image")
    for rendition in renditions if keys else ():
        image = found.setdefault(rendition.image_id, rendition.image)
        image.prefetched_renditions = [rendition, *getattr(image, "prefetched_renditions", ())]
    unseen = keys - found.keys()
    return found | (SiteImage.objects.in_bulk(unseen) if unseen else {})


def of_item(page) -> list[OfProject]:
    """For news, events and the like: the public projects they belong to, with the funding of their date."""
    projects = _with_periods_on(day_of(page)).filter(pk__in=keys_of_projects(page))
    found: dict[ProjectPage, list[FundingPeriod]] = {}
    for project in projects.order_by("title", "period_sort_order"):
        periods = found.setdefault(project, [])
        if project.period_id:
            periods.append(FundingPeriod(**{name: getattr(project, f"period_{name}") for name in COLUMNS}))
    notices = notices_of(period for periods in found.values() for period in periods)
    return [
        OfProject(project, [notice for notice in notices if notice.period.page_id == project.pk]) for project in found
    ]


def _with_periods_on(day: date):
    """Public projects, once for each of their periods that `day` lies in, at least once; in one query."""
    begun = Q(funding_periods__starts_on__lte=day)
    not_over = Q(funding_periods__ends_on=None) | Q(funding_periods__ends_on__gte=day)
    period = FilteredRelation("funding_periods", condition=begun & not_over)
    columns = {f"period_{name}": F(f"period__{name}") for name in COLUMNS}
    return ProjectPage.objects.listed().with_text().annotate(period=period).annotate(**columns)


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
