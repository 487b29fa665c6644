"""What somebody sees of the board: the languages and German texts they have to do with."""

from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.snippets.models import get_snippet_models

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import languages
from core.publishing import openness
from translations.rights import languages_of


def locales_seen_by(user) -> list[Locale]:
    """Whoever writes German sees what becomes of it in all languages; others see theirs."""
    own = languages_of(user)
    locales = {code: Locale(pk=pk, language_code=code) for pk, code in languages().items() if code != SOURCE_LANGUAGE}
    order = [*LANGUAGE_NAMES, *sorted(locales.keys() - LANGUAGE_NAMES.keys())]
    # Leichte Sprache comes last: it is another kind of work.
    order.sort(key=lambda code: code == EASY_LANGUAGE)
    return [locales[code] for code in order if code in locales and (code in own or SOURCE_LANGUAGE in own)]


def pages_seen_by(user) -> QuerySet[Page]:
    """German pages that are public, theirs to change, or being translated in a tree of theirs."""
    german = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, depth__gt=1)
    if user.is_superuser:
        return german
    own = page_permission_policy.instances_user_has_permission_for(user, "change")
    in_work = own.filter(alias_of=None).exclude(locale__language_code=SOURCE_LANGUAGE)
    return german.filter(
        (Q(live=True) & openness())
        | Q(pk__in=own.order_by().values("pk"))
        | Q(translation_key__in=in_work.order_by().values("translation_key"))
    )


def kinds_seen_by(user) -> dict[str, type[TranslatableMixin]]:
    """Kinds of terms by their label, such as `core.topic`."""
    models = [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]
    return {
        model._meta.label_lower: model
        for model in models
        if policy_registry.get_by_type(model).user_has_any_permission(user, {"view", "change"})
    }


def terms_seen_by(user, model: type[TranslatableMixin]) -> QuerySet:
    return model._default_manager.filter(locale__language_code=SOURCE_LANGUAGE)
