"""Comments that wait for somebody: the last word at a place is another's, and nobody has settled it."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from wagtail_localize.models import Translation

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of
from translations.assigning import people_of
from translations.comments import placed, quoted
from translations.models import SegmentComment
from translations.rights import languages_of, translations_seen_by

SHOWN = 50
READ = 500  # of the newest, to find the last word of each thread


@dataclass
class Word:
    """The last comment at a place."""

    comment: SegmentComment

    @property
    def title(self) -> str:
        return self.comment.translation.source.object_repr

    @property
    def language_name(self) -> str:
        language = language_of(self.comment.translation.target_locale_id)
        return LANGUAGE_NAMES.get(language, language)

    @property
    def about(self) -> str:
        return quoted(self.comment)

    @property
    def address(self) -> str:
        return reverse("translations:open_text", args=[self.comment.translation_id]) + f"?comment={self.comment.pk}"


def waiting_for(user) -> list[Word]:
    """The newest first. Editors of the German text hear what translators say; translators hear what others say, and
    the answers where they took part, but not every question among their own."""
    comments = _last_words(user)
    if not user.is_superuser and SOURCE_LANGUAGE not in languages_of(user):
        colleagues = _colleagues({comment.translation.target_locale_id for comment in comments})
        comments = [comment for comment in comments if comment.took_part or comment.author_id not in colleagues]
    return [Word(comment) for comment in comments]


def _colleagues(locales: set[int]) -> set[int]:
    return {pk for locale_id in locales for pk in people_of(locale_id).order_by().values_list("pk", flat=True)}


def _last_words(user) -> list[SegmentComment]:
    seen = translations_seen_by(user, Translation.objects.filter(enabled=True))
    comments = placed(SegmentComment.objects.filter(resolved_at=None, translation__in=seen))
    threads = defaultdict(list)
    for comment in comments.select_related("author", "string", "translation__source").order_by("-created_at", "-pk")[
        :READ
    ]:
        text = comment.place_string_id if comment.is_placed else comment.string_id
        threads[comment.translation_id, comment.context_id, text].append(comment)
    last = []
    for thread in threads.values():
        thread[0].took_part = any(comment.author_id == user.pk for comment in thread)
        if thread[0].author_id != user.pk:
            last.append(thread[0])
    return last[:SHOWN]
