"""What of an organisation's contact details may be public, and the one place that makes it so."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from core.indexing import index_many
from organisations import places
from organisations.models.entry import DISTRICT, EXACT, FORM_ONLY, DirectoryEntry, DirectoryVersion
from organisations.models.office import OfficeRecord

# Degrees: about 1 km and 10 km. Only for places that no list of ours knows.
COARSE = {DISTRICT: 2, "town": 1}
# What the index of words holds of the public entry.
SEARCHABLE = ("postal_code", "place", "municipality")
WRITTEN = [field.name for field in DirectoryEntry._meta.fields if field.name not in ("id", "key", "organisation")]


@transaction.atomic
def release(organisation: models.Model) -> None:
    """Write the public entry anew from the office's record. Call after every change of either."""
    record, _created = OfficeRecord.objects.get_or_create(organisation=organisation)
    release_many([(organisation, record)])


@transaction.atomic
def release_many(changed: Sequence[tuple[models.Model, OfficeRecord]]) -> None:
    """The same for several organisations of one kind, with the record of each."""
    number, now = DirectoryVersion.next(), timezone.now()
    known = DirectoryEntry.objects.in_bulk([page.pk for page, _record in changed], field_name="organisation_id")
    new, moved = [], []
    for page, record in changed:
        # Nobody who holds this page shall go on with what was public before.
        page.entry = known.get(page.pk) or DirectoryEntry(organisation=page, key=page.translation_key)
        before = [getattr(page.entry, name) for name in SEARCHABLE]
        _write(page.entry, {"number": number, "changed_at": now, **released(record)})
        page.entry.was_open_data |= record.open_data and page.live
        if page.pk not in known:
            new.append(page.entry)
        elif before != [getattr(page.entry, name) for name in SEARCHABLE]:
            moved.append(page)
    DirectoryEntry.objects.bulk_create(new)
    # Not bulk_update: with so many columns it takes longer than all the rest.
    DirectoryEntry.objects.bulk_create(
        known.values(), update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN
    )
    if moved:
        transaction.on_commit(partial(index, type(moved[0]), [page.translation_key for page in moved]))


def _write(entry: DirectoryEntry, values: dict) -> None:
    for name, value in values.items():
        setattr(entry, name, value)


def index(model: type[models.Model], translation_keys: list[UUID]) -> None:
    """The search knows the released place by name: what is no longer public must not be found by it."""
    index_many(model, [*model.get_indexed_objects().filter(translation_key__in=translation_keys)])


def released(record: OfficeRecord) -> dict:
    """The values of the public entry. What is not released is left out here, before anything is stored."""
    entry = {
        "precision": record.precision,
        "street": record.street if record.precision == EXACT else "",
        "postal_code": record.postal_code if record.precision in (EXACT, DISTRICT) else "",
        "place": record.place if record.precision != FORM_ONLY else "",
        "municipality": record.municipality if record.precision != FORM_ONLY else "",
        "state": record.state,
        "phone": record.phone if record.shows_phone else "",
        "confirmed_on": record.confirmed_on,
        "due_on": record.due_on,
        "open_data": record.open_data,
    }
    entry["latitude"], entry["longitude"] = _position(record)
    return entry


def _position(record: OfficeRecord) -> tuple[float | None, float | None]:
    """The exact point, or the middle of the district or town that it lies in."""
    own = None if record.latitude is None else (float(record.latitude), float(record.longitude))
    if record.precision == FORM_ONLY:
        return None, None
    district = places.centre_of_postal_code(record.postal_code)
    town = places.centre_of(record.place, record.state)
    if record.precision == EXACT:
        return own or district or town or (None, None)
    middle = (district or town) if record.precision == DISTRICT else town
    if middle:
        return middle
    return tuple(round(degrees, COARSE[record.precision]) for degrees in own) if own else (None, None)


def touch(organisations: models.QuerySet) -> None:
    """Count these as changed without new contact details, such as after a move or a new name of a network."""
    with transaction.atomic():
        DirectoryEntry.objects.filter(organisation__in=organisations.values("pk")).update(
            number=DirectoryVersion.next(), changed_at=timezone.now()
        )
