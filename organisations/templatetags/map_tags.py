"""Maps of the directory, of a network and of one organisation."""

from django import template

from organisations.directory_search import DirectorySearch
from organisations.map.picture import DirectoryMap, Locator, NetworkMap
from organisations.network_answer import NetworkAnswer

register = template.Library()


@register.simple_tag
def directory_map(search: DirectorySearch) -> DirectoryMap:
    return DirectoryMap(search)


@register.simple_tag
def network_map(answer: NetworkAnswer, address: str) -> NetworkMap | None:
    """With links into the directory, whose address this is."""
    if answer.map:
        answer.map.address = address
    return answer.map


@register.simple_tag
def locator(entry) -> Locator | None:
    """Where in Germany an organisation is, as far as that is public."""
    found = Locator(entry)
    return found if found.point else None
