"""How the text of a published translation was made, read off what is published, whichever way it got there.

Each text of the live page is looked up among the stored translations: found, it was made as noted there; not found and
the same as a German text, it is a gap; anything else was typed in the page's own editor. A text by a machine counts as
reviewed when a review names exactly this text at this place and is younger than the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.locales import language_of
from translations.models import Provenance, Review
from translations.plain_text import plain

PEOPLE, MACHINE, GAP = "people", "machine", "gap"
Kind = Provenance.Kind


@dataclass(frozen=True)
class Text:
    """One text of a page: where it stands, what it says, and how it was made."""

    path: str
    words: str
    made_by: str
    changed_at: datetime | None = None

    @property
    def digest(self) -> str:
        return sha256(f"{self.path}\0{self.words}".encode()).hexdigest()[:24]


@receiver(page_published)
def record_publication(instance, **kwargs) -> None:
    if instance.live:
        record(instance)


def record(page: Page) -> Provenance | None:
    """Write down how the live text of `page` was made; nothing where it translates no other page."""
    if language_of(page.locale_id) == SOURCE_LANGUAGE:
        return None
    translation = translation_of(page)
    texts = texts_of(page, translation) if is_translation(page, translation) else []
    if len(texts) < (1 if translation else 2):  # a list that has a title and nothing else tells no tale
        Provenance.objects.filter(pk=page.pk).delete()
        return None
    gaps = [text.words for text in texts if text.made_by == GAP]
    machine = [text for text in texts if text.made_by == MACHINE]
    unreviewed = without_review(machine, translation)
    row = {
        "kind": kind(texts, machine, unreviewed),
        "gaps": gaps,
        "gap_count": len(gaps),
        "text_count": len(texts),
        "machine_count": len(machine),
        "unreviewed_count": len(unreviewed),
        "revision_id": page.live_revision_id,
        "published_at": page.last_published_at,
        "ingredients": "",
    }
    if not gaps:
        row["gaps_accepted_by"] = None
    row = {name: value for name, value in row.items() if name != "published_at" or value}
    return Provenance.objects.update_or_create(page_id=page.pk, defaults=row)[0]


def record_missing() -> int:
    """For pages that went live before this was written down. Safe to repeat; returns how many rows were missing."""
    others = Page.objects.live().filter(alias_of=None, provenance=None, depth__gt=1)
    others = others.exclude(locale__language_code__in=[SOURCE_LANGUAGE, EASY_LANGUAGE])
    return sum(record(page) is not None for page in others.specific().iterator(chunk_size=100))


def kind(texts: list[Text], machine: list[Text], unreviewed: list[Text]) -> str:
    if not machine:
        return Kind.PEOPLE
    if not unreviewed:
        return Kind.REVIEWED
    return Kind.MIXED if any(text.made_by == PEOPLE for text in texts) else Kind.MACHINE


def translation_of(page: Page) -> Translation | None:
    """Also one that is no longer kept in step: its texts are still where they came from."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    return translations.select_related("source").order_by("-enabled", "pk").first()


def is_translation(page: Page, translation: Translation | None) -> bool:
    """Not the German page, a stand-in for it, a text in Leichte Sprache, or a page without a German one."""
    if page.alias_of_id or language_of(page.locale_id) in {SOURCE_LANGUAGE, EASY_LANGUAGE}:
        return False
    return translation is not None or page.get_translations().filter(locale__language_code=SOURCE_LANGUAGE).exists()


def texts_of(page: Page, translation: Translation | None) -> list[Text]:
    """The texts of `page` as it is in memory, which may be another than the live one."""
    found = [
        (segment.path, plain(segment.string.data), segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]
    if translation is None:
        return [Text(path, words, PEOPLE) for path, words, _data in found]
    stored, handed_in = _stored(translation), _handed_in(translation)
    german = _german(translation, [data for path, words, data in found if (path, words) not in stored])
    texts = []
    for path, words, _data in found:
        made_by, changed_at = stored.get((path, words), (None, None))
        text = Text(path, words, made_by or "", changed_at)
        if not made_by:
            made_by = handed_in.get(text.digest) or (GAP if _is_gap(words, german, translation) else PEOPLE)
            text = Text(path, words, made_by)
        texts.append(text)
    return texts


def _stored(translation: Translation) -> dict[tuple[str, str], tuple[str, datetime]]:
    """(place, words) to how they were made and when; those with an error are not shown on pages."""
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id, has_error=False
    )
    values = rows.order_by("updated_at").values_list("context__path", "data", "translation_type", "updated_at")
    return {
        (path, plain(data)): (
            MACHINE if made == StringTranslation.TRANSLATION_TYPE_MACHINE else PEOPLE,
            changed_at,
        )
        for path, data, made, changed_at in values
    }


def _handed_in(translation: Translation) -> dict[str, str]:
    """How texts were made that were handed in for review and may have been rewritten since."""
    handed_in = {}
    for texts in Review.objects.filter(translation=translation).order_by("pk").values_list("texts", flat=True):
        handed_in |= texts
    return handed_in


def _german(translation: Translation, unknown: list[str]) -> set[str]:
    """The German texts of the page, and those of `unknown` that were German texts once."""
    source = translation.source
    german = StringSegment.objects.filter(source=source).values_list("string__data", flat=True)
    hashes = {String._get_data_hash(data) for data in unknown}
    once = String.objects.filter(locale=source.locale_id, data_hash__in=hashes).values_list("data", flat=True)
    return {plain(data) for data in (*german, *(once if hashes else ()))}


def _is_gap(words: str, german: set[str], translation: Translation) -> bool:
    """Names and the like, typed by people where sync is off, are no gaps."""
    return words in german and (translation.enabled or len(words.split()) > 3)


def without_review(texts: Iterable[Text], translation: Translation | None) -> list[Text]:
    """Those that no review covers, or that changed after it."""
    reviewed_at: dict[str, datetime] = {}
    reviews = Review.objects.given().filter(translation=translation).order_by("reviewed_at")
    for digests, moment in reviews.values_list("texts", "reviewed_at"):
        reviewed_at |= dict.fromkeys(digests, moment)
    return [
        text
        for text in texts
        if text.digest not in reviewed_at or (text.changed_at and text.changed_at > reviewed_at[text.digest])
    ]


def digests(texts: Iterable[Text]) -> dict[str, str]:
    """For a review: what it covers."""
    return {text.digest: text.made_by for text in texts}
