"""Says which language a text is in, and links without leaving the reader's language."""

from urllib.parse import quote

from django import template
from django.template import Node
from django.utils.html import format_html
from django.utils.translation import get_language

from core.addresses import absolute, page_address
from core.languages import LANGUAGE_NAMES, direction, reader_language, text_in

register = template.Library()


@register.simple_tag
def lang_attrs(language: str) -> str:
    """` lang="de" dir="ltr"` for text in another language than that of the text around it; otherwise nothing."""
    if not language or language == get_language():
        return ""
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.simple_tag
def page_url(page, language: str | None = None) -> str:
    """Address of a page in the reader's language."""
    return page_address(page, language) if page else ""


@register.simple_tag
def parent_url(page) -> str:
    """Address of the page above, read off the address itself."""
    return page_address(page).rstrip("/").rpartition("/")[0] + "/"


@register.simple_tag
def absolute_url(page, language: str | None = None) -> str:
    return absolute(page, language)


@register.simple_tag(takes_context=True)
def language_url(context, language: str) -> str:
    """The address the reader is at, in another language; the chosen filters and the page of a listing are kept.

    Whoever came by a secret link (`by_link`) stays at it.
    """
    page, pages, request = context.get("page"), context.get("pages"), context.get("request")
    if page and not context.get("by_link"):
        address = page_address(page, language)
    else:
        parts = request.path.split("/", 2) if request else []
        rest = parts[2] if len(parts) == 3 and parts[1] in LANGUAGE_NAMES else ""
        address = f"/{language}/{quote(rest)}"
    number = getattr(pages, "number", 1)
    query = getattr(pages, "query", "") + (f"page={number}" if number > 1 else "")
    return f"{address}?{query.rstrip('&')}" if query else address


@register.filter
def language_name(code: str) -> str:
    return LANGUAGE_NAMES.get(code, code)


@register.filter(name="direction")
def direction_of(code: str) -> str:
    return direction(code)


@register.simple_tag
def reader() -> str:
    """The reader's language code."""
    return reader_language()


@register.simple_tag
def site_languages() -> list[tuple[str, str]]:
    return list(LANGUAGE_NAMES.items())


@register.tag
def textof(parser, token):
    """`{% textof page %}…{% endtextof %}`: what is inside is text of that page.

    In a foreign language it is wrapped in an element that says so, and labels inside follow the text's language;
    links still keep the reader's.
    """
    _name, variable = token.split_contents()
    content = parser.parse(("endtextof",))
    parser.delete_first_token()
    return TextOf(parser.compile_filter(variable), content)


class TextOf(Node):
    def __init__(self, page, content):
        self.page = page
        self.nodelist = content

    def render(self, context):
        language = self.page.resolve(context).text_language
        if language == get_language():
            return self.nodelist.render(context)
        with text_in(language):
            content = self.nodelist.render(context)
        return format_html('<div lang="{}" dir="{}">{}</div>', language, direction(language), content)
