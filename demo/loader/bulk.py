"""Thousands of organisations for measuring: in batches, each a short transaction, without revisions."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import batched

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page

from core.collation import plain
from core.indexing import index_many
from core.many_pages import insert_pages
from demo.loader.references import References
from organisations.member_list import bulk
from organisations.models import OfficeRecord, OrganisationPage
from organisations.safety import release_many

BATCH = 250
ORDERED = ["spoken_languages", "opening_hours", "social_links"]
TERMS = ["tasks", "services", "target_groups"]


def add_in_bulk(pages: Iterable[tuple[str, OrganisationPage]], references: References) -> None:
    """`pages` come with the path of their parent."""
    for batch in batched(pages, BATCH):
        with transaction.atomic():
            _add([(references.page(path), page) for path, page in batch])


def _add(pages: list[tuple[int, OrganisationPage]]) -> None:
    by_parent = defaultdict(list)
    for parent, page in pages:
        by_parent[parent].append(page)
    parents = Page.objects.select_for_update().in_bulk(by_parent)
    for key, children in by_parent.items():
        _place(parents[key], children)
    organisations = [page for _parent, page in pages]
    insert_pages(organisations)
    for name in TERMS:
        bulk.insert_terms(name, organisations)
    for name in ORDERED:
        bulk.insert_children(name, organisations)
    for page in organisations:
        page.new_record.organisation = page
    records = OfficeRecord.objects.bulk_create(page.new_record for page in organisations)
    release_many([*zip(organisations, records, strict=True)])
    index_many(OrganisationPage, organisations)


def _place(parent: Page, children: list[OrganisationPage]) -> None:
    last = parent.get_last_child()
    step = last._get_lastpos_in_path() if last else 0
    kind, now = ContentType.objects.get_for_model(OrganisationPage), timezone.now()
    for page in children:
        step += 1
        page.content_type, page.draft_title, page.sort_name = kind, page.title, plain(page.title)[:255]
        page.first_published_at = page.last_published_at = now
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, step)
        page.url_path = f"{parent.url_path}{page.slug}/"
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + len(children))
