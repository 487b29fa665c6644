"""What the directory can be narrowed by, and what there is to choose."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.collation import sort_key
from core.languages import SOURCE_LANGUAGE, base
from core.listing import Choice
from core.models.vocabulary import Label, labels_of
from organisations.index import GROUP, LANGUAGE, NETWORK, SERVICE, STATE, STEP_FREE, TASK, DirectoryIndex
from organisations.languages import codes_of, language_name
from organisations.models import NetworkPage, OrganisationPage, Service, TargetGroup, Task
from organisations.states import STATES

MOST_KEYS = 40
LONGEST_KEY = 255
MANY_CHOICES = 12  # from here on there is a field to find one among them

LABELS = {
    SERVICE: _("What do you need?"),
    LANGUAGE: _("Languages spoken"),
    GROUP: _("For whom"),
    STEP_FREE: _("Step-free rooms"),
    STATE: _("State"),
    NETWORK: _("Network"),
    TASK: _("What the organisation stands for"),
}
FACETS = tuple(LABELS)
VOCABULARIES = {SERVICE: Service, GROUP: TargetGroup, TASK: Task}


@dataclass(frozen=True)
class FacetChoice(Choice):
    count: int = 0


@dataclass(frozen=True)
class Facet:
    """A question with several answers: any of the chosen ones will do."""

    name: str
    label: str
    choices: list[FacetChoice]

    @property
    def chosen(self) -> list[FacetChoice]:
        return [choice for choice in self.choices if choice.chosen]

    @property
    def is_long(self) -> bool:
        return len(self.choices) > MANY_CHOICES


def vocabularies(language: str) -> dict[str, list[Label]]:
    """The terms of all facets that editors extend, in one query."""
    return dict(zip(VOCABULARIES, labels_of([*VOCABULARIES.values()], language), strict=True))


def _states(index: DirectoryIndex, language: str) -> list[Label]:
    return [Label(code, str(name), language) for code, name in STATES]


def _networks(index: DirectoryIndex, language: str) -> list[Label]:
    cities = NetworkPage.objects.listed().by_name().values_list("slug", "city")
    return [Label(slug, city, SOURCE_LANGUAGE) for slug, city in cities]


def _languages(index: DirectoryIndex, language: str) -> list[Label]:
    """The reader's own first."""
    names = [Label(code, language_name(code, language), language) for code in index.values(LANGUAGE)]
    return sorted(names, key=lambda label: (label.key != base(language), sort_key(label.text, language)))


def _step_free(index: DirectoryIndex, language: str) -> list[Label]:
    return [Label(key, str(name), language) for key, name in OrganisationPage.STEP_FREE if key in ("yes", "partly")]


OTHERS: dict[str, Callable[[DirectoryIndex, str], list[Label]]] = {
    LANGUAGE: _languages,
    STEP_FREE: _step_free,
    STATE: _states,
    NETWORK: _networks,
}


def options(name: str, index: DirectoryIndex, language: str) -> list[Label]:
    return OTHERS[name](index, language) if name in OTHERS else VOCABULARIES[name].objects.labels(language)


def read_keys(name: str, values: list[str]) -> list[str]:
    """Keys from an address, each once; a language may be given by any of its names."""
    keys = values[:MOST_KEYS]
    if name == LANGUAGE:
        keys = [code for value in keys for code in codes_of(value)]
    return list(dict.fromkeys(key for key in keys if key and len(key) <= LONGEST_KEY))
