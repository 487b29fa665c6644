"""How SQLite goes about the questions that every page asks, once it knows its tables."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from core import statistics
from core.publishing import open_pages

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL tells its plans in other words; make bench measures it"
)
PAGES = 500


@pytest.fixture
def many(site):
    kind = ContentType.objects.get_for_model(Page)
    common = {"depth": site.depth + 1, "locale": site.locale, "content_type": kind, "title": "Seite", "slug": "seite"}
    Page.objects.bulk_create(
        Page(path=Page._get_path(site.path, site.depth + 1, 1000 + number), **common) for number in range(PAGES)
    )
    statistics.renew()


def scanned(pages) -> list[str]:
    """What is read from end to end; all but the first of them once for each page."""
    return [line.split("SCAN ", 1)[1].split()[0] for line in pages.order_by().explain().splitlines() if "SCAN " in line]


def test_whether_pages_are_open_is_asked_of_few_restrictions_and_not_of_all_pages(many):
    restrictions = "U0"
    assert scanned(open_pages(Page.objects.live())) == ["wagtailcore_page", restrictions]
