from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.utils.translation import get_language

from core.models.vocabulary import Label, label_lists
from organisations.languages import language_name
from organisations.models import SpokenLanguage
from organisations.participation import Participation, participation

register = template.Library()

MODE_ICONS = {"on-site": "users", "phone": "phone", "written": "file-text", "interpreter": "ear"}


@register.filter
def spoken_name(code: str) -> str:
    """The name of a spoken language in the language of the text around it."""
    return language_name(code, get_language())


@register.simple_tag
def taking_part(organisation) -> Participation:
    """Further networks, stories, projects and events of an organisation."""
    return participation(organisation)


@register.simple_tag
def vocabulary_of(organisation) -> dict[str, list[Label]]:
    """What it offers, for whom, and what it stands for."""
    names = ("services", "target_groups", "tasks")
    return dict(zip(names, label_lists([getattr(organisation, name) for name in names]), strict=True))


@dataclass(frozen=True)
class Mode:
    """A way of being understood, and the languages it is offered in."""

    name: str
    icon: str
    languages: list


@register.filter
def by_mode(spoken: Iterable[SpokenLanguage]) -> list[Mode]:
    spoken = list(spoken)
    modes = [
        Mode(name, MODE_ICONS[mode], [language for language in spoken if language.mode == mode])
        for mode, name in SpokenLanguage.MODES
    ]
    return [mode for mode in modes if mode.languages]


@register.filter
def host(url: str) -> str:
    """`https://www.example.org/a` as people say it: `example.org`."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


@register.filter
def tel(number: str) -> str:
    """A phone number as it is dialled: digits, and the plus in front."""
    return "".join(character for character in number if character.isdigit() or character == "+")
