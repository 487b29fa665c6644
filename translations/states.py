"""How things stand with each page and term in each language: derived from what is there, never ticked by anybody.

    cells(pages, locales)  # {(translation_key, locale_id): Cell}, in a fixed number of queries

Texts are counted where wagtail-localize keeps them, so nothing can be forgotten: not by an import, not by a bulk update.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale, TranslatableMixin

from core.languages import EASY_LANGUAGE
from translations import rows
from translations.easy.states import EasyState, german_pages
from translations.easy.states import states as easy_states
from translations.rows import Target, Text

Key = tuple[UUID, int]


class State(TextChoices):
    MISSING = "missing", gettext_lazy("Missing")
    PROGRESS = "progress", gettext_lazy("In progress")
    REVIEW = "review", gettext_lazy("Waiting for review")
    OUTDATED = "outdated", gettext_lazy("Outdated")
    CURRENT = "current", gettext_lazy("Up to date")
    GAPS = "gaps", gettext_lazy("Published with gaps")


@dataclass(frozen=True, slots=True)
class Cell:
    """One page or term in one language.

    `total` and `missing` count texts, both 0 where a text is free-standing. `since` is when the German text moved on.
    `target_pk` is the page or term in the other language, `translation_pk` wagtail-localize's row where it is in use.
    """

    state: State
    total: int = 0
    missing: int = 0
    since: datetime | None = None
    target_pk: int | None = None
    translation_pk: int | None = None
    is_live: bool = False
    released_at: datetime | None = None
    in_review: bool = False

    @property
    def percent(self) -> int | None:
        """Rounded down: 100 means all of it."""
        return 100 * (self.total - self.missing) // self.total if self.total else None

    @property
    def is_complete(self) -> bool:
        return self.target_pk is not None and not self.missing

    @property
    def detail(self) -> str:
        """What belongs to the state: how much, how many, since when."""
        if self.state == State.PROGRESS and self.percent is not None:
            return f"{self.percent} %"
        if self.state == State.OUTDATED and self.since:
            since = date_format(timezone.localtime(self.since), "SHORT_DATE_FORMAT")
            if not self.missing:
                return _("since %(date)s") % {"date": since}
            text = ngettext("since %(date)s, %(count)s text", "since %(date)s, %(count)s texts", self.missing)
            return text % {"date": since, "count": self.missing}
        if self.state == State.GAPS:
            text = ngettext("%(count)s text in German", "%(count)s texts in German", self.missing)
            return text % {"count": self.missing}
        return ""

    @property
    def text(self) -> str:
        """The state in words, with its date and figures."""
        return f"{self.state.label} ({self.detail})" if self.detail else str(self.state.label)


MISSING = Cell(State.MISSING)


def cells(sources: Iterable[TranslatableMixin] | QuerySet, locales: Iterable[Locale]) -> dict[Key, Cell]:
    """Of German pages, or of German terms of one kind. Their number does not matter to the number of queries."""
    sources = [*sources]
    return cells_of(type(sources[0]), {source.translation_key for source in sources}, locales) if sources else {}


def cells_of(model: type[TranslatableMixin], keys: set[UUID], locales: Iterable[Locale]) -> dict[Key, Cell]:
    """The same for translation keys, where the sources themselves are not needed."""
    locales = [*locales]
    translated = [locale.pk for locale in locales if locale.language_code != EASY_LANGUAGE]
    found = rows.collect(model, keys, translated)
    states = {(key, locale_id): _cell(found, key, locale_id) for key in keys for locale_id in translated}
    for locale in locales:
        if locale.language_code == EASY_LANGUAGE:
            states |= _easy_cells(model, keys, locale)
    return states


def _cell(found: rows.Rows, key: UUID, locale_id: int) -> Cell:
    target = found.targets.get((key, locale_id))
    if target is None:
        return MISSING
    text = found.texts.get((key, locale_id))
    if text is None:
        return _free_standing(found, key, target)
    released_at = target.released_at
    missing = text.total - text.translated
    changed = bool(released_at and text.source_changed_at and text.source_changed_at > released_at)
    state = _state(target, text, missing, changed)
    since = _outdated_since(found, text, released_at) if state == State.OUTDATED else None
    return Cell(
        state,
        text.total,
        missing,
        since,
        target.pk,
        text.translation_pk,
        target.is_live,
        released_at,
        target.review == rows.IN_REVIEW,
    )


def _state(target: Target, text: Text, missing: int, changed: bool) -> State:
    if target.review == rows.IN_REVIEW:
        return State.REVIEW
    if not target.is_live:
        sent_back = target.review == rows.SENT_BACK
        return State.PROGRESS if missing or sent_back else State.REVIEW
    if missing:
        return State.OUTDATED if changed else State.GAPS
    newer = bool(text.written_at and target.released_at and text.written_at > target.released_at)
    return State.REVIEW if changed or newer else State.CURRENT


def _outdated_since(found: rows.Rows, text: Text, released_at: datetime) -> datetime:
    """The first change after the release, not the latest."""
    later = [changed_at for changed_at in found.changes.get(text.source_pk, ()) if changed_at > released_at]
    return min(later, default=text.source_changed_at)


def _free_standing(found: rows.Rows, key: UUID, target: Target) -> Cell:
    """A text of its own, for example after somebody stopped the translation: only its page tells something."""
    common = {"target_pk": target.pk, "is_live": target.is_live, "released_at": target.released_at}
    if target.review == rows.IN_REVIEW:
        return Cell(State.REVIEW, in_review=True, **common)
    if not target.is_live:
        return Cell(State.PROGRESS, **common)
    changed_at = found.changed_at.get(key)
    if changed_at and target.released_at and changed_at > target.released_at:
        return Cell(State.OUTDATED, since=changed_at, **common)
    return Cell(State.CURRENT, **common)


EASY = {
    EasyState.MISSING: State.MISSING,
    EasyState.DRAFT: State.PROGRESS,
    EasyState.REVIEW: State.REVIEW,
    EasyState.OUTDATED: State.OUTDATED,
    EasyState.CURRENT: State.CURRENT,
}


def _easy_cells(model: type[TranslatableMixin], keys: set[UUID], locale: Locale) -> dict[Key, Cell]:
    """Leichte Sprache is written, not translated: only pages have such texts."""
    if not rows.are_pages(model):
        return {(key, locale.pk): MISSING for key in keys}
    asked = german_pages()
    if len(keys) <= rows.FEW:
        asked = asked.filter(translation_key__in=keys)
    return {
        (key, locale.pk): Cell(
            EASY[easy.state],
            since=easy.since if easy.state == EasyState.OUTDATED else None,
            target_pk=easy.target_pk,
            is_live=easy.is_live,
            in_review=easy.state == EasyState.REVIEW,
        )
        for key, easy in easy_states(asked).items()
        if key in keys
    }
