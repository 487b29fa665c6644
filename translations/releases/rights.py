"""Who may do what with a release. German pages take the right to publish them; a language takes its leads' word."""

from django.db.models import QuerySet
from wagtail.models import Page

from core.languages import SOURCE_LANGUAGE
from translations.models import Release
from translations.releases.german import pages_of
from translations.releases.readiness import Cell
from translations.rights import is_administrator, languages_of, may_publish, may_read


def may_plan(user) -> bool:
    return SOURCE_LANGUAGE in languages_of(user, "publish")


def may_steer(user, release: Release) -> bool:
    """Whoever may publish all of its German pages. Pages that are gone are nobody's."""
    if not may_plan(user):
        return False
    pages = pages_of(release.items.values_list("translation_key", flat=True))
    return all(may_publish(user, page) for page in pages.values())


def may_call_ready(user, cell: Cell, release: Release) -> bool:
    """Until the text is live with the release: optional ones follow."""
    waits = release.state != Release.State.CANCELLED and not cell.went_live_at
    return bool(waits and cell.page and may_publish(user, cell.page))


def seen_by(user) -> QuerySet[Release]:
    """By those who plan, and by the people of its languages."""
    if may_plan(user) or is_administrator(user):
        return Release.objects.all()
    return Release.objects.filter(languages__locale__language_code__in=languages_of(user)).distinct()


def may_see_title(user, page: Page | None) -> bool:
    """Translators learn nothing of drafts that are not theirs to read."""
    return page is None or may_plan(user) or may_read(user, page)
