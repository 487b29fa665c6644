"""The questions of the directory, read from the address."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.collation import sort_key
from core.languages import reader_language
from core.listing import Filter, choose
from core.search import normalise, query_for
from organisations.languages import language_name
from organisations.models.organisation import OrganisationPage, SpokenLanguage
from organisations.models.vocabulary import Service
from organisations.states import STATES


class DirectoryFilters:
    """Search words and filters of one request, and the organisations they leave."""

    def __init__(self, parameters: QueryDict, language: str):
        self.language = language
        self.words = normalise(parameters.get("q", ""))
        self.filters = [
            choose("service", _("Service"), Service.objects.labels(language), parameters, language),
            choose("state", _("State"), STATES, parameters, language),
            choose("language", _("Language"), spoken_languages(language), parameters, language),
        ]

    @property
    def query(self) -> str:
        """The chosen filters, to be put before `page=` in links."""
        chosen = [("q", self.words)] if self.words else []
        chosen += [(item.name, item.value) for item in self.filters if item.value]
        return f"{urlencode(chosen)}&" if chosen else ""

    def results(self):
        service, state, language = (item.value for item in self.filters)
        organisations = OrganisationPage.objects.listed()
        if service:
            organisations = organisations.filter(services__key=service)
        if state:
            organisations = organisations.filter(entry__state=state)
        if language:
            speakers = SpokenLanguage.objects.filter(language=language)
            organisations = organisations.filter(pk__in=speakers.values("page"))
        if self.words:
            found = OrganisationPage.objects.filter(pk__in=organisations.values("pk")).with_cards()
            return found.search(query_for(self.words, self.language))
        return organisations.with_cards().by_name()


def spoken_languages(language: str) -> list[tuple[str, str]]:
    """Languages that some organisation speaks, each by its name in the reader's language and in German order."""
    codes = SpokenLanguage.objects.order_by("language").values_list("language", flat=True).distinct()
    return sorted(((code, language_name(code, language)) for code in codes), key=_name)


def _name(pair):
    return sort_key(pair[1], reader_language())


def search_form() -> list[Filter]:
    """The same questions, unanswered: for the home page."""
    return DirectoryFilters(QueryDict(), reader_language()).filters
