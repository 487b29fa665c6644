"""What translators and editors say to each other about single texts of a page.

A thread is what was said at one place about one text. Where the German text has changed since, the thread stays at its
place; where the place is gone from the page, it is kept among the earlier texts.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from translations.models import SegmentComment
from translations.rights import may_change

LONGEST = SegmentComment._meta.get_field("text").max_length
TWICE = timedelta(minutes=5)
Place = tuple[int, int | None]


@dataclass
class Comments:
    """All threads of one translation by their place, and those whose place is gone from the page."""

    threads: dict[Place, list[SegmentComment]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[Place, list[SegmentComment]] = field(default_factory=lambda: defaultdict(list))

    def at(self, context_id: int, string_id: int | None = None) -> list[SegmentComment]:
        return self.threads.get((context_id, string_id), [])

    @property
    def earlier(self) -> list[list[SegmentComment]]:
        return [*self.gone.values()]

    @property
    def number_open(self) -> int:
        return sum(comment.is_open for thread in self._all() for comment in thread)

    def place_of(self, comment: SegmentComment) -> Place:
        for place, thread in [*self.threads.items(), *self.gone.items()]:
            if comment in thread:
                return place
        return comment.context_id, comment.string_id

    def thread_of(self, comment: SegmentComment) -> list[SegmentComment]:
        return next((thread for thread in self._all() if comment in thread), [comment])

    def _all(self) -> list[list[SegmentComment]]:
        return [*self.threads.values(), *self.gone.values()]


def may_comment(user, translation: Translation) -> bool:
    """Those who may work at the translation, or at the text that it translates."""
    source = translation.source
    for locale in (translation.target_locale, source.locale):
        instance = source.object.get_instance_or_none(locale)
        if instance is not None and may_change(user, instance):
            return True
    return False


def comments_on(translation: Translation) -> Comments:
    """One query, however many there are."""
    comments = Comments()
    for comment in placed(SegmentComment.objects.filter(translation=translation)):
        if comment.is_placed:
            comments.threads[comment.context_id, comment.place_string_id].append(comment)
        else:
            comments.gone[comment.context_id, comment.string_id].append(comment)
        comment.is_about_earlier_text = comment.string_id != comment.place_string_id
    return comments


def placed(comments: QuerySet) -> QuerySet:
    """With the text that stands now where the comment was made (`place_string_id`), and whether there is one."""
    here = {"source_id": OuterRef("translation__source_id"), "context_id": OuterRef("context_id")}
    texts = StringSegment.objects.filter(**here)
    first = Subquery(texts.order_by("order", "pk").values("string_id")[:1])
    return (
        comments.annotate(is_current=Exists(texts.filter(string_id=OuterRef("string_id"))))
        .annotate(
            place_string_id=Case(
                When(is_current=True, then=F("string_id")), default=first, output_field=BigIntegerField()
            ),
            is_placed=Exists(texts) | Exists(OverridableSegment.objects.filter(**here)),
        )
        .select_related("author", "resolved_by", "string")
    )


def quoted(comment: SegmentComment) -> str:
    """The German text that was talked about, without its markup."""
    return unescape(strip_tags(comment.string.data)) if comment.string else ""


@transaction.atomic
def add(translation: Translation, context_id: int, string_id: int | None, text: str, by) -> SegmentComment:
    """Raises ValidationError. The same text twice, as from a double click, is one comment."""
    text = text.strip()
    if not text:
        raise ValidationError(_("Please write something."))
    if len(text) > LONGEST:
        raise ValidationError(_("Please write at most %(limit)s characters.") % {"limit": LONGEST})
    Translation.objects.select_for_update().get(pk=translation.pk)
    place = {"translation": translation, "context_id": context_id, "string_id": string_id}
    again = SegmentComment.objects.filter(**place, author=by, text=text, created_at__gt=timezone.now() - TWICE)
    return again.first() or SegmentComment.objects.create(**place, author=by, text=text)


def resolve(comment: SegmentComment, by) -> None:
    """The whole thread is settled."""
    _thread(comment).filter(resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)


def reopen(comment: SegmentComment) -> None:
    _thread(comment).update(resolved_at=None, resolved_by=None)


def _thread(comment: SegmentComment) -> QuerySet[SegmentComment]:
    thread = comments_on(comment.translation).thread_of(comment)
    return SegmentComment.objects.filter(pk__in=[each.pk for each in thread])
