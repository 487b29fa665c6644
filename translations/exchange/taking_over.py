"""From the entries of a file to translations: each is taken whole or not at all, and each gets an answer."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from translations import drafts
from translations.editor.structure import Structure
from translations.exchange import soundness
from translations.exchange.entries import Entry, Text, texts_of
from translations.exchange.outcomes import QUIET, Outcome
from translations.models import DraftText

ALIKE = 0.5
ROWS = 500  # that many entries of one page are shown
SHOWN = 2000  # characters of a text


@dataclass
class Report:
    counts: Counter = field(default_factory=Counter)
    rows: list[dict] = field(default_factory=list)

    def add(self, entry: Entry, outcome: Outcome, text: Text | None = None, reasons=()) -> None:
        self.counts[outcome.value] += 1
        if (outcome in QUIET and not reasons) or len(self.rows) >= ROWS:
            return
        self.rows.append(
            {
                "number": entry.number,
                "outcome": outcome.value,
                "source": entry.source[:SHOWN],
                "now": text.source[:SHOWN] if text else "",
                "text": entry.target[:SHOWN],
                "reasons": list(reasons),
            }
        )


class Taking:
    """One page's entries. Inside a transaction; the caller has asked for rights."""

    def __init__(self, translation: Translation, user, *, tool: str = "", made_at: datetime | None = None):
        # The editor waits for the same row.
        self.translation = Translation.objects.select_for_update().select_related("source").get(pk=translation.pk)
        self.user, self.tool, self.made_at = user, tool[:255], made_at
        self.language = translation.target_locale.language_code
        source = self.translation.source
        self.structure = Structure(source.specific_content_type.model_class(), json.loads(source.content_json))
        self.texts = texts_of([self.translation])[translation.pk]
        self.by_key = {text.key: text for text in self.texts}
        self.by_words = {(text.path, text.source): text for text in self.texts}
        self.by_path = defaultdict(list)
        for text in self.texts:
            self.by_path[text.path].append(text)
        self.report = Report()

    def take(self, entries: list[Entry]) -> Report:
        answers = defaultdict(set)
        for entry in entries:
            if entry.target and not entry.left_out:
                answers[self._place(entry)].add(soundness.normal(entry.target))
        self.mentioned = {self._place(entry) for entry in entries}
        for entry in entries:
            if len(answers[self._place(entry)]) > 1:
                self.report.add(entry, Outcome.TWICE, self._find(entry))
            else:
                self._take(entry)
        return self.report

    def _place(self, entry: Entry) -> str | tuple[str, str]:
        return entry.key or (entry.context, entry.source)

    def _find(self, entry: Entry) -> Text | None:
        return self.by_key.get(entry.key) if entry.key else self.by_words.get((entry.context, entry.source))

    def _take(self, entry: Entry) -> None:
        text = self._find(entry)
        if entry.left_out:
            self.report.add(entry, Outcome(entry.left_out), text)
        elif entry.broken:
            self.report.add(entry, Outcome.BROKEN, text, [entry.broken])
        elif not entry.target:
            self.report.add(entry, Outcome.EMPTY)
        elif text is None:
            self._moved_on(entry)
        elif entry.key and soundness.normal(entry.source) != soundness.normal(text.source):
            self.report.add(entry, Outcome.SOURCE, text)
        else:
            self._take_for(entry, text)

    def _take_for(self, entry: Entry, text: Text) -> None:
        place = self.structure.place(text.path)
        try:
            data = soundness.sound(entry.target, text.source, place)
        except soundness.Broken as broken:
            self.report.add(entry, Outcome.BROKEN, text, [str(broken)])
            return
        except soundness.Refused as refused:
            self.report.add(entry, Outcome.REFUSED, text, [str(refused)])
            return
        if text.translation and soundness.normal(text.target) == data.strip() and not text.translation.has_error:
            self.report.add(entry, Outcome.UNCHANGED)
        elif entry.unsure:
            self._keep(entry, text, data, DraftText.Origin.UNSURE, Outcome.UNSURE)
        elif self._is_newer_here(text):
            self._keep(entry, text, data, DraftText.Origin.BESIDE, Outcome.BESIDE)
        else:
            self._store(text, data)
            self.report.add(entry, Outcome.TAKEN, text, soundness.remarks(data, text.source, self.language, place))

    def _is_newer_here(self, text: Text) -> bool:
        """Whether somebody else worked on it since the file was made."""
        stored = text.translation
        return bool(
            stored
            and self.made_at
            and stored.updated_at > self.made_at
            and stored.last_translated_by_id not in (None, self.user.pk)
        )

    def _keep(self, entry: Entry, text: Text, data: str, origin, outcome: Outcome) -> None:
        if text.draft and soundness.normal(text.draft.data) == data.strip():
            self.report.add(entry, Outcome.UNCHANGED)
            return
        drafts.keep(text.segment, self.translation.target_locale_id, data, origin, self.user, self.tool)
        self.report.add(entry, outcome, text)

    def _store(self, text: Text, data: str) -> None:
        StringTranslation.objects.update_or_create(
            translation_of_id=text.segment.string_id,
            context_id=text.segment.context_id,
            locale_id=self.translation.target_locale_id,
            defaults={
                "data": data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": self.tool,
                "last_translated_by": self.user,
                "has_error": False,
                "field_error": "",
            },
        )
        if text.draft:
            text.draft.delete()

    def _moved_on(self, entry: Entry) -> None:
        """The place is there, its German words are others: the translation waits beside the likest text."""
        text = self._likest(entry)
        if text is None:
            self.report.add(entry, Outcome.UNKNOWN)
            return
        reasons = []
        if not text.target and not text.draft:
            try:
                data = soundness.sound(entry.target, text.source, self.structure.place(text.path))
            except (soundness.Broken, soundness.Refused):
                pass
            else:
                drafts.keep(
                    text.segment, self.translation.target_locale_id, data, DraftText.Origin.OLDER, self.user, self.tool
                )
                reasons = [_("The translation is kept as a draft for the new text.")]
        self.report.add(entry, Outcome.CHANGED, text, reasons)

    def _likest(self, entry: Entry) -> Text | None:
        here = self.by_path.get(entry.context, ())
        left = [text for text in here if not {text.key, (text.path, text.source)} & self.mentioned]
        likeness = [(SequenceMatcher(None, entry.source[:SHOWN], text.source[:SHOWN]).ratio(), text) for text in left]
        ratio, text = max(likeness, key=lambda pair: pair[0], default=(0, None))
        return text if ratio >= ALIKE or (text and len(here) == 1) else None
