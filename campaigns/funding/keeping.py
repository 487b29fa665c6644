"""A project stays as long as its funder demands that its documents are kept."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.models import FundingPeriod
from core.languages import SOURCE_LANGUAGE


def kept(page: Page) -> FundingPeriod | None:
    """The funding that forbids to delete the page, itself or for what lies below it."""
    periods = FundingPeriod.objects.filter(
        page__path__startswith=page.path,
        page__locale__language_code=SOURCE_LANGUAGE,  # translations may hold old copies
        keep_until__gte=timezone.localdate(),
    )
    return periods.select_related("page").order_by("-keep_until").first()


def obstacle(page: Page) -> str:
    period = kept(page)
    if period is None:
        return ""
    names = {
        "title": period.page.title,
        "funder": period.funder,
        "date": date_format(period.keep_until, "SHORT_DATE_FORMAT"),
    }
    text = _("“%(title)s” is kept until %(date)s, as %(funder)s demands. It can be unpublished, but not deleted.")
    return text % names
