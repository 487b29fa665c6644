"""What of an organisation's contact details may be public, and the one place that makes it so."""

from functools import partial
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from wagtail.search.index import insert_or_update_object

from organisations import places
from organisations.models.entry import DISTRICT, EXACT, FORM_ONLY, DirectoryEntry, DirectoryVersion
from organisations.models.office import OfficeRecord

# Degrees: about 1 km and 10 km. Only for places that no list of ours knows.
COARSE = {DISTRICT: 2, "town": 1}
# What the index of words holds of the public entry.
SEARCHABLE = ("postal_code", "place", "municipality")


@transaction.atomic
def release(organisation: models.Model) -> DirectoryEntry:
    """Write the public entry anew from the office's record. Call after every change of either."""
    record, _created = OfficeRecord.objects.get_or_create(organisation=organisation)
    values = entry_values(organisation, record, DirectoryVersion.next())
    before = DirectoryEntry.objects.filter(organisation=organisation).values(*SEARCHABLE).first()
    entry, _created = DirectoryEntry.objects.update_or_create(
        organisation=organisation, defaults=values, create_defaults={"key": organisation.translation_key, **values}
    )
    organisation.entry = entry  # nobody who holds this page shall go on with what was public before
    if before and before != {name: values[name] for name in SEARCHABLE}:
        transaction.on_commit(partial(_index, type(organisation), organisation.translation_key))
    return entry


def entry_values(organisation: models.Model, record: OfficeRecord, number: int) -> dict:
    """What `release` writes, for whoever writes many at once."""
    values = {"number": number, "changed_at": timezone.now(), **released(record)}
    if record.open_data and organisation.live:
        values["was_open_data"] = True
    return values


def _index(model: type[models.Model], translation_key: UUID) -> None:
    """The search knows the released place by name: what is no longer public must not be found by it."""
    for version in model.objects.filter(translation_key=translation_key):
        insert_or_update_object(version)


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
