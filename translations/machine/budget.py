"""Words of German text that may be sent in a month, for each language. They are taken before a request, so that many
requests at once cannot spend more than there is; what was not translated is given back."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from translations.glossary import visible
from translations.machine.failures import OverBudget
from translations.models import MachineUse


def words(texts: list[str]) -> int:
    return sum(len(visible(text).split()) for text in texts)


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def used(month: date | None = None) -> dict[str, int]:
    """By language, in one query."""
    rows = MachineUse.objects.filter(month=month or this_month()).values("language").annotate(total=Sum("words"))
    return {row["language"]: row["total"] for row in rows.order_by()}


def left(language: str) -> int:
    return max(0, settings.MACHINE_WORDS_PER_MONTH - used().get(language, 0))


def check(language: str, wanted: int) -> None:
    """Raises OverBudget with the figures."""
    remaining = left(language)
    if wanted > remaining:
        raise OverBudget(
            _(
                "The monthly budget for machine translation is used up: %(left)s of %(all)s words are left for this "
                "language, %(wanted)s would be needed."
            )
            % {
                "left": number_format(remaining, force_grouping=True),
                "all": number_format(settings.MACHINE_WORDS_PER_MONTH, force_grouping=True),
                "wanted": number_format(wanted, force_grouping=True),
            }
        )


@transaction.atomic
def reserve(language: str, provider: str, wanted: int) -> MachineUse:
    """Others who reserve for this language wait at its rows until this is written."""
    use, _created = MachineUse.objects.get_or_create(month=this_month(), language=language, provider=provider)
    list(MachineUse.objects.select_for_update().filter(month=use.month, language=language).order_by("pk"))
    check(language, wanted)
    MachineUse.objects.filter(pk=use.pk).update(words=F("words") + wanted)
    return use


def give_back(use: MachineUse, unspent: int) -> None:
    MachineUse.objects.filter(pk=use.pk, words__gte=unspent).update(words=F("words") - unspent)
