"""A machine's text is kept only if everything that can be counted came back: markup, links, numbers, placeholders, terms."""

import re
from collections import Counter

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from translations.glossary import violations, visible
from translations.machine.failures import Broken

NUMBER = re.compile(r"\d+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}")
SENTENCE = 4  # from so many words on, a text that comes back as it was has not been translated


def verified(source: str, target: str, language: str, limit: int | None = None) -> str:
    """The text in the form that wagtail-localize stores. Raises Broken."""
    try:
        text = StringValue.from_translated_html(target.strip()).data
        validate_translation_links(source, text)
    except ValueError as error:
        raise Broken(_("the markup is broken")) from error
    before, after = visible(source), visible(text)
    if not after.strip() or "\0" in text:
        raise Broken(_("it came back empty"))
    if _markup(source) != _markup(text):
        raise Broken(_("links or highlighted words are missing or doubled"))
    if _numbers(before) != _numbers(after):
        raise Broken(_("a number was changed"))
    if Counter(PLACEHOLDER.findall(before)) != Counter(PLACEHOLDER.findall(after)):
        raise Broken(_("a placeholder was changed"))
    if before.split() == after.split() and len(before.split()) >= SENTENCE:
        raise Broken(_("it came back in German"))
    if limit and len(after) > limit:
        raise Broken(_("it is longer than the %(limit)s characters that fit") % {"limit": limit})
    for violation in violations(source, text, language):
        raise Broken(violation.message)
    return text


def _markup(html: str) -> Counter:
    return Counter((tag.name, tag.get("id")) for tag in BeautifulSoup(html, "html.parser").find_all(True))


def _numbers(text: str) -> Counter:
    """Their digits: 1.000 and 1,000 are the same, and so are digits of any script."""
    return Counter(int(digits[:50]) for digits in NUMBER.findall(text))
