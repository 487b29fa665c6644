"""The sample texts in the other languages, put in as a translator would: segment by segment, then published."""

from django.db import transaction
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import User
from demo.loader import catalogues
from demo.loader.vocabulary import VOCABULARIES
from translations import review
from translations.roles import leads


def load_translations() -> dict[str, int]:
    """Translate what the catalogues have texts for; return how many pages and terms each language gained."""
    originals = [
        *catalogues.translated_pages(),
        *(term for model in VOCABULARIES.values() for term in model.objects.source()),
    ]
    return {language: _load(language, originals) for language in catalogues.LANGUAGES}


def _load(language: str, originals: list[TranslatableMixin]) -> int:
    texts = catalogues.translations(language)
    locale = Locale.objects.get(language_code=language)
    present = {*Translation.objects.filter(target_locale=locale).values_list("source__object_id", flat=True)}
    missing = [original for original in originals if original.translation_key not in present]
    return sum(_translate(original, locale, texts) for original in missing) if texts else 0


@transaction.atomic
def _translate(original: TranslatableMixin, locale: Locale, texts: dict[str, str]) -> bool:
    """A page goes live in a language when all of it is translated."""
    source, _created = TranslationSource.get_or_create_from_instance(original)
    segments = list(StringSegment.objects.filter(source=source).select_related("string"))
    if any(segment.string.data not in texts for segment in segments):
        return False
    translation = Translation.objects.create(source=source, target_locale=locale)
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            context_id=segment.context_id,
            locale=locale,
            data=texts[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in {(segment.string_id, segment.context_id): segment for segment in segments}.values()
    )
    translation.save_target()
    _review(translation)
    return True


def _review(translation: Translation) -> None:
    """The sample texts were written by people and read by the people responsible for the language."""
    page = translation.get_target_instance()
    if isinstance(page, Page):
        lead = User.objects.filter(groups__name=leads(translation.target_locale.language_code)).first()
        review.record(translation, page.latest_revision, lead)
