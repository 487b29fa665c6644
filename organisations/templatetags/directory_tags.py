from django import template
from django.utils.translation import get_language

from organisations.languages import language_name

register = template.Library()


@register.filter
def spoken_name(code: str) -> str:
    """The name of a spoken language in the language of the text around it."""
    return language_name(code, get_language())


@register.filter
def host(url: str) -> str:
    """`https://www.example.org/a` as people say it: `example.org`."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


@register.filter
def tel(number: str) -> str:
    """A phone number as it is dialled: digits, and the plus in front."""
    return "".join(character for character in number if character.isdigit() or character == "+")
