"""Counts every change of the directory, whatever caused it, so that its index and its followers learn of it.

Saving an organisation counts by itself (`safety.release`); here is what changes one without saving it.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from organisations.models import (
    DirectoryEntry,
    DirectoryVersion,
    NetworkPage,
    OrganisationPage,
    Service,
    TargetGroup,
    Task,
)
from organisations.safety import touch


@receiver(pre_delete, sender=OrganisationPage)
@transaction.atomic
def leave_a_trace(instance, **kwargs):
    entry = DirectoryEntry.objects.filter(organisation=instance.pk).first()
    if entry:
        kept = {"pk": entry.pk, "key": entry.key, "was_open_data": entry.was_open_data}
        DirectoryEntry(**kept, number=DirectoryVersion.next(), due_on=timezone.localdate()).save()


@receiver(post_page_move)
def count_moved(instance, **kwargs):
    touch(OrganisationPage.objects.descendant_of(instance, inclusive=True))


@receiver([post_save, post_delete], sender=PageViewRestriction)
def count_locked(instance, **kwargs):
    touch(OrganisationPage.objects.descendant_of(instance.page, inclusive=True))


@receiver([page_published, page_unpublished], sender=NetworkPage)
def count_members(instance, **kwargs):
    touch(OrganisationPage.objects.child_of(instance) | OrganisationPage.objects.filter(other_networks=instance.pk))


@receiver([page_published, page_unpublished], sender=OrganisationPage)
def count_translated(instance, **kwargs):
    """Its source is a row of its own, which nobody has saved."""
    if instance.source is not instance:
        touch(OrganisationPage.objects.filter(pk=instance.source.pk))


@receiver([post_save, pre_delete], sender=Task)
@receiver([post_save, pre_delete], sender=Service)
@receiver([post_save, pre_delete], sender=TargetGroup)
def count_users_of(instance, **kwargs):
    touch(instance.organisationpage_set.all())
