"""Which organisations an import or export has to do with."""

from django.db.models import QuerySet

from core.languages import SOURCE_LANGUAGE
from organisations.member_list.columns import CHILDREN, TERMS
from organisations.models import NetworkPage, OrganisationPage


def reachable(network: NetworkPage | None) -> QuerySet:
    """Those of the network; without one all. Drafts, too."""
    pages = OrganisationPage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
    return pages.child_of(network) if network else pages


def readable(pages: QuerySet) -> QuerySet:
    """With everything that a row of the list shows."""
    return (
        pages.filter(locale__language_code=SOURCE_LANGUAGE)
        .select_related("record")
        .prefetch_related(*CHILDREN, *TERMS)
        .defer_streamfields()
    )
