"""Sending pages and terms into translation, together with what belongs to them."""

from collections.abc import Iterable, Iterator

from django.db import models, transaction
from modelcluster.fields import ParentalKey
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.operations import translate_object

from core.languages import SOURCE_LANGUAGE
from core.locales import language_of


@transaction.atomic
def submit(objects: Iterable[TranslatableMixin], locales: list[Locale], user, components=None) -> None:
    for instance in objects:
        missing = [locale for locale in locales if not _is_translated(instance, locale)]
        if missing:
            translate_object(instance, missing, components, user)
        for term in terms_of(instance):
            untranslated = [locale for locale in locales if not _is_translated(term, locale)]
            if untranslated:
                translate_object(term, untranslated, None, user)


def _is_translated(instance: TranslatableMixin, locale: Locale) -> bool:
    translations = instance.get_translations(inclusive=True).filter(locale=locale)
    if isinstance(instance, Page):
        translations = translations.filter(alias_of=None)
    return translations.exists()


def terms_of(page: TranslatableMixin) -> Iterator[TranslatableMixin]:
    """Source-language terms that the page's facts name, directly or in an inline row."""
    seen = set()
    for owner in (page, *_rows(page)):
        for field in owner._meta.get_fields():
            model = getattr(field, "related_model", None)
            if field.auto_created or not model or not _is_term(model):
                continue
            value = getattr(owner, field.name)
            for term in value.all() if field.many_to_many else [value]:
                if term and term.pk not in seen and language_of(term.locale_id) == SOURCE_LANGUAGE:
                    seen.add((model, term.pk))
                    yield term


def _rows(page: TranslatableMixin) -> Iterator[models.Model]:
    for relation in page._meta.related_objects:
        if relation.one_to_many and _is_row(relation):
            yield from getattr(page, relation.get_accessor_name()).all()


def _is_row(relation) -> bool:
    return isinstance(relation.field, ParentalKey) and not relation.related_model._meta.app_label.startswith("wagtail")


def _is_term(model) -> bool:
    return isinstance(model, type) and issubclass(model, TranslatableMixin) and not issubclass(model, Page)
