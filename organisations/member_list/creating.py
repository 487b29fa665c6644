"""New organisations from the list: live at once below their networks, with record, history and index.

Adding pages one by one takes Wagtail a hundred queries each; here each table is written once for a whole batch.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signals import page_published, published

from core.collation import plain
from organisations.facts import set_facts
from organisations.member_list.columns import BY_NAME, NETWORK, PAGE, RECORD
from organisations.models import DirectoryEntry, DirectoryVersion, OfficeRecord, OrganisationPage
from organisations.safety import entry_values

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
SLUG_LENGTH = 200
CHILDREN = [relation.get_accessor_name() for relation in get_all_child_relations(OrganisationPage)]
MANY = [field for field in OrganisationPage._meta.local_many_to_many if isinstance(field, ParentalManyToManyField)]


@dataclass
class New:
    """Values by column, the network among them; `data` is what the history keeps."""

    values: Mapping[str, Any]
    data: dict
    page: OrganisationPage | None = None

    def of(self, place: str) -> dict[str, Any]:
        return {name: value for name, value in self.values.items() if BY_NAME[name].place == place}


def create(batch: Sequence[New], user) -> None:
    """Call in a transaction, which is lost if this fails. Afterwards each has its page."""
    now = timezone.now()
    for new in batch:
        new.page = _page(new, user, now)
    _place(batch)
    _refuse_what_is_taken(batch)
    pages = [new.page for new in batch]
    _insert_pages(pages)
    _insert_relations(pages)
    _insert_records(batch)
    revisions = _insert_revisions(pages, user, now)
    _write_history(batch, revisions, user, now)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(OrganisationPage, pages)
    for page, revision in zip(pages, revisions, strict=True):
        page_published.send(sender=OrganisationPage, instance=page, revision=revision)
        published.send(sender=OrganisationPage, instance=page, revision=revision)


def _page(new: New, user, now: datetime) -> OrganisationPage:
    page = OrganisationPage(live=True, owner=user, first_published_at=now, last_published_at=now)
    for name in (*CHILDREN, *(field.name for field in MANY)):
        getattr(page, name).set([])  # from here on they are known, and nobody asks the database
    set_facts(page, new.of(PAGE))
    page.draft_title, page.sort_name = page.title, plain(page.title)[:255]
    page.content_type = ContentType.objects.get_for_model(OrganisationPage)
    page.latest_revision_created_at = now
    return page


def _place(batch: Sequence[New]) -> None:
    """In the tree: nobody else may add below these networks until the end of the transaction."""
    by_parent = defaultdict(list)
    for new in batch:
        by_parent[new.values[NETWORK].pk].append(new.page)
    parents = Page.objects.select_for_update().in_bulk(by_parent)
    for key, pages in by_parent.items():
        if key not in parents:
            raise ValidationError({NETWORK: "–"})
        _place_below(parents[key], pages)


def _place_below(parent: Page, pages: list[OrganisationPage]) -> None:
    last = parent.get_last_child()
    step = last._get_lastpos_in_path() if last else 0
    taken = {*parent.get_children().values_list("slug", flat=True)} if pages else set()
    for step, page in enumerate(pages, start=step + 1):  # noqa: B020 - goes on counting
        page.slug = _free_slug(page, taken)
        taken.add(page.slug)
        page.locale_id, page.depth = parent.locale_id, parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, step)
        page.set_url_path(parent)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _free_slug(page: OrganisationPage, taken: set[str]) -> str:
    """From the name, or the number where the name has no Latin letters; with a count where it is taken."""
    slug = slugify(page.title.translate(UMLAUTS))[:SLUG_LENGTH].strip("-")
    slug = slug or f"mitglied-{slugify(page.member_number) or 'neu'}"
    if slug not in taken:
        return slug
    return next(f"{slug}-{count}" for count in range(2, len(taken) + 3) if f"{slug}-{count}" not in taken)


def _refuse_what_is_taken(batch: Sequence[New]) -> None:
    for new in batch:
        new.page.clean_fields(exclude=[field.name for field in new.page._meta.fields if field.is_relation])


def _insert_pages(pages: list[OrganisationPage]) -> None:
    """Django has no bulk_create for models in two tables: first the common one, then their own."""
    common = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in common}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
    own = OrganisationPage._meta.local_concrete_fields
    OrganisationPage._base_manager._insert(pages, fields=own, using=OrganisationPage.objects.db, raw=True)


def _insert_relations(pages: list[OrganisationPage]) -> None:
    for name in CHILDREN:
        rows = []
        for page in pages:
            for row in getattr(page, name).all():
                row.page_id = page.pk
                rows.append(row)
        OrganisationPage._meta.get_field(name).related_model.objects.bulk_create(rows)
    for field in MANY:
        through = field.remote_field.through
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through.objects.bulk_create(
            through(**{own: page.pk, other: term.pk}) for page in pages for term in getattr(page, field.name).all()
        )


def _insert_records(batch: Sequence[New]) -> None:
    number = DirectoryVersion.next()
    records = [OfficeRecord(organisation=new.page, **new.of(RECORD)) for new in batch]
    for record in records:
        record.clean()
    OfficeRecord.objects.bulk_create(records)
    DirectoryEntry.objects.bulk_create(
        DirectoryEntry(
            organisation=record.organisation,
            key=record.organisation.translation_key,
            **entry_values(record.organisation, record, number),
        )
        for record in records
    )


def _insert_revisions(pages: list[OrganisationPage], user, now: datetime) -> list[Revision]:
    own, base = (ContentType.objects.get_for_model(model) for model in (OrganisationPage, Page))
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=own,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            user=user,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    own_revision = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField()))
    found = Subquery(own_revision.values("pk")[:1])
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(latest_revision=found, live_revision=found)
    return revisions


def _write_history(batch: Sequence[New], revisions: list[Revision], user, now: datetime) -> None:
    kind = ContentType.objects.get_for_model(OrganisationPage)
    entries = []
    for new, revision in zip(batch, revisions, strict=True):
        page = new.page
        common = {"content_type": kind, "page_id": page.pk, "label": page.title, "user": user, "timestamp": now}
        entries += [
            PageLogEntry(action="wagtail.create", content_changed=True, **common),
            PageLogEntry(action="wagtail.publish", revision=revision, content_changed=True, **common),
            PageLogEntry(action="organisations.imported", data=new.data, **common),
        ]
    PageLogEntry.objects.bulk_create(entries)
