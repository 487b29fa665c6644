"""What people do with a release before it goes live."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.languages import SOURCE_LANGUAGE
from core.locales import language_of
from translations import outdated, review
from translations.models import Release, ReleaseItem, ReleaseText
from translations.releases import german
from translations.releases.readiness import Cell
from translations.rights import is_locked, may_publish

# A release is one transaction, and nobody else writes to SQLite meanwhile: an eighth of a second for each text.
MOST_PAGES = 20
MOST_TEXTS = 60


@transaction.atomic
def add(release: Release, page: Page, user) -> ReleaseItem:
    if language_of(page.locale_id) != SOURCE_LANGUAGE or page.depth < 2:
        raise ValidationError(_("Choose a German page."))
    if not may_publish(user, page):
        raise ValidationError(_("You may not publish the page “%(page)s”.") % {"page": page})
    Release.objects.select_for_update().get(pk=release.pk)
    other = Release.objects.filter(
        state__in=(Release.State.PLANNED, Release.State.HELD), items__translation_key=page.translation_key
    ).first()
    if other:
        raise ValidationError(
            _("The page “%(page)s” is already in the release “%(release)s”.") % {"page": page, "release": other}
        )
    if release.items.count() >= MOST_PAGES:
        raise ValidationError(_("At most %(count)s pages go live together.") % {"count": MOST_PAGES})
    item = ReleaseItem(release=release, translation_key=page.translation_key)
    german.choose(item, page, draft=True)
    check_size(release)
    return item


def check_size(release: Release) -> None:
    pages, languages = release.items.count(), release.languages.filter(is_required=True).count() + 1
    if pages * languages > MOST_TEXTS:
        raise ValidationError(
            _("%(pages)s pages in %(languages)s languages are too many at once. Require fewer languages, or make two.")
            % {"pages": pages, "languages": languages}
        )


@transaction.atomic
def remove(item: ReleaseItem) -> None:
    _give_back_text(item)
    item.release.texts.filter(translation_key=item.translation_key, went_live_at=None).delete()
    item.delete()


@transaction.atomic
def cancel(release: Release) -> bool:
    cancelled = Release.objects.filter(pk=release.pk, state__in=(Release.State.PLANNED, Release.State.HELD)).update(
        state=Release.State.CANCELLED
    )
    if cancelled:
        for item in release.items.all():
            _give_back_text(item)
    return bool(cancelled)


def _give_back_text(item: ReleaseItem) -> None:
    """Translators work on the public text again."""
    page = german.pages_of([item.translation_key]).get(item.translation_key)
    if page and page.live and item.takes_draft:
        outdated.refresh(page.specific)


def set_time(release: Release, moment: datetime, user) -> bool:
    """From now on it is `user` whose rights count."""
    return bool(
        Release.objects.filter(pk=release.pk, state__in=(Release.State.PLANNED, Release.State.HELD)).update(
            go_live_at=moment, state=Release.State.PLANNED, started_by=user, attempts=0, report=[]
        )
    )


@transaction.atomic
def call_ready(cell: Cell, release: Release, user) -> None:
    """`user` stands for the text as it is; a change brings it back. Raises ValidationError where it does not fit."""
    if is_locked(user, cell.page):
        raise ValidationError(_("The page is locked, for example because it is being reviewed."))
    if cell.translation:
        translation = Translation.objects.select_for_update().select_related("source").get(pk=cell.translation.pk)
        draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        review.record(translation, draft.save_revision(user=user, log_action=True), user)
    _note(cell, release, ready_by=user, ready_at=timezone.now())


def take_back(cell: Cell, release: Release) -> None:
    _note(cell, release, ready_by=None, ready_at=None)


def _note(cell: Cell, release: Release, **values) -> None:
    ReleaseText.objects.update_or_create(
        release=release, translation_key=cell.item.translation_key, locale=cell.locale, defaults=values
    )


@receiver(post_save, sender=Translation)
def offer_draft(instance: Translation, created: bool, raw: bool = False, **kwargs) -> None:
    """A language that joins later gets the text that will be public. Afterwards: its page is still being made."""
    if created and not raw:
        transaction.on_commit(partial(_offer, instance.source.object_id), robust=True)


def _offer(translation_key) -> None:
    item = ReleaseItem.objects.filter(
        translation_key=translation_key,
        takes_draft=True,
        release__state__in=(Release.State.PLANNED, Release.State.HELD),
    ).first()
    page = german.pages_of([translation_key]).get(translation_key) if item else None
    if page:
        german.offer_text(item, page)
