"""What readers say is wrong, for those who may change the page that it is about."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.languages import LANGUAGE_NAMES
from core.locales import language_of
from translations.models import ReaderNote


def notes_seen_by(user) -> QuerySet[ReaderNote]:
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    here = pages.filter(translation_key=OuterRef("translation_key"), locale_id=OuterRef("locale_id"))
    return ReaderNote.objects.filter(Exists(here))


def waiting_for(user) -> QuerySet[ReaderNote]:
    return notes_seen_by(user).filter(handled_at=None)


def with_pages(notes: Iterable[ReaderNote]) -> list[ReaderNote]:
    """With `page`, `language` and its name; one query for all."""
    notes = [*notes]
    pages = Page.objects.filter(
        translation_key__in={note.translation_key for note in notes}, locale__in={note.locale_id for note in notes}
    )
    found = {(page.translation_key, page.locale_id): page for page in pages}
    for note in notes:
        note.page = found.get((note.translation_key, note.locale_id))
        note.language = language_of(note.locale_id)
        note.language_name = LANGUAGE_NAMES.get(note.language, note.language)
    return notes


def handle(note: ReaderNote, by) -> None:
    ReaderNote.objects.filter(pk=note.pk, handled_at=None).update(handled_at=timezone.now(), handled_by=by)


def reopen(note: ReaderNote) -> None:
    ReaderNote.objects.filter(pk=note.pk).update(handled_at=None, handled_by=None)
