"""Where a text in Leichte Sprache stands: a text of its own at the place of the German page, not a translation sentence by sentence."""

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.fields import TranslatableField

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.locales import language_of
from translations.easy import record
from translations.rights import languages_of, may_change, may_publish, may_read, may_work_at


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
    record.of(text)
    return text


def is_easy_text(page: Page) -> bool:
    """Whether this is a text of its own in Leichte Sprache, with a German page at the same place."""
    return (
        language_of(page.locale_id) == EASY_LANGUAGE
        and not page.alias_of_id
        and Page.objects.filter(translation_key=page.translation_key, locale__language_code=SOURCE_LANGUAGE).exists()
    )


def may_look(user) -> bool:
    """Whoever writes in Leichte Sprache, or may begin a text for those who do."""
    return EASY_LANGUAGE in languages_of(user) | languages_of(user, "add")


def may_answer_for(user, text: Page) -> bool:
    """Whether the user may say that a text still fits or was checked: public at once where the page is live."""
    return may_publish(user, text) if text.live else may_change(user, text)


def _instead_of(placeholder: Page, prose: list[str]) -> Page:
    """Turn the alias that holds the place for pages below it into the text."""
    placeholder.alias_of = None
    placeholder.live = False
    for name in prose:
        setattr(placeholder, name, placeholder._meta.get_field(name).get_default())
    return placeholder
