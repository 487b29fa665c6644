"""What a cell may name: networks, terms, languages, and how often the office writes a choice."""

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.collation import plain
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from organisations import languages
from organisations.member_list.problems import Wrong
from organisations.models import NetworkPage, PostalCode, Service, TargetGroup, Task
from organisations.models.entry import DISTRICT, EXACT, FORM_ONLY, TOWN
from organisations.states import STATES

# The first word of each is the one that is exported.
PRECISIONS = {
    EXACT: ("genau", "exakt", "genaue Adresse", "exact"),
    DISTRICT: ("Stadtteil", "PLZ", "PLZ und Ort", "district"),
    TOWN: ("Ort", "nur Ort", "town"),
    FORM_ONLY: ("nur Formular", "Formular", "keine", "form"),
}
STATUSES = {"active": ("aktiv",), "dormant": ("ruhend",), "closed": ("geschlossen", "aufgelöst")}
STEP_FREE = {"yes": ("ja",), "partly": ("teilweise",), "no": ("nein",)}
MODES = {
    "on-site": ("vor Ort", "on site"),
    "phone": ("telefonisch", "Telefon", "am Telefon"),
    "written": ("schriftlich", "schriftl."),
    "interpreter": ("Dolmetschen", "mit Dolmetscher", "Dolmetscher", "Dolmetschen auf Anfrage"),
}
YES = {"ja", "j", "yes", "y", "x", "1", "wahr", "true"}
NO = {"nein", "n", "no", "0", "falsch", "false"}
WEEKDAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]


def folded(text: str) -> str:
    """To compare what people type: no case, no accents, no signs."""
    return re.sub(r"[\W_]+", "", plain(text))


def shown(text: Any, length: int = 60) -> str:
    """Foreign text inside a message of ours."""
    text = str(text)
    return text if len(text) <= length else f"{text[:length]}…"


def unknown(text: str, allowed: list[str]) -> Wrong:
    return Wrong(
        _("“%(text)s” is not known here. Known are: %(words)s.") % {"text": shown(text), "words": ", ".join(allowed)}
    )


class Choice:
    """One of a few words."""

    def __init__(self, words: dict[str, tuple[str, ...]]):
        self.words = words
        self._by_word = {folded(word): key for key, several in words.items() for word in (key, *several)}

    def parse(self, text: str) -> str:
        try:
            return self._by_word[folded(text)]
        except KeyError:
            raise unknown(text, [several[0] for several in self.words.values()]) from None

    def show(self, key: str) -> str:
        return self.words[key][0] if key in self.words else key


def states() -> Choice:
    with override(SOURCE_LANGUAGE):
        german = {code: str(name) for code, name in STATES}
    with override("en"):
        return Choice({code: (german[code], str(name)) for code, name in STATES})


class Words:
    """Read once for an import or export: vocabularies and networks as they are now."""

    def __init__(self, network: NetworkPage | None = None):
        self.network = network

    @cached_property
    def networks(self) -> dict[int, NetworkPage]:
        pages = NetworkPage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        if self.network:
            pages = pages.filter(pk=self.network.pk)
        return {page.pk: page for page in pages.defer_streamfields().order_by("path")}

    @cached_property
    def networks_by_path(self) -> dict[str, NetworkPage]:
        return {page.path: page for page in self.networks.values()}

    @cached_property
    def _networks_by_name(self) -> dict[str, set[int]]:
        found = defaultdict(set)
        for page in self.networks.values():
            for name in (page.title, page.draft_title, page.city, page.slug):
                found[folded(name)].add(page.pk)
        return found

    def network_named(self, text: str) -> NetworkPage:
        exact = [page for page in self.networks.values() if text in (page.title, page.slug)]
        found = {page.pk for page in exact} or self._networks_by_name.get(folded(text), set())
        if len(found) == 1:
            return self.networks[next(iter(found))]
        if found:
            raise Wrong(
                _("Several networks are called “%(text)s”. Use the last part of its address.") % {"text": shown(text)}
            )
        if self.network:
            raise Wrong(_("You import into the network “%(network)s” only.") % {"network": self.network.title})
        raise unknown(text, [page.title for page in self.networks.values()])

    def network_name(self, page: NetworkPage) -> str:
        namesakes = sum(other.title == page.title for other in self.networks.values())
        return page.title if namesakes == 1 else page.slug

    @cached_property
    def terms(self) -> dict[type, dict[int, Any]]:
        return {model: {term.pk: term for term in model.objects.source()} for model in (Task, Service, TargetGroup)}

    @cached_property
    def _terms_by_name(self) -> dict[type, dict[str, Any]]:
        return {
            model: {folded(word): term for term in terms.values() for word in (term.key, term.name)}
            for model, terms in self.terms.items()
        }

    def term_named(self, model: type, text: str) -> Any | None:
        return self._terms_by_name[model].get(folded(text))

    @cached_property
    def states(self) -> Choice:
        return states()

    @cached_property
    def mail_languages(self) -> Choice:
        with override(SOURCE_LANGUAGE):
            german = {
                code: languages.language_name(code, SOURCE_LANGUAGE) for code in LANGUAGE_NAMES if "-" not in code
            }
        return Choice({code: (german.get(code, name), name) for code, name in LANGUAGE_NAMES.items()})

    @cached_property
    def spoken(self) -> dict[str, str]:
        """German names; a name that two languages share is given by its code."""
        names = {code: languages.language_name(code, SOURCE_LANGUAGE) for code in languages.SPOKEN}
        counted = [*names.values()]
        return {code: name if counted.count(name) == 1 else code for code, name in names.items()}

    @cached_property
    def _spoken_by_name(self) -> dict[str, str]:
        return {folded(name): code for code, name in self.spoken.items()}

    def speaks(self, text: str) -> bool:
        return folded(text) in self._spoken_by_name

    def spoken_named(self, text: str) -> str:
        if found := self._spoken_by_name.get(folded(text)):
            return found
        codes = languages.codes_of(text.strip())
        if len(codes) == 1:
            return codes[0]
        if codes:
            names = ", ".join(self.spoken[code] for code in codes)
            raise Wrong(_("“%(text)s” may be any of these: %(names)s.") % {"text": shown(text), "names": names})
        raise Wrong(_("The language “%(text)s” is not known here.") % {"text": shown(text)})

    @cached_property
    def postal_codes(self) -> frozenset[str]:
        """Empty where none have been imported."""
        return frozenset(PostalCode.objects.values_list("code", flat=True))
