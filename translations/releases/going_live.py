"""The moment a release goes live: all of it in one transaction, or nothing.

The first statement of the transaction claims the release. Of two workers the second waits there and then finds nothing
to do, on any database; a worker that is killed leaves the release as it was, and the next minute tries again.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.languages import SOURCE_LANGUAGE
from translations import publishing
from translations.models import Release, ReleaseText
from translations.releases import messages
from translations.releases.german import German, german_of
from translations.releases.problems import Problem
from translations.releases.readiness import Cell, is_unchanged, readiness
from translations.rights import may_publish

logger = logging.getLogger(__name__)

FOLLOWING = timedelta(days=30)  # so long optional languages follow by themselves
ATTEMPTS = 5  # after so many technical faults people are told


class Held(Exception):
    def __init__(self, problems: list[Problem]):
        self.problems = problems


def go_live_with_all_due() -> int:
    due = list(Release.objects.due().order_by("go_live_at", "pk").values_list("pk", flat=True))
    return _for_each(due, go_live)


def _for_each(releases: Iterable[int], act: Callable[[int], int]) -> int:
    """One that finds the database busy or gone waits for the next minute, and holds up none of the others."""
    done = 0
    for pk in releases:
        try:
            done += act(pk)
        except OperationalError:
            logger.exception("Release %s waits for the next minute", pk)
            if not connection.in_atomic_block:
                close_old_connections()  # a broken one would fail for all the others, too
    return done


def go_live(pk: int) -> bool:
    """Whether it went live now, by us. Optional languages follow in transactions of their own."""
    try:
        _look_before(pk)
        with transaction.atomic():
            release = _claim(pk)
            if release is None:
                return False
            _publish(release)
    except Held as held:
        hold(pk, held.problems)
        return False
    except OperationalError:
        raise  # the database is busy or gone: the next minute tries again
    except Exception:
        logger.exception("Release %s failed", pk)
        _note_failure(pk)
        return False
    follow(pk)
    return True


def _look_before(pk: int) -> None:
    """What is missing is mostly known before anybody has to wait for the database."""
    release = Release.objects.due().filter(pk=pk).first()
    problems = readiness(release).problems if release else []
    if problems:
        raise Held(problems)


def _claim(pk: int) -> Release | None:
    now = timezone.now()
    claimed = (
        Release.objects.due().filter(pk=pk).update(state=Release.State.LIVE, went_live_at=now, attempts=0, report=[])
    )
    return Release.objects.select_related("started_by").get(pk=pk) if claimed else None


def _lock_texts(release: Release) -> None:
    """Whoever saves a required text from now on waits: what is found ready is what goes live."""
    texts = Translation.objects.select_for_update(of=("self",)).filter(
        source__object_id__in=release.items.values("translation_key"),
        source__locale__language_code=SOURCE_LANGUAGE,
        target_locale_id__in=release.languages.filter(is_required=True).values("locale_id"),
    )
    list(texts.order_by("pk"))


def _publish(release: Release) -> None:
    _lock_texts(release)
    pages = german_of(release)
    problems = _refusals(release, pages) + [found.problem for found in pages if found.problem]
    if problems:
        raise Held(problems)
    _publish_german(release, pages)
    table = readiness(release)  # against the German text that is public now
    if table.problems:
        raise Held(table.problems)
    for cell in table.cells:
        if cell.is_required:
            _publish_cell(release, cell)


def _refusals(release: Release, pages: list[German]) -> list[Problem]:
    """Rights are asked when the time has come, not only when it was set."""
    user = release.started_by
    name = (user.get_full_name() or user.get_username()) if user else "?"
    return [
        Problem("rights", found.title, SOURCE_LANGUAGE, {"name": name})
        for found in pages
        if found.page and not (user and may_publish(user, found.page))
    ]


def _publish_german(release: Release, pages: list[German]) -> None:
    """Parents before what is below them."""
    drafts = [found for found in pages if found.draft]
    for found in sorted(drafts, key=lambda found: found.page.path):
        try:
            found.draft.publish(user=release.started_by)
        except (ValidationError, PermissionDenied) as error:
            raise Held([_refused(found, error)]) from error


def _refused(found: German, error: Exception) -> Problem:
    return Problem("refused", found.title, SOURCE_LANGUAGE, {"text": _words(error)})


def _words(error: Exception) -> str:
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error) or type(error).__name__


def _publish_cell(release: Release, cell: Cell) -> None:
    try:
        if cell.translation:
            publishing.publish(cell.translation, None)
        elif not cell.page.live or cell.page.has_unpublished_changes:
            cell.page.latest_revision.publish()
    except (publishing.Refused, ValidationError, PermissionDenied) as error:
        details = {"text": _words(error)}
        raise Held([Problem("refused", cell.title, cell.locale.language_code, details)]) from error
    _must_be_live(cell)
    ReleaseText.objects.update_or_create(
        release=release,
        translation_key=cell.item.translation_key,
        locale=cell.locale,
        defaults={"went_live_at": timezone.now()},
    )


def _must_be_live(cell: Cell) -> None:
    """Wagtail only schedules a page that has a date of its own, and says nothing."""
    page = Page.objects.get(pk=cell.page.pk)
    if page.live and not page.has_unpublished_changes:
        return
    field, moment = Page._meta.get_field("go_live_at"), page.get_latest_revision_as_object().go_live_at
    date = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else "?"
    details = {"text": f"{field.verbose_name}: {date}"}
    raise Held([Problem("refused", cell.title, cell.locale.language_code, details)])


def _try_optional(release: Release, cell: Cell) -> bool:
    """What goes wrong with it holds up nobody else."""
    try:
        with transaction.atomic():
            _publish_cell(release, cell)
    except Held:
        return False
    except OperationalError:
        raise
    except Exception:
        logger.exception("Optional text of release %s failed", release.pk)
        return False
    return True


@transaction.atomic
def hold(pk: int, problems: list[Problem]) -> bool:
    """Only whoever changes the state sends the mails, so that they are sent once."""
    held = (
        Release.objects.due()
        .filter(pk=pk)
        .update(state=Release.State.HELD, report=[problem.as_dict() for problem in problems], attempts=0)
    )
    if held:
        messages.say_what_is_missing(Release.objects.get(pk=pk), problems)
    return bool(held)


def _note_failure(pk: int) -> None:
    Release.objects.due().filter(pk=pk).update(attempts=F("attempts") + 1)
    if Release.objects.due().filter(pk=pk, attempts__gte=ATTEMPTS).exists():
        hold(pk, [Problem("technical")])


def follow_with_all() -> int:
    """Optional languages that have become ready since."""
    since = timezone.now() - FOLLOWING
    live = Release.objects.filter(state=Release.State.LIVE, went_live_at__gte=since, languages__is_required=False)
    return _for_each(list(live.distinct().values_list("pk", flat=True)), follow)


def follow(pk: int) -> int:
    waiting = [
        cell
        for row in readiness(Release.objects.get(pk=pk)).rows
        for cell in row.cells
        if row.german.page and row.german.page.live and not cell.went_live_at and cell.is_ready
    ]
    return sum(_follow_with(pk, cell) for cell in waiting)


def _follow_with(pk: int, cell: Cell) -> bool:
    with transaction.atomic():
        # Of two workers the second waits here.
        release = Release.objects.select_for_update().get(pk=pk)
        gone = release.texts.filter(
            translation_key=cell.item.translation_key, locale=cell.locale, went_live_at__isnull=False
        )
        return not gone.exists() and _is_as_it_was(cell) and _try_optional(release, cell)


def _is_as_it_was(cell: Cell) -> bool:
    """Whether nobody has saved a text since it was found ready; from now on whoever does waits."""
    if cell.translation is None:
        return True
    Translation.objects.select_for_update().get(pk=cell.translation.pk)
    return is_unchanged(cell)
