"""The member list as a file, with the columns of the import: what is exported can be imported again."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import spreadsheets
from core.spreadsheets import writable
from organisations.member_list.checking import record_of
from organisations.member_list.columns import COLUMNS, current, guarded
from organisations.member_list.scope import reachable, readable
from organisations.member_list.words import Words
from organisations.models import NetworkPage

CHUNK = 200


def organisations(network: NetworkPage | None) -> QuerySet:
    return reachable(network).order_by("sort_name", "pk")


def rows(network: NetworkPage | None, chosen: QuerySet | None = None) -> Iterator[list[str]]:
    """The header, then one row for each organisation. In chunks, so that thousands need no more memory than some."""
    words = Words(network)
    yield [column.header for column in COLUMNS]
    pages = organisations(network) if chosen is None else chosen
    for page in readable(pages).iterator(chunk_size=CHUNK):
        record = record_of(page)
        yield [guarded(writable(current(page, record, column, words))) for column in COLUMNS]


def as_xlsx(table: Iterable[list[str]], file) -> None:
    spreadsheets.as_xlsx(table, file, _("Members"), "C2")
