"""Who may have a machine fill a translation, and the job that does it."""

from collections.abc import Iterable

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.languages import EASY_LANGUAGE
from translations import jobs
from translations.machine import budget, filling
from translations.machine.failures import Failure, OverBudget, ShutOut, Unavailable
from translations.machine.providers import available, provider_for
from translations.models import Job
from translations.rights import SUBMIT, is_locked, languages_of, may_change, may_read, may_work_at

KIND = "machine"
REST = 60  # seconds for which a service that failed is not asked again
MOST_PROBLEMS = 20


def may_start(user, translation: Translation) -> bool:
    """Whoever may work at the translation, or may order translations into its language."""
    locale = translation.target_locale
    if not translation.enabled or locale.language_code == EASY_LANGUAGE or not available(locale.language_code):
        return False
    try:
        if may_change(user, translation.get_target_instance()):
            return True
        source = translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return False
    if not user.has_perm(SUBMIT) or not may_read(user, source):
        return False
    if isinstance(source, Page):
        return may_work_at(user, source, locale)
    return locale.language_code in languages_of(user) | languages_of(user, "add")


def request(translations: Iterable[Translation], user) -> Job:
    """Start the job. Raises PermissionDenied, or OverBudget where nothing at all could be done this month."""
    translations = list(translations)
    if not translations or not all(may_start(user, translation) for translation in translations):
        raise PermissionDenied
    _check_budget(translations)
    items = [{"title": title(translation), "translation": translation.pk} for translation in translations]
    return jobs.start(KIND, items, user, _title(translations))


def _check_budget(translations: list[Translation]) -> None:
    """One is refused if it does not fit; of many, as many as fit are done."""
    if len(translations) == 1:
        [translation] = translations
        language = translation.target_locale.language_code
        segments = filling.open_segments(translation, provider_for(language))
        budget.check(language, budget.words([segment.string.data for segment in segments]))
    elif not any(budget.left(code) for code in {item.target_locale.language_code for item in translations}):
        raise OverBudget(_("The monthly budget for machine translation is used up."))


def _title(translations: list[Translation]) -> str:
    if len(translations) == 1:
        return _("Machine translation: %(title)s") % {"title": title(translations[0])}
    text = ngettext(
        "Machine translation of %(count)s text", "Machine translation of %(count)s texts", len(translations)
    )
    return text % {"count": len(translations)}


def title(translation: Translation) -> str:
    return f"{translation.source.object_repr} ({translation.target_locale.get_display_name()})"


@jobs.kind(KIND, in_transaction=False)
def step(item: dict, user) -> str | None:
    """Called again after a kill: what is there already is not sent a second time."""
    translations = Translation.objects.select_related("source__specific_content_type", "target_locale")
    translation = translations.filter(pk=item["translation"]).first()
    if translation is None:
        return _("This translation does not exist any more.")
    if not may_start(user, translation):
        raise PermissionDenied
    if is_locked(user, translation.get_target_instance()):
        return _("The page is locked, for example because it is being reviewed.")
    provider = provider_for(translation.target_locale.language_code)
    if resting := cache.get(_resting(provider.label)):
        return resting
    problems = []
    try:
        for problem in filling.fill(translation, provider, user):
            problems.append(problem)  # noqa: PERF402  (those before a failure count)
    except Failure as failure:
        problems.append(str(failure))
        if isinstance(failure, ShutOut | Unavailable):
            cache.set(_resting(provider.label), str(failure), REST)
    return _together(problems)


def _resting(label: str) -> str:
    return f"machine-rests-{label}"


def _together(problems: list[str]) -> str | None:
    if len(problems) > MOST_PROBLEMS:
        more = _("… and %(count)s more") % {"count": len(problems) - MOST_PROBLEMS}
        problems = [*problems[:MOST_PROBLEMS], more]
    return "\n".join(problems) or None
