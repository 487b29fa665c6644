"""How far a page or term is in a language, for as many of them as an inbox holds, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationLog,
)

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of
from translations import states
from translations.assigning import Cell
from translations.easy.states import keys_in_review
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
    def is_known(self) -> bool:
        return not self.is_page or self.source.live or self.now.state != State.MISSING

    @property
    def waits_for_release(self) -> bool:
        return self.now.state == State.REVIEW


def standings(cells: Iterable[Cell]) -> dict[Cell, Standing]:
    """What was unpublished or deleted is nobody's work. A page that has yet to appear is, once somebody has begun it:
    then its German text is known to the translators anyway."""
    cells = {*cells}
    keys = {key for key, _locale in cells}
    locales = [*Locale.objects.filter(pk__in={locale_id for _key, locale_id in cells})]
    found = _standings(_pages(keys), locales)
    for terms in _terms(keys - {key for key, _locale in found}):
        found |= _standings(terms, locales)
    return {cell: found[cell] for cell in cells & found.keys() if found[cell].is_known}


def begun(locales: Iterable[Locale]) -> dict[Cell, Standing]:
    """What somebody has begun to translate into these languages and what has not arrived."""
    locales = [*locales]
    requested = Translation.objects.filter(enabled=True, target_locale__in=locales)
    pages = _pages({*requested.values_list("source__object_id", flat=True)})
    found = _standings(pages, locales)
    for terms in _terms({*_unreleased_terms(requested)}):
        found |= _standings(terms, locales)
    found |= _easy_in_review(locales)
    return {cell: each for cell, each in found.items() if each.now.state not in (State.MISSING, State.CURRENT)}


def _easy_in_review(locales: list[Locale]) -> dict[Cell, Standing]:
    """Leichte Sprache is written, not translated: nothing but its page says that it was begun."""
    easy = [locale for locale in locales if locale.language_code == EASY_LANGUAGE]
    return _standings(_pages({*keys_in_review()}), easy) if easy else {}


def _unreleased_terms(requested: QuerySet[Translation]) -> QuerySet:
    """Keys of terms with a text that was never published, or is newer: there are many kinds, and few of them wait."""
    here = {"source": OuterRef("source"), "locale": OuterRef("target_locale")}
    released = TranslationLog.objects.filter(**here).order_by("-created_at").values("created_at")[:1]
    texts = StringTranslation.objects.filter(
        context__object_id=OuterRef("source__object_id"), locale=OuterRef("target_locale")
    )
    segments = StringSegment.objects.filter(source=OuterRef("source"))
    terms = requested.exclude(source__object__content_type=ContentType.objects.get_for_model(Page)).annotate(
        released_at=Subquery(released), latest=Subquery(texts.order_by("-updated_at").values("updated_at")[:1])
    )
    is_waiting = Q(released_at=None) | Q(latest__gt=F("released_at")) | Q(source__last_updated_at__gt=F("released_at"))
    return terms.filter(is_waiting, Exists(segments)).values_list("source__object_id", flat=True)


def _standings(sources: list[TranslatableMixin], locales: list[Locale]) -> dict[Cell, Standing]:
    by_key = {source.translation_key: source for source in sources}
    found = states.cells(sources, locales) if sources and locales else {}
    return {cell: Standing(cell, by_key[cell[0]], now) for cell, now in found.items()}


def _pages(keys: set) -> list[Page]:
    """Public ones, and drafts that have never been public."""
    pages = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, translation_key__in=keys)
    present = pages.filter(Q(live=True) | Q(first_published_at=None))
    return [*present.only("pk", "title", "translation_key", "locale_id", "path", "depth", "live")]


def _terms(keys: set) -> Iterable[list[TranslatableMixin]]:
    """By kind. Terms have no drafts: they are public as long as they are there."""
    kinds = defaultdict(list)
    for each in TranslatableObject.objects.filter(translation_key__in=keys).select_related("content_type"):
        kinds[each.content_type].append(each.translation_key)
    for content_type, found in kinds.items():
        model = content_type.model_class()
        if model and not issubclass(model, Page):
            yield [*model._base_manager.filter(translation_key__in=found, locale__language_code=SOURCE_LANGUAGE)]
