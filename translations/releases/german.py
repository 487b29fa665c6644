"""The German side of a release: which text goes live, and whether it can."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from wagtail.models import Page, Revision

from core.languages import SOURCE_LANGUAGE
from translations import outdated
from translations.models import Release, ReleaseItem
from translations.releases.problems import Problem


@dataclass(frozen=True)
class German:
    """`draft` is what goes live; without one the page stays as it is. `newer` is a draft that was written since."""

    item: ReleaseItem
    page: Page | None
    draft: Revision | None = None
    newer: Revision | None = None
    problem: Problem | None = None

    @property
    def title(self) -> str:
        return self.page.get_admin_display_title() if self.page else self.item.title


def pages_of(keys) -> dict[UUID, Page]:
    pages = Page.objects.filter(translation_key__in=list(keys), locale__language_code=SOURCE_LANGUAGE)
    return {page.translation_key: page for page in pages.select_related("live_revision", "latest_revision")}


def german(item: ReleaseItem, page: Page | None) -> German:
    if page is None:
        return German(item, None, problem=Problem("deleted", item.title))
    draft, code, details = None, "", {}
    if item.takes_draft and not _is_overtaken(item, page):
        draft = item.revision
        code, details = _fault(draft)
    elif not page.live:
        code = "offline"
    if not code and draft and page.locked:
        code = "german locked"
    newer = page.latest_revision if page.has_unpublished_changes or not page.live else None
    if newer and draft and newer.pk == draft.pk:
        newer = None
    problem = Problem(code, page.get_admin_display_title(), SOURCE_LANGUAGE, details) if code else None
    return German(item, page, draft, newer, problem)


def german_of(release: Release) -> list[German]:
    items = list(release.items.select_related("revision").order_by("pk"))
    pages = pages_of(item.translation_key for item in items)
    return [german(item, pages.get(item.translation_key)) for item in items]


def _is_overtaken(item: ReleaseItem, page: Page) -> bool:
    """The draft, or one after it, is public already."""
    live = page.live_revision if page.live else None
    return bool(live and item.revision and live.created_at >= item.revision.created_at)


def _fault(draft: Revision | None) -> tuple[str, dict]:
    if draft is None:
        return "draft gone", {}
    now = timezone.now()
    starts, ends = (_moment(draft.content.get(name)) for name in ("go_live_at", "expire_at"))
    if starts and starts > now:
        return "own date", {"date": date_format(timezone.localtime(starts), "SHORT_DATETIME_FORMAT")}
    if ends and ends <= now:
        return "expired", {"date": date_format(timezone.localtime(ends), "SHORT_DATETIME_FORMAT")}
    return "", {}


def _moment(value: str | None) -> datetime | None:
    return parse_datetime(value) if value else None


def choose(item: ReleaseItem, page: Page, *, draft: bool) -> None:
    """Let the newest draft go live with the release, or leave the page as it is. Translators get that text at once."""
    takes = draft and (page.has_unpublished_changes or not page.live)
    item.takes_draft = takes
    item.revision = (page.latest_revision or page.specific.save_revision()) if takes else None
    item.title = page.get_admin_display_title()[:255]
    item.save()
    offer_text(item, page)


def offer_text(item: ReleaseItem, page: Page) -> None:
    """What translators work on is what will be public once the release is live."""
    if item.takes_draft and item.revision and not _is_overtaken(item, page):
        outdated.refresh(page.specific, draft=item.revision.as_object())
    elif page.live:
        outdated.refresh(page.specific)
