"""The translation services, each in its own dialect behind one small class."""

from abc import ABC, abstractmethod

from bs4 import Tag
from django.conf import settings
from django.utils.translation import gettext as _

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE, base
from translations.machine.asking import post
from translations.machine.failures import Unavailable


class Provider(ABC):
    """Takes and gives pieces of HTML with inline markup."""

    label: str
    shield = "span"  # the element whose content the service leaves as it is

    def __init__(self, url: str, key: str):
        self.url, self.key = url.rstrip("/"), key

    def translate(self, texts: list[str], language: str) -> list[str]:
        """As many texts in the same order. Raises Refused or Unavailable."""
        translated = self.ask(texts, language)
        complete = isinstance(translated, list) and len(translated) == len(texts)
        if not complete or not all(isinstance(text, str) for text in translated):
            raise Unavailable(_("The translation service gave other texts back than were sent."))
        return translated

    @abstractmethod
    def ask(self, texts: list[str], language: str) -> list[str] | None: ...

    def shielded(self, number: int, words: str) -> str:
        return f'<{self.shield} translate="no" id="k{number}">{words}</{self.shield}>'

    def is_shield(self, tag: Tag) -> bool:
        return tag.name == self.shield


class LibreTranslate(Provider):
    label = "LibreTranslate"
    # Its older versions know no translate="no", but a list of elements they leave alone; this one is not otherwise used.
    shield = "time"

    def ask(self, texts, language):
        body = {"q": texts, "source": SOURCE_LANGUAGE, "target": base(language), "format": "html"}
        answer = post(f"{self.url}/translate", body | ({"api_key": self.key} if self.key else {}))
        return answer.get("translatedText")


class DeepL(Provider):
    label = "DeepL"
    shield = "x"
    VARIANTS = {"en": "EN-GB", "pt": "PT-PT"}  # as a target these need a country

    def ask(self, texts, language):
        body = {
            "text": texts,
            "source_lang": SOURCE_LANGUAGE.upper(),
            "target_lang": self.VARIANTS.get(language, base(language).upper()),
            "tag_handling": "xml",
            "ignore_tags": [self.shield],
        }
        answer = post(f"{self.url}/v2/translate", body, {"Authorization": f"DeepL-Auth-Key {self.key}"})
        return _each(answer.get("translations"), "text")


class Google(Provider):
    """Cloud Translation v2, which needs no more than a key."""

    label = "Google"

    def ask(self, texts, language):
        body = {"q": texts, "source": SOURCE_LANGUAGE, "target": base(language), "format": "html"}
        answer = post(f"{self.url}/language/translate/v2", body, {"X-Goog-Api-Key": self.key})
        data = answer.get("data")
        return _each(data.get("translations") if isinstance(data, dict) else None, "translatedText")


def _each(rows, name: str) -> list | None:
    return [row.get(name) if isinstance(row, dict) else None for row in rows] if isinstance(rows, list) else None


PROVIDERS: dict[str, type[Provider]] = {"libretranslate": LibreTranslate, "deepl": DeepL, "google": Google}


def provider_for(language: str) -> Provider | None:
    """None where the settings name none, and for Leichte Sprache, which is written by people."""
    if base(language) == SOURCE_LANGUAGE or language == EASY_LANGUAGE:
        return None
    name = settings.MACHINE_LANGUAGES.get(language) or settings.MACHINE_LANGUAGES.get("*")
    return PROVIDERS[name](**settings.MACHINE_PROVIDERS[name]) if name else None


def available(language: str = "") -> bool:
    """Whether machines translate into this language, or into any."""
    return bool(provider_for(language) if language else settings.MACHINE_LANGUAGES)
