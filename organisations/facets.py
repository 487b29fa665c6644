"""What the directory can be narrowed by, and what there is to choose."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.collation import sort_key
from core.languages import SOURCE_LANGUAGE
from core.listing import Choice
from core.models.vocabulary import Label
from organisations.index import GROUP, LANGUAGE, NETWORK, SERVICE, STATE, STEP_FREE, TASK, DirectoryIndex
from organisations.languages import codes_of, language_name
from organisations.models import NetworkPage, OrganisationPage, Service, TargetGroup, Task
from organisations.states import STATES

MOST_KEYS = 40


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


@dataclass(frozen=True)
class Question:
    label: str
    options: Callable[[DirectoryIndex, str], list[Label]]


def _terms(model) -> Callable:
    return lambda index, language: model.objects.labels(language)


def _states(index: DirectoryIndex, language: str) -> list[Label]:
    return [Label(code, str(name), language) for code, name in STATES]


def _networks(index: DirectoryIndex, language: str) -> list[Label]:
    cities = NetworkPage.objects.listed().by_name().values_list("slug", "city")
    return [Label(slug, city, SOURCE_LANGUAGE) for slug, city in cities]


def _languages(index: DirectoryIndex, language: str) -> list[Label]:
    names = [Label(code, language_name(code, language), language) for code in index.values(LANGUAGE)]
    return sorted(names, key=lambda label: sort_key(label.text, language))


def _step_free(index: DirectoryIndex, language: str) -> list[Label]:
    return [Label(key, str(name), language) for key, name in OrganisationPage.STEP_FREE if key in ("yes", "partly")]


FACETS = {
    SERVICE: Question(_("What do you need?"), _terms(Service)),
    LANGUAGE: Question(_("Languages spoken"), _languages),
    GROUP: Question(_("For whom"), _terms(TargetGroup)),
    STEP_FREE: Question(_("Step-free rooms"), _step_free),
    STATE: Question(_("State"), _states),
    NETWORK: Question(_("Network"), _networks),
    TASK: Question(_("What the organisation stands for"), _terms(Task)),
}


def options(name: str, index: DirectoryIndex, language: str) -> list[Label]:
    return FACETS[name].options(index, language)


def read_keys(name: str, values: list[str]) -> list[str]:
    """Keys from an address, each once; a language may be given by any of its names."""
    keys = values[:MOST_KEYS]
    if name == LANGUAGE:
        keys = [code for value in keys for code in codes_of(value)]
    return list(dict.fromkeys(key for key in keys if key and len(key) <= 255))
