"""The parameters of the open data: read strictly, because a program takes a silently ignored filter for an answer.

Unknown parameters are ignored. What is known and wrong is refused, all of it at once, in German and in English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.search import MAX_CHARACTERS, normalise
from organisations.directory_search import DISTANCE, LONGEST_PLACE, NAME, RADII, RELEVANCE
from organisations.facets import FACETS, LONGEST_KEY, MOST_KEYS, options
from organisations.index import LANGUAGE, STATE, STEP_FREE, DirectoryIndex
from organisations.languages import codes_of
from organisations.states import STATES

PER_PAGE, MOST_PER_PAGE = 50, 100
LAST_PAGE = 1_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
SINGLE = ("q", "near", "radius", "old", "sort", "page", "per_page", "since", "lang", "full")
ALLOWED = {
    "radius": [str(radius) for radius in RADII],
    "old": ["0", "1"],
    "full": ["false", "true"],
    "sort": [RELEVANCE, DISTANCE, NAME],
    "lang": list(LANGUAGE_NAMES),
}


@dataclass(frozen=True)
class Fault:
    parameter: str
    reason: str | Promise


class Refused(Exception):
    def __init__(self, *faults: Fault):
        super().__init__(*(fault.parameter for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Parameters:
    """What the directory search does not know of: pages, changes, language."""

    language: str
    page: int
    per_page: int
    since: datetime | None
    is_paged: bool
    is_full: bool


def read(request: HttpRequest, index: DirectoryIndex) -> Parameters:
    asked = request.GET
    faults = [*_unstorable(request), *_faults(asked, index)]
    if faults:
        raise Refused(*dict.fromkeys(faults))
    return Parameters(
        language=asked.get("lang") or SOURCE_LANGUAGE,
        page=int(asked.get("page") or 1),
        per_page=int(asked.get("per_page") or PER_PAGE),
        since=point_in_time(asked["since"]) if asked.get("since") else None,
        is_paged=bool(asked.get("page") or asked.get("per_page")),
        is_full=asked.get("full") == "true",
    )


def known(asked: QueryDict) -> list[tuple[str, str]]:
    """Every known parameter with a value, in a fixed order: what an answer depends on."""
    single = [(name, asked[name]) for name in SINGLE if asked.get(name)]
    return single + [(name, value) for name in FACETS for value in sorted({*asked.getlist(name)}) if value]


def _unstorable(request: HttpRequest) -> Iterator[Fault]:
    """NUL, which is taken out of `request.GET` before any view sees it."""
    typed = request.META.get("QUERY_STRING", "")
    if "%00" in typed or "\0" in typed:
        for name, values in QueryDict(typed).lists():
            if (name in SINGLE or name in FACETS) and any("\0" in value for value in values):
                yield Fault(name, _("The value holds a NUL character."))


def _faults(asked: QueryDict, index: DirectoryIndex) -> Iterator[Fault]:
    yield from _number(asked, "page", LAST_PAGE)
    yield from _number(asked, "per_page", MOST_PER_PAGE)
    for name, allowed in ALLOWED.items():
        if asked.get(name) and asked[name] not in allowed:
            yield Fault(name, format_lazy("{} {}", _("Allowed values:"), ", ".join(allowed)))
    if asked.get("since") and point_in_time(asked["since"]) is None:
        yield Fault("since", _("A date or time such as 2026-01-31 or 2026-01-31T08:00:00Z, from 2000 until today."))
    yield from _words(asked)
    for name in FACETS:
        yield from _keys(name, [value for value in asked.getlist(name) if value], index)


def _number(asked: QueryDict, name: str, most: int) -> Iterator[Fault]:
    text = asked.get(name)
    if not text:
        return
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    if not is_number or not 1 <= int(text) <= most:
        yield Fault(name, format_lazy("{} 1–{}", _("A whole number:"), str(most)))


def _words(asked: QueryDict) -> Iterator[Fault]:
    words, near, sort = asked.get("q", ""), asked.get("near", "").strip(), asked.get("sort", "")
    if len(words) > MAX_CHARACTERS:
        yield Fault("q", format_lazy("{} {}", _("Greatest number of characters:"), str(MAX_CHARACTERS)))
    elif words.strip() and not normalise(words):
        yield Fault("q", _("There is no letter or digit in it."))
    if len(near) > LONGEST_PLACE:
        yield Fault("near", format_lazy("{} {}", _("Greatest number of characters:"), str(LONGEST_PLACE)))
    if sort == RELEVANCE and not words.strip():
        yield Fault("sort", format_lazy("{} {}", _("Only together with:"), "q"))
    if sort == DISTANCE and not near:
        yield Fault("sort", format_lazy("{} {}", _("Only together with:"), "near"))


def _keys(name: str, keys: list[str], index: DirectoryIndex) -> Iterator[Fault]:
    if len(keys) > MOST_KEYS:
        yield Fault(name, format_lazy("{} {}", _("Greatest number of values:"), str(MOST_KEYS)))
    elif not all(_is_key(name, key, index) for key in keys):
        yield Fault(name, _("There is no such value. The documentation says which there are."))


def _is_key(name: str, key: str, index: DirectoryIndex) -> bool:
    if len(key) > LONGEST_KEY:
        return False
    if name == LANGUAGE:
        return bool(codes_of(key))
    if name == STATE:
        return key in dict(STATES)
    if name == STEP_FREE:
        return key in ("yes", "partly", "no")
    # Most keys that are asked for are in use; only for the others is the database asked.
    return (name, key) in index.sets or key in {label.key for label in options(name, index, SOURCE_LANGUAGE)}


def point_in_time(text: str) -> datetime | None:
    """A date means its beginning in Germany. An unescaped plus, which arrives as a blank, is understood."""
    text = text.strip()
    if len(text) > 40 or not text.isascii():
        return None
    if "T" in text:
        text = text.replace(" ", "+")
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return moment if EARLIEST <= moment <= timezone.now() + timedelta(days=1) else None
    except (ValueError, OverflowError):
        return None
