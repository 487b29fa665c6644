"""Pages in Leichte Sprache: how their text is set, and what is known about it."""

from django import template
from django.template import Node
from django.utils.safestring import SafeString, mark_safe

from core.languages import EASY_LANGUAGE, reader_language
from translations.easy.typesetting import by_sentence, with_points, without_points
from translations.models import EasySettings, EasyText

register = template.Library()
register.filter("without_points", without_points)


@register.tag
def seteasily(parser, token):
    """`{% seteasily %}…{% endseteasily %}`: on pages of Leichte Sprache, text is set as its readers need it."""
    content = parser.parse(("endseteasily",))
    parser.delete_first_token()
    return SetEasily(content)


class SetEasily(Node):
    def __init__(self, content):
        self.nodelist = content

    def render(self, context) -> SafeString:
        html = self.nodelist.render(context)
        if reader_language() != EASY_LANGUAGE:
            return html
        return mark_safe(with_points(by_sentence(html)))  # noqa: S308 - HTML already; only marks are added


@register.simple_tag
def easy_text(page) -> EasyText | None:
    """What is known about the text in Leichte Sprache that the page shows; nothing for other pages."""
    if getattr(page, "text_language", "") != EASY_LANGUAGE or page.alias_of_id:
        return None
    return getattr(page, "easy_text", None)


@register.simple_tag(takes_context=True)
def easy_settings(context) -> EasySettings:
    return EasySettings.load(context.get("request"))
