"""Which language a locale id stands for, without a query per page."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale

from core.languages import SOURCE_LANGUAGE

CACHE_KEY = "core.languages_by_locale"


def language_of(locale_id: int) -> str:
    languages = cache.get(CACHE_KEY) or {}
    if locale_id not in languages:
        languages = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(CACHE_KEY, languages, timeout=300)
    return languages.get(locale_id, SOURCE_LANGUAGE)


@receiver([post_save, post_delete], sender=Locale)
def forget(**kwargs) -> None:
    cache.delete(CACHE_KEY)
