"""Changes facts of a profile from outside the editor, such as those from the member list or from the organisation itself.

What holds of the live version holds at once. A draft that waits gets the same facts, so that publishing it later does
not bring the old ones back; its other changes stay what they were: unpublished. Workflows and schedules go on.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

from organisations.models import OrganisationPage


@transaction.atomic
def change_facts(page: OrganisationPage, values: Mapping[str, Any], user=None) -> bool:
    """Whether anything was changed. ValidationError with the names of the fields where a value cannot be.

    `values` is field name to value: an iterable of terms for a many-to-many field, an iterable of dictionaries for
    child rows such as `spoken_languages`, which replace those there are. `page` may be any copy of it; read it again
    afterwards. Rights are the caller's business. Contact details are not facts of the page: see `OfficeRecord`.
    """
    page = OrganisationPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not page.live:
        return _change_unpublished(page, values, user)
    waiting = page.get_latest_revision() if page.has_unpublished_changes else None
    scheduled = [*page.revisions.exclude(approved_go_live_at=None)]
    changed = bool(set_facts(page, values))
    if changed:
        _publish(page, user)
    _change_scheduled(scheduled, waiting, values)
    if waiting:
        changed = _renew_draft(waiting, scheduled, values, user, log_it=not changed) or changed
    return changed


def set_facts(page: OrganisationPage, values: Mapping[str, Any]) -> list[str]:
    """On the object in memory only. The names of what is another than before."""
    return [name for name, value in values.items() if _set(page, name, value)]


def _set(page: OrganisationPage, name: str, value: Any) -> bool:
    if name in {relation.get_accessor_name() for relation in get_all_child_relations(OrganisationPage)}:
        return _set_rows(page, name, value)
    field = OrganisationPage._meta.get_field(name)
    if isinstance(field, ParentalManyToManyField):
        return _set_terms(page, name, value)
    before = field.value_from_object(page)
    setattr(page, name, value)
    return field.get_prep_value(before) != field.get_prep_value(field.value_from_object(page))


def _set_terms(page: OrganisationPage, name: str, terms: Iterable) -> bool:
    terms, manager = [*terms], getattr(page, name)
    if {term.pk for term in manager.all()} == {term.pk for term in terms}:
        return False
    manager.set(terms)
    return True


def _set_rows(page: OrganisationPage, name: str, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Rows that stay the same keep their identity, and with it what a draft says about them."""
    manager, rows = getattr(page, name), [*rows]
    before = [*manager.all()]
    left, after = [*before], []
    for row in rows:
        kept = next((one for one in left if all(getattr(one, key) == value for key, value in row.items())), None)
        if kept:
            left.remove(kept)
        after.append(kept or manager.model(**row))
    if after == before and not left:
        return False
    for place, row in enumerate(after):
        row.sort_order = place
    manager.set(after)
    return True


class _Publish(PublishPageRevisionAction):
    """As Wagtail publishes, but a workflow that the draft is in goes on: the draft is not what is published."""

    def _after_publish(self):
        page_published.send(sender=type(self.object), instance=self.object, revision=self.revision)
        published.send(sender=type(self.object), instance=self.object, revision=self.revision)
        self.object.update_aliases(revision=self.revision, _content=self.revision.content)


def _publish(page: OrganisationPage, user) -> None:
    _Publish(page.save_revision(user=user), user=user).execute(skip_permission_checks=True)


def _change_scheduled(scheduled: list[Revision], waiting: Revision | None, values: Mapping[str, Any]) -> None:
    """Versions that go live by themselves stay on the clock, from which publishing has taken them."""
    for revision in scheduled:
        if waiting and revision.pk == waiting.pk:
            continue
        page = revision.as_object()
        set_facts(page, values)
        content = page.serializable_data()
        Revision.objects.filter(pk=revision.pk).update(
            content=content, approved_go_live_at=revision.approved_go_live_at
        )


def _renew_draft(waiting: Revision, scheduled: list[Revision], values, user, *, log_it: bool) -> bool:
    """The draft as the newest version again, now with these facts."""
    draft = waiting.as_object()
    changed = bool(set_facts(draft, values))
    newest = OrganisationPage.objects.values_list("latest_revision_id", flat=True).get(pk=draft.pk)
    if not changed and newest == waiting.pk:
        return False
    goes_live = next((one.approved_go_live_at for one in scheduled if one.pk == waiting.pk), None)
    revision = draft.save_revision(user=user, approved_go_live_at=goes_live, clean=False, log_action=log_it)
    if goes_live:
        Revision.objects.filter(pk=waiting.pk).update(approved_go_live_at=None)
    _keep_workflow(draft, revision)
    return changed


def _keep_workflow(draft: Page, revision: Revision) -> None:
    state = draft.current_workflow_state
    if state and state.current_task_state:
        state.current_task_state.revision = revision
        state.current_task_state.save(update_fields=["revision"])


def _change_unpublished(page: OrganisationPage, values: Mapping[str, Any], user) -> bool:
    """A page that is not public is written as the editor writes it: the draft, and the row behind it."""
    waiting = page.get_latest_revision()
    draft = waiting.as_object() if waiting else page
    if not set_facts(draft, values):
        return False
    draft.full_clean()
    draft.save()
    goes_live = waiting.approved_go_live_at if waiting else None
    revision = draft.save_revision(user=user, approved_go_live_at=goes_live, clean=False)
    if goes_live:
        Revision.objects.filter(pk=waiting.pk).update(approved_go_live_at=None)
    _keep_workflow(draft, revision)
    log(draft, "wagtail.edit", user=user, revision=revision, content_changed=True)
    return True
