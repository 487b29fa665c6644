"""Every language has a tree of its own: at least a home page, which stands in for the German one until it is translated.

Rights and workflow of a language hang on that page, so a language is ready for work as soon as somebody has added it.
"""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page

from core import roles
from core.languages import SOURCE_LANGUAGE
from core.models import BasePage

HOME_DEPTH = 2


def source_home() -> Page | None:
    """None before the site is set up; Wagtail's own first page does not count."""
    homes = Page.objects.filter(depth=HOME_DEPTH, locale__language_code=SOURCE_LANGUAGE, alias_of=None)
    return next((home for home in homes.specific() if isinstance(home, BasePage)), None)


@transaction.atomic
def add_missing() -> list[Page]:
    home = source_home()
    if home is None:
        return []
    present = Page.objects.filter(depth=HOME_DEPTH).values("locale")
    return [home.copy_for_translation(locale, alias=True) for locale in Locale.objects.exclude(pk__in=present)]


@receiver(post_save, sender=Locale)
def set_up(created: bool, raw: bool = False, **kwargs) -> None:
    """After everything else that is done with it: `set_up_site` brings a home page of its own."""
    if created and not raw:
        transaction.on_commit(_set_up)


def _set_up() -> None:
    if add_missing():
        roles.sync()
