"""The sample texts in the other languages, put in as a translator would: segment by segment, then published."""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, TranslationSource

from core.models import Term, User
from demo.loader import catalogues
from demo.loader.vocabulary import VOCABULARIES
from translations import provenance
from translations.models import Review
from translations.roles import leads


@dataclass
class Original:
    """A German page or term; what it is made of is found out once, not in each language."""

    instance: TranslatableMixin

    @cached_property
    def source(self) -> TranslationSource:
        return TranslationSource.get_or_create_from_instance(self.instance)[0]

    @cached_property
    def segments(self) -> list[StringSegment]:
        """Each text at each place once."""
        segments = StringSegment.objects.filter(source=self.source).select_related("string")
        return [*{(segment.string_id, segment.context_id): segment for segment in segments}.values()]


def load_translations() -> dict[str, int]:
    """Translate what the catalogues have texts for; return how many pages and terms each language gained."""
    originals = [
        *map(Original, catalogues.translated_pages()),
        *(Original(term) for model in VOCABULARIES.values() for term in model.objects.source()),
    ]
    return {language: _load(language, originals) for language in catalogues.LANGUAGES}


def _load(language: str, originals: list[Original]) -> int:
    texts = catalogues.translations(language)
    locale = Locale.objects.get(language_code=language)
    lead = User.objects.filter(groups__name=leads(language)).first()
    present = {*Translation.objects.filter(target_locale=locale).values_list("source__object_id", flat=True)}
    missing = [original for original in originals if original.instance.translation_key not in present]
    return sum(_translate(original, locale, texts, lead) for original in missing) if texts else 0


@transaction.atomic
def _translate(original: Original, locale: Locale, texts: dict[str, str], lead: User | None) -> bool:
    """A page goes live in a language when all of it is translated."""
    if any(segment.string.data not in texts for segment in original.segments):
        return False
    translation = Translation.objects.create(source=original.source, target_locale=locale)
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            context_id=segment.context_id,
            locale=locale,
            data=texts[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in original.segments
    )
    if isinstance(original.instance, Term):
        _save_term(original, locale, texts)
    else:
        translation.save_target()
        _review(translation, lead)
    return True


def _save_term(original: Original, locale: Locale, texts: dict[str, str]) -> None:
    """As `save_target` does it for whatever it might be."""
    term = original.instance.copy_for_translation(locale)
    term.name = texts[term.name]
    term.save()
    TranslationLog.objects.create(source=original.source, locale=locale)


def _review(translation: Translation, lead: User | None) -> None:
    """The sample texts were written by people and read by the people responsible for the language."""
    page = translation.get_target_instance()
    texts = provenance.digests(provenance.texts_of(page, translation))
    review = Review(translation=translation, revision_id=page.latest_revision_id, texts=texts)
    review.give(lead)
    review.save()
