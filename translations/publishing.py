"""The one way in which a translation of segments goes live.

What goes live by other ways (a review that is approved, a date set in Wagtail, many pages at once) is written down by
`provenance.record_publication` all the same.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)

from translations import provenance, review
from translations.editor.checks import Finding, check_translation
from translations.machine import policy
from translations.models import Provenance
from translations.plain_text import plain
from translations.rights import is_locked, may_publish

MOST_NAMED = 3


@dataclass(frozen=True)
class Missing:
    """A text that is not translated yet. What is `shown_elsewhere`, as in lists, cannot be published in German."""

    words: str
    field: str
    shown_elsewhere: bool


class Refused(Exception):
    """Says to the user why the translation was not published."""


class Locked(Refused):
    pass


class DoesNotFit(ValidationError):
    """A text is too long for its field, or the like."""


class Incomplete(Refused):
    """`missing` names the texts; `may_be_accepted` says whether a lead may publish with these gaps."""

    def __init__(self, missing: list[Missing]):
        self.missing = missing
        self.may_be_accepted = not any(text.shown_elsewhere for text in missing)
        text = ngettext(
            "%(count)s text is not translated yet.", "%(count)s texts are not translated yet.", len(missing)
        )
        super().__init__(text % {"count": len(missing)})


class Damaged(Refused):
    """What the checks call an error: damaged links, a lost placeholder, a text longer than its field."""

    def __init__(self, findings: list[Finding]):
        self.findings = findings
        super().__init__("; ".join(f"{finding.place}: {finding.message}" for finding in findings[:MOST_NAMED]))


class Unreviewed(Refused):
    """`texts` were written by a machine, and nobody has said yet that they are right."""

    def __init__(self, texts: list[provenance.Text]):
        self.texts = texts
        text = ngettext(
            "%(count)s text was translated by a machine and has not been reviewed.",
            "%(count)s texts were translated by a machine and have not been reviewed.",
            len(texts),
        )
        super().__init__(text % {"count": len(texts)})


def may_stay_unreviewed(model: type[TranslatableMixin]) -> bool:
    """Whether an administrator lets machine translations of this kind of page go live before anybody has read them."""
    return policy.allows(model)


def publish(translation: Translation, user, *, accept_gaps: bool = False, reviewed: bool = False) -> TranslatableMixin:
    """Bring the texts as they are now to the public; returns the page or term.

    `reviewed` is the user's word that the machine's texts are right; `accept_gaps` that German passages may stay.
    Without a user, as when a release goes live by the clock, rights were asked before and nobody reviews anything.
    Raises PermissionDenied, Refused, or ValidationError where a text does not fit its field.
    """
    with transaction.atomic():
        # Of two clicks the second waits here, and then finds that there is nothing left to do.
        translation = (
            Translation.objects.select_for_update().select_related("source", "target_locale").get(pk=translation.pk)
        )
        target = translation.get_target_instance()
        _check_rights(user, target)
        missing = missing_texts(translation, target)
        if missing and not (accept_gaps and Incomplete(missing).may_be_accepted):
            raise Incomplete(missing)
        if errors := [finding for finding in check_translation(translation) if finding.is_error]:
            raise Damaged(errors)
        try:
            return _publish(translation, target, user, reviewed, accepted=bool(missing))
        except DoesNotFit as error:
            refused = error  # nothing has changed but what wagtail-localize has noted at the text, and that is kept
    raise refused


def _check_rights(user, target: TranslatableMixin) -> None:
    if user and not may_publish(user, target):
        raise PermissionDenied
    if is_locked(user, target) if user else getattr(target, "locked", False):
        raise Locked(_("The page is locked, for example because it is being reviewed."))


def _publish(translation, target, user, reviewed: bool, accepted: bool) -> TranslatableMixin:
    unreviewed = _unreviewed(translation)
    model = target.specific_class if isinstance(target, Page) else type(target)
    if unreviewed and not reviewed and not may_stay_unreviewed(model):
        raise Unreviewed(unreviewed)
    if not isinstance(target, Page):
        target = _put_together(translation, user, publish=True)
        if user and unreviewed and reviewed:
            review.record_term(translation, target, user)
        return target
    made_of = ingredients(translation)
    is_new = not _is_live_as(target, made_of)
    if is_new:
        target = _put_together(translation, user, publish=False)
    if user and (is_new or (reviewed and unreviewed)):
        review.record(translation, target.latest_revision, user, left_out=() if reviewed else unreviewed)
    if is_new:
        review.cancel(target, user)
        target.latest_revision.publish(user=user)
        target.refresh_from_db()
    else:
        provenance.record(target)
    row = Provenance.objects.filter(pk=target.pk)
    row.update(ingredients=made_of, gaps_accepted_by=user if accepted else None)
    return target


def _put_together(translation: Translation, user, *, publish: bool) -> TranslatableMixin:
    """Page or term from the stored texts; a page becomes a draft whose texts the live row has already."""
    before = transaction.savepoint_create()
    try:
        translation.source.create_or_update_translation(
            translation.target_locale, user=user, publish=publish, copy_parent_pages=True, fallback=True
        )
    except ValidationError as error:
        raise DoesNotFit(error) from error
    except DataError as error:  # PostgreSQL takes no note at a text that fits no field at all
        transaction.savepoint_rollback(before)
        transaction.set_rollback(False)
        raise DoesNotFit(_("The text is missing, or too long for its field.")) from error
    transaction.savepoint_commit(before)
    return translation.get_target_instance()


def _unreviewed(translation: Translation) -> list[provenance.Text]:
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    texts = provenance.texts_of(page, translation)
    return provenance.without_review((text for text in texts if text.made_by == provenance.MACHINE), translation)


def _is_live_as(page: Page, now: str) -> bool:
    """Whether just this has been published already."""
    row = Provenance.objects.filter(pk=page.pk, ingredients=now).first()
    return bool(
        row and page.live and not page.has_unpublished_changes and row.revision_id == page.live_revision_id is not None
    )


def missing_texts(translation: Translation, target: TranslatableMixin | None = None) -> list[Missing]:
    """In the order of the page."""
    target = target or translation.get_target_instance()
    model = target.specific_class if isinstance(target, Page) else type(target)
    return [
        Missing(plain(data), _label(model, path), is_shown_elsewhere(model, path))
        for path, data in _untranslated(translation).values_list("context__path", "string__data")
    ]


def gaps_of(draft: Page, translation: Translation) -> list[Missing]:
    """The German texts in a page as it is in memory, for example one that waits for approval."""
    return [
        Missing(text.words, _label(type(draft), text.path), is_shown_elsewhere(type(draft), text.path))
        for text in provenance.texts_of(draft, translation)
        if text.made_by == provenance.GAP
    ]


def is_shown_elsewhere(model: type[TranslatableMixin], path: str) -> bool:
    """Whether lists, the frame of all pages or search engines show this text, where no mark can say it is German."""
    fields = getattr(model, "shown_elsewhere", None)
    return fields is None or path.partition(".")[0] in fields


def _untranslated(translation: Translation) -> QuerySet:
    texts = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    segments = StringSegment.objects.filter(source=translation.source_id).filter(~Exists(texts))
    return segments.order_by("order", "pk")


def _label(model: type[TranslatableMixin], path: str) -> str:
    name = path.partition(".")[0]
    field = next((field for field in model._meta.get_fields() if field.name == name), None)
    return str(getattr(field, "verbose_name", name))


def ingredients(translation: Translation) -> str:
    """A digest of all that the page is put together from."""
    locale, source = translation.target_locale_id, translation.source_id
    strings = StringSegment.objects.filter(source=source).annotate_translation(locale)
    parts = [
        *strings.order_by("order", "pk").values_list("context_id", "order", "string_id", "attrs", "translation"),
        *TemplateSegment.objects.filter(source=source).order_by("order", "pk").values_list("context_id", "template_id"),
        *OverridableSegment.objects.filter(source=source)
        .annotate_override_json(locale)
        .order_by("order", "pk")
        .values_list("context_id", "data_json", "override_json"),
    ]
    return sha256(repr(parts).encode()).hexdigest()
