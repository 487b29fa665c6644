"""The parts of the inbox, and who has which."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.languages import SOURCE_LANGUAGE
from translations.rights import SUBMIT, languages_of


@dataclass(frozen=True)
class Tab:
    name: str
    label: str

    @property
    def url_name(self) -> str:
        return "translations:inbox" if self.name == "mine" else f"translations:inbox_{self.name}"

    @property
    def address(self) -> str:
        return reverse(self.url_name)


MINE = Tab("mine", _("Yours"))
LANGUAGE = Tab("language", _("Everybody's in your language"))
REVIEW = Tab("review", _("Waiting for you"))
ASKED = Tab("asked", _("What you asked for"))
NOTES = Tab("notes", _("Notes from readers"))


def tabs_for(user) -> list[Tab]:
    """Translators have their work, leads what waits for their word, editors what they asked for. What readers find
    wrong is for everybody who could put it right."""
    languages = languages_of(user)
    translates = bool(languages - {SOURCE_LANGUAGE})
    leads = bool(languages_of(user, "publish") - {SOURCE_LANGUAGE})
    asks = user.has_perm(SUBMIT) and (leads or SOURCE_LANGUAGE in languages)
    has = {MINE: translates, LANGUAGE: translates, REVIEW: leads, ASKED: asks, NOTES: bool(languages)}
    return [tab for tab, shown in has.items() if shown]
