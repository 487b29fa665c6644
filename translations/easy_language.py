"""Leichte Sprache: a text of its own at the place of the German page, not a translation sentence by sentence."""

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.fields import TranslatableField

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.locales import language_of
from translations.rights import may_read, may_work_at


def easy_locale() -> Locale | None:
    return Locale.objects.filter(language_code=EASY_LANGUAGE).first()


def easy_text_of(page: Page) -> Page | None:
    """The text in Leichte Sprache, finished or draft; an alias only holds the place."""
    pages = Page.objects.filter(translation_key=page.translation_key, locale__language_code=EASY_LANGUAGE)
    return pages.filter(alias_of=None).first()


def may_create(user, page: Page) -> bool:
    locale = easy_locale()
    return bool(
        locale
        and page.depth > 1
        and language_of(page.locale_id) == SOURCE_LANGUAGE
        and easy_text_of(page) is None
        and may_read(user, page)
        and may_work_at(user, page, locale)
    )


@transaction.atomic
def create(page: Page, user) -> Page:
    """A draft with the German title and nothing else to start from."""
    page = page.specific
    prose = [
        field.field_name
        for field in page.translatable_fields
        if isinstance(field, TranslatableField) and field.field_name != "title"
    ]
    placeholder = page.get_translations().filter(locale=easy_locale(), alias_of__isnull=False).first()
    if placeholder:
        text = _instead_of(placeholder.specific, prose)
    else:
        text = page.copy_for_translation(easy_locale(), copy_parents=True, exclude_fields=prose)
    text.owner = user
    text.save(clean=False)
    text.save_revision(user=user, clean=False, log_action=True)
    return text


def _instead_of(placeholder: Page, prose: list[str]) -> Page:
    """Turn the alias that holds the place for pages below it into the text."""
    placeholder.alias_of = None
    placeholder.live = False
    for name in prose:
        setattr(placeholder, name, placeholder._meta.get_field(name).get_default())
    return placeholder
