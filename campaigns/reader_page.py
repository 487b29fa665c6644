"""The page behind an address that is not Wagtail's: a form, or what comes after it."""

from django.http import Http404

from core.languages import SOURCE_LANGUAGE, reader_language
from core.locales import language_of
from core.models import BasePage


def page_for_reader[P: BasePage](model: type[P], slug: str) -> P:
    """The public page in the reader's language where it is translated, else in German."""
    source = model.objects.listed().filter(slug=slug).first()
    if source is None:
        raise Http404
    language = reader_language()
    if language == SOURCE_LANGUAGE:
        source.source = source
        return source
    versions = model.objects.live().filter(translation_key=source.translation_key, alias_of=None)
    wanted = (language, SOURCE_LANGUAGE)
    pages = {language_of(page.locale_id): page for page in versions.filter(locale__language_code__in=wanted)}
    page = pages.get(language) or pages[SOURCE_LANGUAGE]
    page.source = pages[SOURCE_LANGUAGE]
    return page
