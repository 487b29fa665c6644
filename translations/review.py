"""Handing a finished translation to the people responsible for its language."""

from django.db import transaction
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

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
    draft.save_revision(user=user, log_action=True)
    page = Page.objects.get(pk=draft.pk).specific
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=user)
    else:
        page.get_workflow().start(page, user)


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
