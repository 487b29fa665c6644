"""Whose organisations somebody keeps: those below the pages they may change. Coordinators their network's, the office all."""

from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from core.languages import SOURCE_LANGUAGE
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage


def organisations_of(user) -> PageQuerySet:
    return _changeable(OrganisationPage, user)


def networks_of(user) -> PageQuerySet:
    return _changeable(NetworkPage, user)


def keeps_organisations(user) -> bool:
    """Whether there is anywhere an organisation could be this user's, even if there is none yet.

    Asked by menu, panel and view: remembered with the user, that is for one request.
    """
    if not hasattr(user, "_keeps_organisations"):
        user._keeps_organisations = _changeable(Page, user).type(DirectoryPage, NetworkPage).exists()
    return user._keeps_organisations


def _changeable(model, user) -> PageQuerySet:
    """The source pages: facts, reminders and confirmations are theirs, whichever language they are read in."""
    policy = policy_registry.get_by_type(Page).for_model(model)
    return policy.instances_user_has_permission_for(user, "change").filter(locale__language_code=SOURCE_LANGUAGE)
