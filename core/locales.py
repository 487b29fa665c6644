"""Which language a locale id stands for, without a query per page."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale

from core.languages import SOURCE_LANGUAGE

CACHE_KEY = "core.languages_by_locale"


def language_of(locale_id: int) -> str:
    known = cache.get(CACHE_KEY) or {}
    if locale_id not in known:
        known = _read()
    return known.get(locale_id, SOURCE_LANGUAGE)


def languages() -> dict[int, str]:
    """All of them, by the id of their locale."""
    return cache.get(CACHE_KEY) or _read()


def _read() -> dict[int, str]:
    known = dict(Locale.objects.values_list("pk", "language_code"))
    cache.set(CACHE_KEY, known, timeout=300)
    return known


@receiver([post_save, post_delete], sender=Locale)
def forget(**kwargs) -> None:
    cache.delete(CACHE_KEY)
