"""Handing a finished translation to the people responsible for its language."""

from django.db import transaction
from wagtail.models import Page, Revision, TranslatableMixin, WorkflowState
from wagtail.workflows import publish_workflow_state
from wagtail_localize.models import Translation

from translations import provenance
from translations.models import Review
from translations.rights import is_locked, may_change, may_publish


def missing_texts(translation: Translation) -> int:
    total, translated = translation.get_progress()
    return total - translated


def may_submit(user, page: Page) -> bool:
    """Whoever may publish needs no review."""
    return (
        may_change(user, page)
        and not may_publish(user, page)
        and not is_locked(user, page)
        and not page.workflow_in_progress
        and page.has_workflow
    )


@transaction.atomic
def submit(translation: Translation, user) -> None:
    """Start the review of the texts as they are now; the live page stays as it is.

    The draft comes from a page that is never saved: wagtail-localize's own draft would write into the live row.
    Raises ValidationError where a text does not fit its field.
    """
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    revision = draft.save_revision(user=user, log_action=True)
    texts = provenance.digests(provenance.texts_of(draft, translation))
    Review.objects.create(translation=translation, revision=revision, texts=texts)
    page = Page.objects.get(pk=draft.pk).specific
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=user)
    else:
        page.get_workflow().start(page, user)


def publish_reviewed(state: WorkflowState, user=None) -> None:
    """What was reviewed goes live, not what somebody may have saved since (Wagtail's own way takes the latest draft).

    The review is written down first, so that the page is published as reviewed.
    """
    page = state.content_object
    translation = provenance.translation_of(page) if isinstance(page, Page) else None
    if translation is None or not translation.enabled:
        publish_workflow_state(state, user=user)
        return
    revision = state.current_task_state.revision
    review = Review.objects.filter(translation=translation, revision=revision, reviewed_at=None).first()
    if review:
        review.give(user)
        review.save()
    else:
        record(translation, revision, user)
    revision.publish(user=user)


def record(translation: Translation, revision: Revision, user, left_out=()) -> Review:
    """That `user` has read what the revision says, but for the texts `left_out`."""
    texts = provenance.digests(provenance.texts_of(revision.as_object(), translation))
    for text in left_out:
        texts.pop(text.digest, None)
    return _give(Review(translation=translation, revision=revision, texts=texts), user)


def record_term(translation: Translation, term: TranslatableMixin, user) -> Review:
    """The same for what has no revisions."""
    texts = provenance.digests(provenance.texts_of(term, translation))
    return _give(Review(translation=translation, texts=texts), user)


def _give(review: Review, user) -> Review:
    review.give(user)
    review.save()
    return review


def cancel(page: Page, user) -> None:
    """A review of a text that has been published meanwhile would bring the older text back."""
    state = page.current_workflow_state
    if state:
        state.cancel(user=user)


def actions(user, page: Page) -> list[tuple[str, str, int]]:
    """What the user may answer to a page in review: (name, label, id of the task's state)."""
    state = page.current_workflow_task_state
    if not state:
        return []
    return [
        (name, label, state.pk)
        for name, label, asks_for_more in state.task.specific.get_actions(page, user)
        if not asks_for_more or name == "reject"
    ]
