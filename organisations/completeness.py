"""How much of a profile is there: a list of what belongs to one, tested by the database for any number at once."""

from dataclasses import dataclass

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from organisations.models import OpeningHours, OrganisationPage, SpokenLanguage


@dataclass(frozen=True)
class Criterion:
    key: str
    label: str
    test: Q | Exists

    @property
    def column(self) -> str:
        return f"has_{self.key}"


def _some(rows: QuerySet, link: str) -> Exists:
    return Exists(rows.filter(**{link: OuterRef("pk")}))


CRITERIA = [
    Criterion("summary", _("summary"), ~Q(summary="")),
    Criterion("description", _("description"), ~Q(body_as_text__in=["", "[]"])),
    Criterion("services", _("services"), _some(OrganisationPage.services.through.objects, "organisationpage")),
    Criterion("languages", _("spoken languages"), _some(SpokenLanguage.objects, "page")),
    Criterion("hours", _("opening hours"), _some(OpeningHours.objects, "page")),
    Criterion("address", _("postal code and place"), ~Q(record__postal_code="") & ~Q(record__place="")),
    Criterion("reachable", _("phone or email"), ~Q(record__phone="") | ~Q(record__email="")),
    Criterion("logo", _("logo"), Q(logo__isnull=False)),
    Criterion("access", _("step-free rooms: yes, partly or no"), ~Q(step_free="")),
]


def with_completeness(organisations: QuerySet) -> QuerySet:
    """Adds `completeness`, the number of criteria met, and a `has_…` of 0 or 1 for each."""
    met = {
        criterion.column: Case(When(criterion.test, then=Value(1)), default=Value(0), output_field=IntegerField())
        for criterion in CRITERIA
    }
    first, *others = (F(column) for column in met)
    return (
        organisations.annotate(body_as_text=Cast("body", TextField()))
        .annotate(**met)
        .annotate(completeness=sum(others, start=first))
    )


def percentage(organisation: OrganisationPage) -> int:
    return organisation.completeness * 100 // len(CRITERIA)


def missing(organisation: OrganisationPage) -> list[str]:
    return [criterion.label for criterion in CRITERIA if not getattr(organisation, criterion.column)]
