"""The organisations somebody keeps, with what a list of them shows, is filtered and sorted by."""

from collections import defaultdict

import django_filters
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from organisations.completeness import CRITERIA, with_completeness
from organisations.models import NetworkPage, OrganisationPage, Proposal
from organisations.rights import networks_of, organisations_of

SEARCHED = [
    "title",
    "short_name",
    "legal_name",
    "member_number",
    "record__place",
    "record__postal_code",
    "record__email",
]
OVERDUE, NEVER, CONFIRMED = "overdue", "never", "confirmed"
ANYTHING, NO_NETWORK = "anything", "none"


def overview_of(user) -> QuerySet:
    """With `network_title`, completeness, and of a proposal that waits its key and date."""
    organisations = organisations_of(user).select_related("record", "entry").defer_streamfields()
    return with_completeness(organisations).annotate(
        parent_path=Left("path", Length("path") - OrganisationPage.steplen),
        network_title=Subquery(NetworkPage.objects.filter(path=OuterRef("parent_path")).values("title")[:1]),
        waiting=_waiting("pk"),
        waiting_since=_waiting("created_at"),
    )


def _waiting(value: str) -> Subquery:
    """Of the proposal that waits; there is one at most."""
    return Subquery(Proposal.objects.filter(organisation=OuterRef("pk"), decided_at=None).values(value)[:1])


def missing_languages(organisations: list[OrganisationPage]) -> dict[int, list[str]]:
    """By primary key: languages of the site in which nobody can read this profile. One query for all."""
    live = Page.objects.filter(
        translation_key__in=[page.translation_key for page in organisations], live=True, alias_of=None
    )
    there = defaultdict(set)
    for key, language in live.values_list("translation_key", "locale__language_code"):
        there[key].add(language)
    wanted = [code for code in LANGUAGE_NAMES if code != SOURCE_LANGUAGE]
    return {page.pk: [code for code in wanted if code not in there[page.translation_key]] for page in organisations}


def overdue(today=None) -> Q:
    return Q(entry__due_on__lt=today or timezone.localdate())


class OverviewFilters(WagtailFilterSet):
    network = django_filters.ChoiceFilter(label=_("network"), method="below")
    confirmed = django_filters.ChoiceFilter(
        label=_("confirmed"),
        choices=[(OVERDUE, _("overdue")), (NEVER, _("never confirmed")), (CONFIRMED, _("confirmed"))],
        method="by_confirmation",
    )
    missing = django_filters.ChoiceFilter(
        label=_("incomplete"),
        choices=[(ANYTHING, _("anything missing")), *((each.key, each.label) for each in CRITERIA)],
        method="by_completeness",
    )
    waiting = django_filters.ChoiceFilter(
        label=_("changes"), choices=[("yes", _("waiting for a decision"))], method="by_proposals"
    )
    status = django_filters.ChoiceFilter(label=_("status"), choices=OrganisationPage.STATUSES)

    class Meta:
        model = OrganisationPage
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters.pop("locale", None)  # facts live on the source page alone
        networks = networks_of(self.request.user).order_by("title").values_list("pk", "title", "path")
        self.paths = {str(pk): path for pk, _title, path in networks}
        choices = [(str(pk), title) for pk, title, _path in networks]
        self.filters["network"].extra["choices"] = [*choices, (NO_NETWORK, _("none"))]
        if len(choices) < 2:
            del self.filters["network"]

    def below(self, organisations, name, value):
        if value == NO_NETWORK:
            return organisations.filter(network_title=None)
        return organisations.filter(parent_path=self.paths[value])

    def by_confirmation(self, organisations, name, value):
        if value == NEVER:
            return organisations.filter(record__confirmed_on=None)
        if value == OVERDUE:
            return organisations.filter(overdue())
        return organisations.filter(~overdue(), record__confirmed_on__isnull=False)

    def by_completeness(self, organisations, name, value):
        if value == ANYTHING:
            return organisations.filter(completeness__lt=len(CRITERIA))
        return organisations.filter(**{f"has_{value}": 0})

    def by_proposals(self, organisations, name, value):
        return organisations.filter(waiting__isnull=False)
