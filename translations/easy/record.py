"""What is known about each text in Leichte Sprache, kept true: by publications on both sides, and by people's word."""

from datetime import date

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.locales import language_of
from translations.easy.german import Change, changes, fingerprint, say_the_same, texts_of
from translations.models import EasyText


def german_page(text: Page) -> Page | None:
    german = Page.objects.filter(translation_key=text.translation_key, locale__language_code=SOURCE_LANGUAGE)
    return german.first()


def of(text: Page) -> EasyText:
    """The record of a text. One that was never asked for begins with the German text of today."""
    record = EasyText.objects.filter(page_id=text.pk).first()
    if record is None:
        record, created = EasyText.objects.get_or_create(page_id=text.pk, defaults=_german_of_today(text))
        if created and text.live:
            note_live_text(record, text)
    return record


def _german_of_today(text: Page) -> dict:
    german = german_page(text)
    if german is None:
        return {}
    return {
        "based_on_id": german.live_revision_id or german.latest_revision_id,
        "based_on_at": german.last_published_at or timezone.now(),
        "german": texts_of(german),
        "german_changed_at": None,
    }


def still_fits(text: Page) -> None:
    """Somebody has looked at the German text as it is now: from here on, the text is based on that."""
    EasyText.objects.filter(pk=of(text).pk).update(**_german_of_today(text), updated_at=timezone.now())


def german_changes(record: EasyText) -> list[Change]:
    german = german_page(record.page)
    return changes(record.german, texts_of(german)) if german else []


def note_check(record: EasyText, *, by: str, on: date | None) -> None:
    """A check is of the words that are in the latest draft; whoever changes them later needs a new one."""
    record.checked_by, record.checked_on = by, on
    record.checked_text = fingerprint(record.page.get_latest_revision_as_object()) if by and on else ""
    if not record.checked_text:
        record.has_seal = False


def note_live_text(record: EasyText, text: Page) -> None:
    record.live_text = fingerprint(text)
    record.save(update_fields=["live_text", "updated_at"])


@receiver(page_published)
def follow_publication(instance: Page, **kwargs) -> None:
    language = language_of(instance.locale_id)
    if instance.alias_of_id:
        return
    if language == SOURCE_LANGUAGE:
        if EasyText.objects.filter(page__translation_key=instance.translation_key).exists():
            _compare_with(instance)
    elif language == EASY_LANGUAGE:
        note_live_text(of(instance), instance)


@transaction.atomic
def _compare_with(german: Page) -> None:
    records = EasyText.objects.select_for_update(of=("self",)).filter(page__translation_key=german.translation_key)
    for record in records:
        same = say_the_same(record.german, texts_of(german))
        if same and record.german_changed_at:
            record.german_changed_at = None
        elif not same and not record.german_changed_at:
            record.german_changed_at = timezone.now()
        else:
            continue
        record.save(update_fields=["german_changed_at", "updated_at"])
