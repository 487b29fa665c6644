"""Applies many checked rows at once, and does to each organisation what `changing` does to one.

Only to those of which nothing but the live version is concerned. Whoever has a draft, a schedule or comments, or moves
into another network, goes one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from core import publication
from core.collation import plain
from organisations.facts import set_facts
from organisations.member_list import bulk
from organisations.member_list.changing import Conflict, history, still_to_do
from organisations.member_list.columns import BY_NAME, NETWORK, PAGE, RECORD
from organisations.member_list.problems import Wrong
from organisations.member_list.words import Words
from organisations.models import ImportRow, OfficeRecord, OrganisationPage
from organisations.safety import release_many

RELATIONS = [field.name for field in OrganisationPage._meta.fields if field.is_relation]


@dataclass
class Change:
    """`values` by column, as far as they are still to be written; `facts` names the fields of the page that change."""

    row: ImportRow
    page: OrganisationPage
    values: dict[str, Any]
    former_title: str
    facts: list[str]


def change(
    rows: Sequence[tuple[ImportRow, Callable[[], dict]]], words: Words, user
) -> dict[ImportRow, Exception | None]:
    """Those that were dealt with, and what stood in the way of each. Call in a transaction, lost if this fails.

    `rows` come with what reads their values. A row that was applied before changes nothing.
    """
    pages = _locked([row.organisation_id for row, _values in rows if NETWORK not in row.changes])
    outcomes, changes = {}, []
    for row, values in rows:
        if row.organisation_id in pages:
            try:
                changes.append(_prepared(row, pages[row.organisation_id], values(), words))
                outcomes[row] = None
            except (Conflict, ValidationError, Wrong) as error:
                outcomes[row] = error
    if changes := [change for change in changes if change.values]:
        _write(changes, user)
    return outcomes


def _locked(keys: list[int]) -> dict[int, OrganisationPage]:
    """Records first, as everywhere: who takes them the other way round waits for us, and we for them."""
    records = OfficeRecord.objects.select_for_update().filter(organisation__in=keys).order_by("pk").in_bulk()
    scheduled = Revision.page_revisions.filter(object_id=Cast(OuterRef("pk"), CharField())).exclude(
        approved_go_live_at=None
    )
    simple = OrganisationPage.objects.filter(
        ~Exists(scheduled),
        pk__in=[*records],
        live=True,
        has_unpublished_changes=False,
        go_live_at=None,
        aliases=None,
        wagtail_admin_comments=None,
    )
    # Whoever saves a draft writes the common row only.
    locked = simple.select_for_update(of=("self", "page_ptr")).order_by("pk")
    pages = locked.prefetch_related(*bulk.CHILDREN, *bulk.MANY).in_bulk()
    for key, page in pages.items():
        page.record = records[key]
    return pages


def _prepared(row: ImportRow, page: OrganisationPage, values: dict[str, Any], words: Words) -> Change:
    """With the new values on page and record, and none of them in the database."""
    former_title = page.title
    values = {name: values[name] for name in still_to_do(row, page, words)}
    if contact := _of(RECORD, values):
        for name in contact:
            setattr(page.record, name, values[name])
        page.record.clean()
    facts = set_facts(page, {name: values[name] for name in _of(PAGE, values)})
    if "title" in facts:
        page.draft_title, page.sort_name = page.title, plain(page.title)[:255]
        facts += ["draft_title", "sort_name"]
    if facts:
        page.clean_fields(exclude=RELATIONS)
        publication.demand(page)
    return Change(row, page, values, former_title, facts)


def _of(place: str, values: dict[str, Any]) -> list[str]:
    return [name for name in values if BY_NAME[name].place == place]


def _write(changes: list[Change], user) -> None:
    now = timezone.now()
    written = [change for change in changes if change.facts]
    pages = [change.page for change in written]
    _write_records(changes)
    _write_pages(written)
    revisions = bulk.insert_revisions(pages, user, now)
    release_many([(change.page, change.page.record) for change in changes])
    _write_history(changes, user, now)
    bulk.announce(pages, revisions)


def _write_records(changes: list[Change]) -> None:
    names = {name for change in changes for name in _of(RECORD, change.values)}
    records = [change.page.record for change in changes if _of(RECORD, change.values)]
    if records:
        OfficeRecord.objects.bulk_create(records, update_conflicts=True, unique_fields=["pk"], update_fields=names)


def _write_pages(changes: list[Change]) -> None:
    names = {name for change in changes for name in change.facts}
    if own := names - {*bulk.CHILDREN, *bulk.MANY}:
        OrganisationPage.objects.bulk_update([change.page for change in changes], own)
    for name in names & {*bulk.CHILDREN}:
        _replace_children(name, [change.page for change in changes if name in change.facts])
    for name in names & {*bulk.MANY}:
        _replace_terms(name, [change.page for change in changes if name in change.facts])


def _replace_children(name: str, pages: list[OrganisationPage]) -> None:
    rows = OrganisationPage._meta.get_field(name).related_model.objects
    kept = [row for page in pages for row in getattr(page, name).all() if row.pk]
    rows.filter(page__in=pages).exclude(pk__in=[row.pk for row in kept]).delete()
    rows.bulk_update(kept, ["sort_order"])
    bulk.insert_children(name, pages)


def _replace_terms(name: str, pages: list[OrganisationPage]) -> None:
    through, own, _other = bulk.links(name)
    through.objects.filter(**{f"{own}__in": [page.pk for page in pages]}).delete()
    bulk.insert_terms(name, pages)


def _write_history(changes: list[Change], user, now: datetime) -> None:
    kind = ContentType.objects.get_for_model(OrganisationPage)
    entries = []
    for change in changes:
        page = change.page
        common = {"content_type": kind, "page_id": page.pk, "label": page.title, "user": user, "timestamp": now}
        published = common | {"revision": page.live_revision, "data": {}}
        if page.title != change.former_title:
            published["data"] = {"title": {"old": change.former_title, "new": page.title}}
            entries.append(PageLogEntry(action="wagtail.rename", **published))
        if change.facts:
            entries.append(PageLogEntry(action="wagtail.publish", content_changed=True, **published))
        entries.append(PageLogEntry(action="organisations.imported", data=history(change.row, change.values), **common))
    PageLogEntry.objects.bulk_create(entries)
