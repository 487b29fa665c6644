"""Thousands of organisations for measuring: in batches, each a short transaction, without revisions."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import batched

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.collation import plain
from demo.loader.references import References
from organisations.models import DirectoryEntry, DirectoryVersion, OfficeRecord, OrganisationPage
from organisations.safety import released

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
    _insert_pages(organisations)
    for name in TERMS:
        _insert_terms(name, organisations)
    for name in ORDERED:
        _insert_children(name, organisations)
    _insert_records(organisations)
    get_search_backend().add_bulk(OrganisationPage, organisations)


def _place(parent: Page, children: list[OrganisationPage]) -> None:
    last = parent.get_last_child()
    step = last._get_lastpos_in_path() if last else 0
    for page in children:
        step += 1
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, step)
        page.url_path = f"{parent.url_path}{page.slug}/"
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + len(children))


def _insert_pages(organisations: list[OrganisationPage]) -> None:
    """Django has no bulk_create for models in two tables: first the common one, then their own."""
    kind, now = ContentType.objects.get_for_model(OrganisationPage), timezone.now()
    common = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = []
    for page in organisations:
        page.content_type, page.draft_title, page.sort_name = kind, page.title, plain(page.title)[:255]
        page.first_published_at = page.last_published_at = now
        rows.append(Page(**{name: getattr(page, name) for name in common}))
    for page, row in zip(organisations, Page.objects.bulk_create(rows), strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
    OrganisationPage._base_manager._insert(
        organisations, fields=OrganisationPage._meta.local_concrete_fields, using=OrganisationPage.objects.db, raw=True
    )


def _insert_terms(name: str, organisations: list[OrganisationPage]) -> None:
    field = OrganisationPage._meta.get_field(name)
    through = field.remote_field.through
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through.objects.bulk_create(
        through(**{own: page.pk, other: term.pk}) for page in organisations for term in getattr(page, name).all()
    )


def _insert_children(name: str, organisations: list[OrganisationPage]) -> None:
    rows = []
    for page in organisations:
        for row in getattr(page, name).all():
            row.page_id = page.pk
            rows.append(row)
    OrganisationPage._meta.get_field(name).related_model.objects.bulk_create(rows)


def _insert_records(organisations: list[OrganisationPage]) -> None:
    number = DirectoryVersion.next()
    for page in organisations:
        page.new_record.organisation = page
    OfficeRecord.objects.bulk_create(page.new_record for page in organisations)
    DirectoryEntry.objects.bulk_create(
        DirectoryEntry(organisation=page, key=page.translation_key, number=number, **released(page.new_record))
        for page in organisations
    )
