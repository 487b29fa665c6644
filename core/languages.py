"""The site's languages: their names, writing direction, and which text is being shown to whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language, override

SOURCE_LANGUAGE = "de"
EASY_LANGUAGE = "de-simple"

# Facts point to source pages and source terms; choosers offer nothing else.
IN_SOURCE_LANGUAGE = {"locale__language_code": SOURCE_LANGUAGE}

# Each in its own language, as the language switch shows it. Django knows no name for Leichte Sprache.
LANGUAGE_NAMES = {
    "de": "Deutsch",
    "de-simple": "Leichte Sprache",
    "en": "English",
    "tr": "Türkçe",
    "ru": "Русский",
    "ar": "العربية",
    "pl": "Polski",
    "uk": "Українська",
}

RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"}

_reader_language: ContextVar[str | None] = ContextVar("reader_language", default=None)


def direction(language: str) -> str:
    """`rtl` or `ltr`, as the HTML attribute wants it."""
    return "rtl" if language in RIGHT_TO_LEFT or base(language) in RIGHT_TO_LEFT else "ltr"


def base(language: str) -> str:
    """The language without script, region or variant: `de` for `de-simple`."""
    return language.split("-", 1)[0]


def preferred_language(user) -> str:
    """The language somebody has chosen for the admin, for what is written to them outside a request of theirs."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else SOURCE_LANGUAGE


def reader_language() -> str:
    """The language of the address the reader is at, even while text in another language is being rendered."""
    return _reader_language.get() or get_language() or SOURCE_LANGUAGE


@contextmanager
def text_in(language: str) -> Iterator[None]:
    """Render labels in `language` (that of the surrounding text) while links keep the reader's language."""
    token = _reader_language.set(reader_language())
    try:
        with override(language):
            yield
    finally:
        _reader_language.reset(token)
