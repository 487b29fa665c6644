"""What the directory says of one network: its organisations, their map, and its figures."""

from functools import cached_property

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import npgettext

from core.languages import reader_language
from core.listing import paginate
from organisations.directory_search import DirectorySearch
from organisations.index import LANGUAGE, NETWORK, SERVICE
from organisations.map.picture import NetworkMap


class NetworkAnswer:
    def __init__(self, network):
        self.search = DirectorySearch(QueryDict(), reader_language())
        # Not asked by address: a network that is not public would be ignored there, and all organisations found.
        self.search.keys[NETWORK] = [network.slug]
        self.counted_on = self.search.index.today

    def pages(self, parameters: QueryDict) -> Page:
        """Current profiles before overdue ones, then by name, as in the directory."""
        pages = paginate(self.search.ordered(), parameters)
        pages.object_list = self.search.cards(pages.object_list)
        return pages

    @cached_property
    def map(self) -> NetworkMap | None:
        """None where no organisation has a public place."""
        found = NetworkMap(self.search)
        return found if self.search.count > found.unplaced else None

    def figures(self) -> list[tuple[int, str]]:
        """Numbers that are not 0, and what they count."""
        organisations = self.search.count
        languages, services = self._offered(LANGUAGE), self._offered(SERVICE)
        figures = [
            (organisations, npgettext("figure", "organisation", "organisations", organisations)),
            (languages, npgettext("figure", "language spoken", "languages spoken", languages)),
            (services, npgettext("figure", "kind of services", "kinds of services", services)),
        ]
        return [figure for figure in figures if figure[0]]

    def _offered(self, facet: str) -> int:
        index = self.search.index
        return sum(bool(index.having(facet, [key]) & self.search.selected) for key in index.values(facet))
