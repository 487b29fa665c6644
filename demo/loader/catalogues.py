"""The translations of the sample texts: one PO file per language, German text as it is taken apart for translators."""

from pathlib import Path

import polib
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE
from demo.loader.texts import page_texts
from demo.loader.vocabulary import VOCABULARIES
from home.models import HomePage

FOLDER = Path(__file__).resolve().parent.parent / "translations"
LANGUAGES = [code for code in LANGUAGE_NAMES if code not in (SOURCE_LANGUAGE, EASY_LANGUAGE)]


def path_of(language: str) -> Path:
    return FOLDER / f"{language}.po"


def translations(language: str) -> dict[str, str]:
    """German text to translated text; without what is still missing."""
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path_of(language))) if entry.msgstr}


def translated_pages() -> list[Page]:
    """The German pages that the sample site shows in all languages."""
    home = HomePage.objects.get(locale__language_code=SOURCE_LANGUAGE, depth=2)
    pages = {page.url_path: page for page in Page.objects.descendant_of(home, inclusive=True).live()}
    texts = [text for text in page_texts(SOURCE_LANGUAGE) if text.is_translated]
    return [pages[f"{home.url_path}{text.path}/" if text.path else home.url_path].specific for text in texts]


def write_catalogues() -> dict[str, int]:
    """Bring every catalogue in line with the German texts; return how many entries each still lacks."""
    strings = _strings()
    return {language: _write(language, strings) for language in LANGUAGES}


def _strings() -> dict[str, str]:
    """Every text once, in reading order, with the place where it stands first."""
    strings = {}
    for page in translated_pages():
        place = page.url_path.strip("/").partition("/")[2] or "home"
        for segment in extract_segments(page):
            if isinstance(segment, StringSegmentValue):
                strings.setdefault(segment.string.data, place)
    for name, model in VOCABULARIES.items():
        for term in model.objects.source():
            strings.setdefault(term.name, name)
    return strings


def _write(language: str, strings: dict[str, str]) -> int:
    path = path_of(language)
    known = translations(language) if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
    for text, place in strings.items():
        catalogue.append(polib.POEntry(msgid=text, msgstr=known.get(text, ""), comment=place))
    path.parent.mkdir(exist_ok=True)
    catalogue.save(str(path))
    return len(catalogue.untranslated_entries())
