"""What the desk holds on readers; see core.personal_data."""

from django.db.models import QuerySet

from core.email_addresses import normalised
from core.personal_data import Holding
from translations.models import ReaderNote


def notes_naming(address: str) -> QuerySet[ReaderNote]:
    """Nobody is asked for an address, but some sign what they write."""
    if "@" not in address.strip().strip("@"):
        return ReaderNote.objects.none()
    return ReaderNote.objects.filter(text__icontains=address.strip()) | ReaderNote.objects.filter(
        text__icontains=normalised(address)
    )


HOLDINGS = [Holding(ReaderNote, notes_naming)]
