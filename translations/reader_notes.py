"""What readers say is wrong in a translation, for the people responsible for the language."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.public_forms import first_time
from translations.models import ReaderNote

KEPT_FOR = timedelta(days=90)  # after it was handled
LONGEST_KEPT = timedelta(days=400)  # where nobody handles it


@transaction.atomic
def leave(key: UUID, locale_id: int, text: str) -> None:
    """The same text about the same page comes in once, however often it is sent."""
    if first_time("reader note", key, locale_id, text):
        ReaderNote.objects.create(translation_key=key, locale_id=locale_id, text=text)


def forget_old() -> int:
    """Handled long ago, or not handled for so long that the text is another one; returns how many were deleted."""
    now = timezone.now()
    old = Q(handled_at__lt=now - KEPT_FOR) | Q(handled_at=None, created_at__lt=now - LONGEST_KEPT)
    return ReaderNote.objects.filter(old).delete()[0]
