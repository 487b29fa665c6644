"""For which page types a machine's text may go public before anybody has read it: for none, unless administrators say so."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, get_page_models

from translations.models import MachinePolicy


def allows(model: type) -> bool:
    content_type = ContentType.objects.get_for_model(model)
    return MachinePolicy.objects.filter(content_type=content_type, may_publish_unreviewed=True).exists()


def page_types() -> list[ContentType]:
    models = [model for model in get_page_models() if model is not Page and not model._meta.abstract]
    found = ContentType.objects.get_for_models(*models).values()
    return sorted(found, key=lambda content_type: str(content_type.name).casefold())


@transaction.atomic
def allow_only(content_types: set[int], user) -> None:
    """Exactly these types; every change is logged."""
    policies = {policy.content_type_id: policy for policy in MachinePolicy.objects.all()}
    for content_type in page_types():
        policy = policies.get(content_type.pk) or MachinePolicy(content_type=content_type)
        wanted = content_type.pk in content_types
        if policy.may_publish_unreviewed != wanted:
            policy.may_publish_unreviewed = wanted
            policy.save()
            log(instance=policy, action="wagtail.edit", user=user, data={"may_publish_unreviewed": wanted})
