"""Files for translators and their tools."""

import io
import zipfile

from django.http import HttpResponse
from django.utils.text import slugify
from wagtail_localize.models import Translation

from translations.exchange import po, xliff
from translations.exchange.entries import texts_of

PO, XLIFF = "po", "xliff"
MOST = 1000  # translations in one file


def response(translations: list[Translation], file_format: str) -> HttpResponse:
    """Of one language. One page makes one file; several make one XLIFF, or PO files in an archive."""
    texts = texts_of(translations)
    name = _name(translations)
    if file_format == XLIFF:
        locale, source = translations[0].target_locale.language_code, translations[0].source.locale.language_code
        pages = [(translation, texts[translation.pk]) for translation in translations]
        return _attachment(xliff.write(source, locale, pages), f"{name}.xlf", "application/xliff+xml")
    files = {translation: po.write(translation, texts[translation.pk]) for translation in translations}
    if len(files) == 1:
        return _attachment(*files.values(), f"{name}.po", "text/x-gettext-translation")
    return _attachment(_archive(files), f"{name}.zip", "application/zip")


def _archive(files: dict[Translation, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for translation, content in files.items():
            archive.writestr(f"{_name([translation])}-{translation.pk}.po", content)
    return written.getvalue()


def _name(translations: list[Translation]) -> str:
    title = translations[0].source.object_repr if len(translations) == 1 else "translations"
    return f"{slugify(title)[:60] or 'text'}-{translations[0].target_locale.language_code}"


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=disposition)
