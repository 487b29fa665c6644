"""New organisations from the list, many at once: live below their networks, with record, history and index."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, PageLogEntry, Revision

from core.collation import plain
from core.many_pages import insert_pages
from organisations.facts import set_facts
from organisations.member_list import bulk
from organisations.member_list.columns import BY_NAME, NETWORK, PAGE, RECORD
from organisations.models import OfficeRecord, OrganisationPage
from organisations.safety import release_many

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
SLUG_LENGTH = 200


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
    insert_pages(pages)
    for name in bulk.CHILDREN:
        bulk.insert_children(name, pages)
    for name in bulk.MANY:
        bulk.insert_terms(name, pages)
    _insert_records(batch)
    revisions = bulk.insert_revisions(pages, user, now)
    _write_history(batch, revisions, user, now)
    bulk.announce(pages, revisions)


def _page(new: New, user, now: datetime) -> OrganisationPage:
    page = OrganisationPage(live=True, owner=user, first_published_at=now, last_published_at=now)
    for name in (*bulk.CHILDREN, *bulk.MANY):
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
    taken = {*parent.get_children().values_list("slug", flat=True)}
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


def _insert_records(batch: Sequence[New]) -> None:
    records = [OfficeRecord(organisation=new.page, **new.of(RECORD)) for new in batch]
    for record in records:
        record.clean()
    release_many([(record.organisation, record) for record in OfficeRecord.objects.bulk_create(records)])


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
