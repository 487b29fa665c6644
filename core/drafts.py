"""Whose unpublished pages somebody knows of."""

from django.db.models import Q
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet


def known_to(user, pages: PageQuerySet) -> PageQuerySet:
    """Live pages, and the drafts of where this user works."""
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))
