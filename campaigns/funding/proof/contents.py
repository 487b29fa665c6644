"""What goes into a proof: the project and its public items, each in the languages it can be read in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wagtail.models import Page

from campaigns.funding.items import KINDS, day_of
from campaigns.funding.notices import shown
from campaigns.models import CampaignPage, CampaignUpdatePage, FundingPeriod, ProjectPage
from core.addresses import page_address, page_path
from core.languages import LANGUAGE_NAMES
from core.locales import language_of


@dataclass(frozen=True)
class Part:
    """One page in one language."""

    page: Page
    version: Page
    language: str
    day: date | None
    periods: tuple[FundingPeriod, ...]

    @property
    def kind(self) -> str:
        return str(self.page._meta.verbose_name)

    @property
    def address(self) -> str:
        return page_address(self.page, self.language)

    @property
    def name(self) -> str:
        return f"seiten/{self.language}/{page_path(self.page).strip('/').replace('/', '--') or 'start'}.html"


def items(project: ProjectPage) -> Iterator[Page]:
    """German source pages, the oldest of each kind first; only what everybody may see."""
    for kind in KINDS:
        yield from kind.model.objects.listed().filter(projects=project.pk).order_by(kind.dated_by, "pk")
    for campaign in CampaignPage.objects.listed().filter(projects=project.pk).order_by("pk"):
        yield from CampaignUpdatePage.objects.of(campaign).reverse()


def parts(project: ProjectPage) -> list[Part]:
    periods = tuple(project.funding_periods.all())
    found = _versions(project, None, tuple(shown([*periods])))
    for page in items(project):
        day = day_of(page)
        found += _versions(page, day, tuple(period for period in periods if period.covers(day)))
    return found


def _versions(page: Page, day: date | None, periods: tuple[FundingPeriod, ...]) -> list[Part]:
    """In the order of the languages; German first."""
    live = Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None)
    by_language = {language_of(version.locale_id): version for version in live}
    return [
        Part(page, by_language[language], language, day, periods)
        for language in LANGUAGE_NAMES
        if language in by_language
    ]
