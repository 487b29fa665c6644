"""How a database goes about the questions that pages ask, once it knows its tables."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from core import statistics
from core.publishing import open_pages
from core.search import find

PAGES = 500


@pytest.fixture
def many(site):
    kind = ContentType.objects.get_for_model(Page)
    common = {"depth": site.depth + 1, "locale": site.locale, "content_type": kind, "title": "Seite", "slug": "seite"}
    Page.objects.bulk_create(
        Page(path=Page._get_path(site.path, site.depth + 1, 1000 + number), **common) for number in range(PAGES)
    )
    statistics.renew()


def plan(pages) -> list[str]:
    return pages.order_by().explain().splitlines()


def scanned(pages) -> list[str]:
    """What is read from end to end; all but the first of them once for each page."""
    return [line.split("SCAN ", 1)[1].split()[0] for line in plan(pages) if "SCAN " in line]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL tells its plans in other words")
def test_whether_pages_are_open_is_asked_of_few_restrictions_and_not_of_all_pages(many):
    restrictions = "U0"
    assert scanned(open_pages(Page.objects.live())) == ["wagtailcore_page", restrictions]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has a text index of its own")
def test_words_are_looked_up_in_the_index(many):
    fill_index(ContentType.objects.get_for_model(Page), 20 * PAGES)
    pages = find(Page.objects.all(), "Beratung", "de").pages
    assert any("core_search_title_and_body" in line for line in plan(pages))


def fill_index(kind, number):
    """With entries enough that nobody would read them to the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {IndexEntry._meta.db_table}"
            " (content_type_id, object_id, title_norm, title, body, autocomplete, title_text, body_text)"
            " SELECT %s, 'entry ' || n, 1, to_tsvector('word' || n), to_tsvector('text' || n), '', '', ''"
            " FROM generate_series(1, %s) n",
            [kind.pk, number],
        )
    statistics.renew()
