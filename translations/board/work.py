"""The steps of jobs that the board starts. Each asks for the rights of its pages and languages when its turn comes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from translations import assigning, jobs, publishing, submitting
from translations.board.questions import name_of
from translations.easy import places
from translations.models import Job
from translations.rights import SUBMIT, may_read, target_locales


def item(model: type[TranslatableMixin], key: UUID, title: str, locale: Locale, **details) -> dict:
    return {
        "title": f"{title} ({name_of(locale)})",
        "model": model._meta.label_lower,
        "key": str(key),
        "locale": locale.pk,
        **details,
    }


def request_all(model: type[TranslatableMixin], rows: Iterable[tuple[UUID, str]], locales: list[Locale], user) -> Job:
    """Pages in reading order, so that parents come before what is below them."""
    items = [item(model, key, title, locale) for key, title in rows for locale in locales]
    names = ", ".join(name_of(locale) for locale in locales)
    return jobs.start("request", items, user, _("Request translation: %(languages)s") % {"languages": names})


@jobs.kind("request")
def request(item: dict, user) -> str | None:
    source, locale = _source(item), Locale.objects.filter(pk=item["locale"]).first()
    if source is None or locale is None:
        return _gone()
    if locale.language_code == EASY_LANGUAGE:
        return _begin_easy_text(source, user)
    if not user.has_perm(SUBMIT) or not may_read(user, source) or locale not in target_locales(user, source, [locale]):
        raise PermissionDenied(_("You may not request this translation."))
    submitting.submit([source], [locale], user)
    return None


def _begin_easy_text(page: TranslatableMixin, user) -> None:
    """A draft to be written: Leichte Sprache is no translation sentence by sentence."""
    if not isinstance(page, Page) or not user.has_perm(SUBMIT) or not places.may_create(user, page):
        raise PermissionDenied(_("You may not request this translation."))
    places.create(page, user)


@jobs.kind("publish")
def publish(item: dict, user) -> str | None:
    translation = Translation.objects.filter(pk=item["translation"], enabled=True).first()
    if translation is None:
        return _gone()
    try:
        publishing.publish(translation, user)
    except publishing.Refused as refused:
        return str(refused)
    return None


@jobs.kind("due")
def set_due(item: dict, user) -> str | None:
    """For all at once; those that the user may no longer assign are left as they are."""
    cells = {(UUID(key), locale_id) for key, locale_id in item["cells"]}
    allowed = assigning.assignable(user, cells)
    assigning.set_due(allowed, _due(item), urgent=item["urgent"], by=user)
    return None if allowed == cells else _("You may not assign this.")


def _due(item: dict) -> date | None:
    return date.fromisoformat(item["due"]) if item["due"] else None


def _source(item: dict) -> TranslatableMixin | None:
    model = apps.get_model(item["model"])
    found = model._default_manager.filter(translation_key=item["key"], locale__language_code=SOURCE_LANGUAGE).first()
    return found.specific if isinstance(found, Page) else found


def _gone() -> str:
    return _("It has been deleted meanwhile.")
