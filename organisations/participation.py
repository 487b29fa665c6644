"""Where an organisation takes part: its further networks, and stories, projects, events. One query for all of it.

Packages above this one add kinds of their own by subclassing `OrganisationLink`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Cast

from core.languages import SOURCE_LANGUAGE, reader_language
from core.texts import Text
from organisations.models import NetworkPage, OrganisationLink

MOST = 6  # of each kind


@dataclass(frozen=True)
class LinkedPage:
    """What a card and an address need of a page."""

    text: Text
    url_path: str
    moment: datetime | None
    is_over: bool


@dataclass
class Kind:
    heading: str
    tone: str
    pages: list[LinkedPage] = field(default_factory=list)


@dataclass(frozen=True)
class Participation:
    networks: list[LinkedPage]
    kinds: list[Kind]


def participation(organisation) -> Participation:
    kinds = [Kind("", ""), *(Kind(link.heading, link.tone) for link in OrganisationLink.__subclasses__())]
    for number, page in _found(organisation):
        kinds[number].pages.append(page)
    networks, *others = kinds
    for kind in others:
        kind.pages = kind.pages[:MOST]
    return Participation(networks.pages, [kind for kind in others if kind.pages])


def _found(organisation) -> list[tuple[int, LinkedPage]]:
    """By kind; what has ended last, dated ones in the order of their dates, the others by title."""
    # Keys only: what a draft holds is a list, not a queryset.
    further = organisation.other_networks.values_list("id", flat=True)
    networks = NetworkPage.objects.listed().filter(pk__in=further)
    links = OrganisationLink.__subclasses__()
    rows = [_rows(0, networks, OrganisationLink)]
    rows += [_rows(number, link.pages_of(organisation), link) for number, link in enumerate(links, start=1)]
    found = [(number, _page(*values)) for number, *values in rows[0].union(*rows[1:], all=True)]
    return sorted(found, key=lambda pair: (pair[1].is_over, str(pair[1].moment or ""), pair[1].text.title))


def _rows(kind: int, pages, link: type[OrganisationLink]):
    columns = ["kind", "url_path", "title", "summary", "moment", "is_over"]
    if reader_language() != SOURCE_LANGUAGE:
        columns += ["translated_title", "translated_summary"]
    when = F(link.moment) if link.moment else Cast(Value(None), DateTimeField())
    pages = pages.with_text().order_by().annotate(kind=Value(kind), moment=when, is_over=link.over())
    return pages.values_list(*columns)


def _page(url_path, title, summary, moment, is_over, translated_title="", translated_summary="") -> LinkedPage:
    if translated_title:
        text = Text(translated_title, translated_summary or "", reader_language())
    else:
        text = Text(title, summary, SOURCE_LANGUAGE)
    return LinkedPage(text, url_path, moment, bool(is_over))
