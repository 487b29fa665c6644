"""What readers say is wrong in a translation, for the people responsible for the language."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.public_forms import first_time
from translations.models import ReaderNote

KEPT_FOR = timedelta(days=90)


@transaction.atomic
def leave(key: UUID, locale_id: int, text: str) -> None:
    """The same text about the same page comes in once, however often it is sent."""
    if first_time("reader note", key, locale_id, text):
        ReaderNote.objects.create(translation_key=key, locale_id=locale_id, text=text)


def forget_handled() -> int:
    """Handled long ago; returns how many were deleted."""
    return ReaderNote.objects.filter(handled_at__lt=timezone.now() - KEPT_FOR).delete()[0]
