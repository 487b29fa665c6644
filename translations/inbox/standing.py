"""How far a page or term is in a language, for as many of them as an inbox holds, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import TranslatableObject, Translation

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of
from translations import states
from translations.assigning import Cell
from translations.states import State


@dataclass
class Standing:
    """A page or term of the German site, and how things stand with it in one language."""

    cell: Cell
    source: TranslatableMixin
    now: states.Cell

    @property
    def title(self) -> str:
        return self.source.title if self.is_page else str(self.source)

    @property
    def is_page(self) -> bool:
        return isinstance(self.source, Page)

    @property
    def language(self) -> str:
        return language_of(self.cell[1])

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get(self.language, self.language)

    @property
    def translated(self) -> int:
        return self.now.total - self.now.missing

    @property
    def is_done(self) -> bool:
        return self.now.state == State.CURRENT

    @property
    def waits_for_release(self) -> bool:
        return self.now.state == State.REVIEW


def standings(cells: Iterable[Cell]) -> dict[Cell, Standing]:
    """Of those whose source is public: what was unpublished or deleted is nobody's work."""
    cells = {*cells}
    keys = {key for key, _locale in cells}
    locales = [*Locale.objects.filter(pk__in={locale_id for _key, locale_id in cells})]
    found = _standings(_pages(keys), locales)
    for terms in _terms(keys - {key for key, _locale in found}):
        found |= _standings(terms, locales)
    return {cell: found[cell] for cell in cells & found.keys()}


def begun(locales: Iterable[Locale]) -> dict[Cell, Standing]:
    """Everything whose translation into these languages somebody has begun."""
    locales = [*locales]
    requested = Translation.objects.filter(enabled=True, target_locale__in=locales)
    keys = {*requested.values_list("source__object_id", flat=True)}
    pages = _pages(keys)
    found = _standings(pages, locales)
    for terms in _terms(keys - {page.translation_key for page in pages}):
        found |= _standings(terms, locales)
    return {cell: each for cell, each in found.items() if each.now.state != State.MISSING}


def _standings(sources: list[TranslatableMixin], locales: list[Locale]) -> dict[Cell, Standing]:
    by_key = {source.translation_key: source for source in sources}
    found = states.cells(sources, locales) if sources and locales else {}
    return {cell: Standing(cell, by_key[cell[0]], now) for cell, now in found.items()}


def _pages(keys: set) -> list[Page]:
    pages = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, live=True, translation_key__in=keys)
    return [*pages.only("pk", "title", "translation_key", "locale_id", "path", "depth")]


def _terms(keys: set) -> Iterable[list[TranslatableMixin]]:
    """By kind. Terms have no drafts: they are public as long as they are there."""
    kinds = defaultdict(list)
    for each in TranslatableObject.objects.filter(translation_key__in=keys).select_related("content_type"):
        kinds[each.content_type].append(each.translation_key)
    for content_type, found in kinds.items():
        model = content_type.model_class()
        if model and not issubclass(model, Page):
            yield [*model._base_manager.filter(translation_key__in=found, locale__language_code=SOURCE_LANGUAGE)]
