"""How things stand with each German page in Leichte Sprache, derived by the database for any number of pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE


class EasyState(TextChoices):
    MISSING = "missing", _("Missing")
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    OUTDATED = "outdated", _("German text has changed")
    CURRENT = "current", _("Up to date")


@dataclass(frozen=True)
class EasyCell:
    """`since` is when the German text changed, or else when the text was last worked on; `target_pk` its page."""

    state: EasyState
    since: datetime | None
    target_pk: int | None
    is_live: bool = False


def states(pages: Iterable[Page] | QuerySet) -> dict[UUID, EasyCell]:
    """By translation key, in one query. `pages` are German pages, or a queryset of them."""
    if isinstance(pages, QuerySet):
        chosen = Page.objects.filter(pk__in=pages.order_by().values("pk"))
    else:
        chosen = Page.objects.filter(pk__in=[page.pk for page in pages])
    rows = with_states(chosen.order_by()).values_list(
        "translation_key", "easy_state", "easy_changed_at", "easy_worked_at", "easy_pk", "easy_live"
    )
    return {
        key: EasyCell(EasyState(state), changed_at or worked_at, pk, bool(live))
        for key, state, changed_at, worked_at, pk, live in rows
    }


def with_states(german: QuerySet[Page]) -> QuerySet[Page]:
    """Adds `easy_state`, `easy_pk`, `easy_live`, `easy_changed_at` and `easy_worked_at` to German pages."""
    return german.annotate(
        easy_pk=_easy("pk"),
        easy_live=_easy("live"),
        easy_changed_at=_easy("easy_text__german_changed_at"),
        easy_worked_at=_easy("latest_revision_created_at"),
    ).annotate(easy_state=_state())


def keys_in_review() -> QuerySet:
    """Translation keys of the German pages whose texts wait for a lead."""
    waiting = with_states(german_pages().order_by()).filter(easy_state=EasyState.REVIEW)
    return waiting.values_list("translation_key", flat=True)


def _easy(field: str) -> Subquery:
    texts = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=EASY_LANGUAGE, alias_of=None
    )
    return Subquery(texts.order_by("pk").values(field)[:1])


def _state() -> Case:
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("easy_pk"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return Case(
        When(easy_pk=None, then=Value(EasyState.MISSING)),
        When(Exists(reviews), then=Value(EasyState.REVIEW)),
        When(easy_live=False, then=Value(EasyState.DRAFT)),
        When(easy_changed_at__isnull=False, then=Value(EasyState.OUTDATED)),
        default=Value(EasyState.CURRENT),
        output_field=CharField(),
    )


def german_pages() -> QuerySet[Page]:
    return Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, depth__gt=1).order_by(F("path"))
