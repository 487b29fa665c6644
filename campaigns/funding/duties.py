"""What funders demand and a page does not have yet: it is not published without."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.funding.items import day_of, keys_of_projects, may_belong
from campaigns.models import FundingPeriod, ProjectPage
from core.models import SiteImage


def reasons(page: Page) -> list[str]:
    """A check of `core.publication`: for projects, and for whatever belongs to one that is public."""
    if isinstance(page, ProjectPage):
        return _missing(page.facts.funding_periods.all(), page.facts, page.text_language)
    if not may_belong(page):
        return []
    projects = ProjectPage.objects.listed().filter(pk__in=keys_of_projects(page))
    periods = FundingPeriod.objects.filter(page__in=projects).on(day_of(page)).select_related("page")
    return [reason for period in periods for reason in _missing([period], period.page, page.text_language)]


def _missing(periods: Iterable[FundingPeriod], project: ProjectPage, language: str) -> list[str]:
    return [
        _("%(project)s, funding by %(funder)s from %(date)s: %(missing)s")
        % {
            "project": project.title,
            "funder": period.funder,
            "date": date_format(period.starts_on, "SHORT_DATE_FORMAT"),
            "missing": missing,
        }
        for period in periods
        for missing in _missing_in(period, language)
    ]


def _missing_in(period: FundingPeriod, language: str) -> list[str]:
    text = period.text_in(language)
    missing = []
    if period.needs_logo and not _has_logo(period):
        missing.append(_("the logo is missing."))
    if period.needs_wording and not text.wording.strip():
        missing.append(_("the required wording is missing, in this language and in German."))
    if period.needs_disclaimer and not text.disclaimer.strip():
        missing.append(_("the disclaimer is missing, in this language and in German."))
    return missing


def _has_logo(period: FundingPeriod) -> bool:
    """A picture that was deleted since is none."""
    return SiteImage.objects.filter(pk__in=[key for key, _url in period.logo_keys]).exists()
