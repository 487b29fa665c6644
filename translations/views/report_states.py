"""In which state a translation really is, computed by the database in one query for any number of them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, TranslationLog


class State(TextChoices):
    NEW = "new", _("New: to be translated")
    OUTDATED = "outdated", _("Outdated: the German text has changed")
    REVIEW = "review", _("In review")
    READY = "ready", _("Translated, not yet published")
    DONE = "done", _("Up to date")


def with_states(translations: QuerySet) -> QuerySet:
    """Adds `state`, `total`, `missing`, `page_id`, `page_title` and `source_page_id`."""
    return (
        translations.annotate(
            page_id=_page("pk", "target_locale_id"),
            page_title=_page("draft_title", "target_locale_id"),
            source_page_id=_page("pk", "source__locale_id"),
            is_live=Coalesce(_page("live", "target_locale_id"), Value(True), output_field=BooleanField()),
            total=_count(_segments()),
            missing=_count(_segments().filter(~Exists(_text_of_segment()))),
            written_at=_latest_text(),
            in_review=Exists(_reviews()),
        )
        .annotate(released_at=Coalesce(_page("last_published_at", "target_locale_id"), _latest_log()))
        .annotate(state=_state())
    )


def _state() -> Case:
    return Case(
        When(in_review=True, then=Value(State.REVIEW)),
        When(Q(missing__gt=0) & (Q(is_live=False) | Q(written_at=None)), then=Value(State.NEW)),
        When(missing__gt=0, then=Value(State.OUTDATED)),
        When(is_live=False, then=Value(State.READY)),
        When(written_at__gt=F("released_at"), then=Value(State.READY)),
        When(source__last_updated_at__gt=F("released_at"), then=Value(State.READY)),
        default=Value(State.DONE),
        output_field=CharField(),
    )


def _page(field: str, locale: str) -> Subquery:
    pages = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale_id=OuterRef(locale))
    return Subquery(pages.values(field)[:1])


def _segments() -> QuerySet:
    return StringSegment.objects.filter(source_id=OuterRef("source_id")).annotate(
        target_locale_id=OuterRef("target_locale_id")
    )


def _text_of_segment() -> QuerySet:
    return StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("target_locale_id"),
        has_error=False,
    )


def _count(segments: QuerySet) -> Coalesce:
    counted = segments.order_by().values("source_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _latest_text() -> Subquery:
    texts = StringTranslation.objects.filter(
        context__object_id=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    )
    return Subquery(texts.order_by("-updated_at").values("updated_at")[:1])


def _latest_log() -> Subquery:
    logs = TranslationLog.objects.filter(source_id=OuterRef("source_id"), locale_id=OuterRef("target_locale_id"))
    return Subquery(logs.order_by("-created_at").values("created_at")[:1])


def _reviews() -> QuerySet:
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("page_id"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
