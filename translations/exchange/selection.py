"""Which translations somebody may take along as a file: those they may edit."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from translations.rights import languages_of


def own_locales(user) -> list[Locale]:
    languages = languages_of(user) - {SOURCE_LANGUAGE, EASY_LANGUAGE}
    return list(Locale.objects.filter(language_code__in=languages).order_by("language_code"))


def own(user, locale: Locale) -> QuerySet[Translation]:
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages = pages.filter(locale=locale, translation_key=OuterRef("source__object_id")).order_by()
    terms = [
        model
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin)
        and policy_registry.get_by_type(model).user_has_permission(user, "change")
    ]
    mine = Q(Exists(pages))
    if terms and locale.language_code in languages_of(user):
        mine |= Q(source__specific_content_type__in=ContentType.objects.get_for_models(*terms).values())
    translations = Translation.objects.filter(mine, enabled=True, target_locale=locale)
    return translations.select_related("source", "source__locale", "target_locale").order_by(
        "source__object_repr", "pk"
    )


def of_pages(translations: QuerySet[Translation], pages: QuerySet[Page]) -> QuerySet[Translation]:
    return translations.filter(source__object_id__in=pages.order_by().values("translation_key"))


def with_open_texts(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """Not finished, or outdated."""
    texts = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef(OuterRef("target_locale_id")),
        has_error=False,
    )
    return translations.filter(
        Exists(StringSegment.objects.filter(source_id=OuterRef("source_id")).filter(~Exists(texts)))
    )
