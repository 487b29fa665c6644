"""The rows that the states are derived from, read for any number of pages or terms in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Max, QuerySet
from wagtail.models import Page, TranslatableMixin, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from translations.models import TextChange

Key = tuple[UUID, int]

IN_REVIEW, SENT_BACK = WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES
# More would make the question longer than the answer; then everything is read, and the rest is left out.
FEW = 500


@dataclass(slots=True)
class Target:
    """The page or term in the other language."""

    pk: int
    is_live: bool
    released_at: datetime | None
    review: str | None = None


@dataclass(slots=True)
class Text:
    """What wagtail-localize knows of a translation in use."""

    source_pk: int
    translation_pk: int
    source_changed_at: datetime
    total: int
    translated: int
    written_at: datetime | None


@dataclass(slots=True)
class Rows:
    targets: dict[Key, Target] = field(default_factory=dict)
    texts: dict[Key, Text] = field(default_factory=dict)
    changes: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    changed_at: dict[UUID, datetime] = field(default_factory=dict)


def are_pages(model: type[TranslatableMixin]) -> bool:
    return issubclass(model, Page)


def collect(model: type[TranslatableMixin], keys: set[UUID], locales: list[int]) -> Rows:
    found = Rows()
    found.texts = _texts(keys, locales, found)
    found.targets = _pages(keys, locales) if are_pages(model) else _terms(model, keys, locales, found)
    sources = {text.source_pk for text in found.texts.values()}
    for source_pk, changed_at in _few(TextChange.objects.all(), "source", sources).values_list(
        "source_id", "changed_at"
    ):
        found.changes[source_pk].append(changed_at)
    return found


def _few(queryset: QuerySet, name: str, values: Iterable) -> QuerySet:
    return queryset.filter(**{f"{name}__in": values}) if len(values) <= FEW else queryset


def _pages(keys: set[UUID], locales: list[int]) -> dict[Key, Target]:
    """An alias only holds the place of a page."""
    pages = _few(Page.objects.filter(locale__in=locales, alias_of=None), "translation_key", keys)
    reviews = _reviews()
    return {
        (key, locale_id): Target(pk, live, published_at, reviews.get(str(pk)))
        for key, locale_id, pk, live, published_at in pages.values_list(
            "translation_key", "locale_id", "pk", "live", "last_published_at"
        )
    }


def _reviews() -> dict[str, str]:
    """Of pages, by their id as a text."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), status__in=[IN_REVIEW, SENT_BACK]
    )
    return dict(states.values_list("object_id", "status"))


def _terms(model: type[TranslatableMixin], keys: set[UUID], locales: list[int], found: Rows) -> dict[Key, Target]:
    """Terms have no drafts: they stand there in German until somebody has written something."""
    rows = _few(model._default_manager.filter(locale__in=locales), "translation_key", keys)
    released, written = _released(keys, locales), _ever_written(keys, locales)
    targets = {}
    for key, locale_id, pk in rows.values_list("translation_key", "locale_id", "pk"):
        cell = (key, locale_id)
        targets[cell] = Target(pk, cell in written or cell not in found.texts, released.get(cell))
    return targets


def _ever_written(keys: set[UUID], locales: list[int]) -> set[Key]:
    """Texts that are no longer in use count, too."""
    texts = _few(StringTranslation.objects.filter(locale__in=locales), "context__object_id", keys)
    return {*texts.order_by().values_list("context__object_id", "locale_id").distinct()}


def _released(keys: set[UUID], locales: list[int]) -> dict[Key, datetime]:
    logs = _few(TranslationLog.objects.filter(locale__in=locales), "source__object_id", keys)
    latest = logs.order_by().values("source__object_id", "locale_id").annotate(at=Max("created_at"))
    return {(row["source__object_id"], row["locale_id"]): row["at"] for row in latest}


def _texts(keys: set[UUID], locales: list[int], found: Rows) -> dict[Key, Text]:
    translations = _few(Translation.objects.filter(target_locale__in=locales), "source__object_id", keys)
    fields = ("pk", "source_id", "source__object_id", "target_locale_id", "enabled", "source__last_updated_at")
    used = [*translations.values_list(*fields)]
    sources = {row[1] for row in used}
    totals, done = _totals(sources), _translated(sources, locales)
    texts = {}
    for pk, source_pk, key, locale_id, enabled, changed_at in used:
        found.changed_at[key] = changed_at
        if enabled:
            translated, written_at = done.get((source_pk, locale_id), (0, None))
            texts[key, locale_id] = Text(source_pk, pk, changed_at, totals.get(source_pk, 0), translated, written_at)
    return texts


def _totals(sources: set[int]) -> dict[int, int]:
    segments = _few(StringSegment.objects.order_by(), "source", sources)
    return dict(segments.values_list("source_id").annotate(Count("pk")))


def _translated(sources: set[int], locales: list[int]) -> dict[tuple[int, int], tuple[int, datetime | None]]:
    """By source and language: how many texts are translated, and when the last of them was written.

    One join over all languages at once: counting for each translation takes ten times as long.
    """
    segments = _few(StringSegment.objects.order_by(), "source", sources).filter(
        string__translations__context_id=F("context_id"),
        string__translations__locale__in=locales,
        string__translations__has_error=False,
    )
    rows = segments.values_list("source_id", "string__translations__locale_id").annotate(
        Count("pk"), Max("string__translations__updated_at")
    )
    return {(source, locale): (count, written_at) for source, locale, count, written_at in rows}
