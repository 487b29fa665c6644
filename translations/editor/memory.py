"""Translation memory: what has been said in a language for the same or a similar German sentence, anywhere on the site.

Candidates share telling words with the sentence and are about as long; an index table (`MemoryWord`) finds those, the
comparison word by word happens only for the best of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import String, StringTranslation

from core.publishing import open_pages
from translations.editor.differences import differences, drawn, similarity, with_changed_numbers
from translations.editor.marks import MARK, Mark, marks, to_plain, to_text
from translations.models import MemoryWord

THRESHOLD = 0.75
OFFERED = 3
CANDIDATES = 24
WORDS = 6
WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class Suggestion:
    """`german` is what was translated then, `text` the translation, ready to be taken over and edited."""

    percentage: int
    german: str
    text: str
    difference: SafeString
    updated_at: datetime
    is_machine: bool
    numbers_adapted: bool = False


def suggestions(text: str, locale, source_locale, user, *, context_id: int | None = None) -> list[Suggestion]:
    """For the stored German text; the best first, at most three. Not what stands at this very place already."""
    likeness = _likeness(text, locale, source_locale)
    rows = (
        StringTranslation.objects.filter(translation_of_id__in=likeness, locale=locale, has_error=False)
        .exclude(context_id=context_id)
        .exclude(context=None)
        .filter(_readable(user, source_locale))
        .select_related("translation_of")
        .order_by("-updated_at")[: 10 * CANDIDATES]
    )
    best = sorted(rows, key=lambda row: -likeness[row.translation_of_id])
    found = {}
    for row in best:
        suggestion = _suggestion(row, text, likeness[row.translation_of_id])
        found.setdefault(suggestion.text, suggestion)
        if len(found) == OFFERED:
            break
    return list(found.values())


def _likeness(text: str, locale, source_locale) -> dict[int, float]:
    """Ids of similar German texts that have a translation, and how similar they are."""
    plain = to_plain(text)
    exact = String.objects.filter(locale=source_locale, data_hash=String._get_data_hash(text)).first()
    ids = _candidates(plain, locale, source_locale)
    likeness = {}
    for string in String.objects.filter(pk__in=ids):
        ratio = similarity(plain, to_plain(string.data))
        if ratio >= THRESHOLD:
            # A hundred per cent is promised for the very same text only, marks included.
            likeness[string.pk] = min(ratio, 0.99)
    if exact:
        likeness[exact.pk] = 1.0
    return likeness


def _candidates(plain: str, locale, source_locale) -> list[int]:
    # With 75 per cent of the letters in common, neither text is shorter than six tenths of the other.
    lengths = (len(plain) * 6 // 10, len(plain) * 10 // 6 + 1)
    translated = StringTranslation.objects.filter(translation_of_id=OuterRef("string_id"), locale=locale)
    return list(
        MemoryWord.objects.filter(word__in=keys(plain), length__range=lengths, string__locale=source_locale)
        .filter(Exists(translated))
        .values("string_id")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-string_id")
        .values_list("string_id", flat=True)[:CANDIDATES]
    )


def _readable(user, source_locale) -> Q:
    """Translations of what the user may read: terms, open live pages, and pages that are theirs to edit."""
    if user.is_superuser:
        return Q()
    key = {"translation_key": OuterRef("context__object_id")}
    public = open_pages(Page.objects.live()).filter(locale=source_locale, **key)
    own = page_permission_policy.instances_user_has_permission_for(user, "change").filter(**key)
    of_a_page = Q(context__object__content_type=ContentType.objects.get_for_model(Page))
    return ~of_a_page | Q(Exists(public)) | Q(Exists(own))


def _suggestion(row: StringTranslation, text: str, ratio: float) -> Suggestion:
    german, translated = to_text(row.translation_of.data), _fitting(to_text(row.data), text)
    adapted = with_changed_numbers(translated, german, to_text(text)) if ratio < 1 else None
    return Suggestion(
        percentage=int(ratio * 100),
        german=german,
        text=adapted or translated,
        difference=drawn(differences(german, to_text(text))),
        updated_at=row.updated_at,
        is_machine=row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
        numbers_adapted=adapted is not None,
    )


def _fitting(translated: str, text: str) -> str:
    """Without marks that the German text at hand does not have."""
    known = {mark.name for mark in marks(text)}
    return MARK.sub(lambda match: match.group() if Mark(match[2]).name in known else "", translated)


def keys(plain: str) -> list[int]:
    """Hashes of the longest words: in German those are the ones that say what a sentence is about."""
    words = sorted({word.casefold() for word in WORD.findall(plain)}, key=lambda word: (-len(word), word))
    return [_key(word) for word in words[:WORDS]]


def _key(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), signed=True)


def remember(strings: Iterable[String]) -> None:
    """Put texts into the index; safe to repeat."""
    rows = []
    for string in strings:
        plain = to_plain(string.data)
        rows += [MemoryWord(string_id=string.pk, word=key, length=len(plain)) for key in keys(plain)]
    MemoryWord.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def remember_new(instance: String, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw:
        remember([instance])
