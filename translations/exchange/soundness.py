"""Whether a text from a file may be stored, and what to look at again."""

import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS, StringValue, validate_translation_links

from translations.editor import checks
from translations.editor.structure import Place

LONGEST = 20_000
DEEPEST = 50  # tags in one another
# Control characters, and those that turn the direction of a text around so that it reads differently.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\ufeff\ud800-\udfff]")


class Broken(Exception):
    """Says what is wrong with the tags of a text."""


class Refused(Exception):
    """Says why a text cannot be stored."""


class Balance(HTMLParser):
    """Browsers and BeautifulSoup mend what is open; a translator should hear of it."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        if self.open:
            raise Broken(_("The tag <%(tag)s> is not closed.") % {"tag": self.open[-1][:40]})

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)
        if len(self.open) > DEEPEST:
            raise Broken(_("The tag <%(tag)s> is not closed.") % {"tag": tag[:40]})

    def handle_startendtag(self, tag, attrs):
        if tag != "br":
            raise Broken(_("The tag <%(tag)s> is empty.") % {"tag": tag[:40]})

    def handle_endtag(self, tag):
        if tag == "br":
            return
        if not self.open or self.open.pop() != tag:
            raise Broken(_("The tag </%(tag)s> closes nothing.") % {"tag": tag[:40]})


def sound(target: str, source: str, place: Place) -> str:
    """The text as it is stored."""
    if len(target) > LONGEST:
        raise Refused(_("The text is too long: at most %(limit)s characters fit.") % {"limit": LONGEST})
    if found := UNWANTED.search(target):
        raise Refused(
            _("The text contains the character U+%(code)04X, which cannot be stored.") % {"code": ord(found.group())}
        )
    data = _sound_tags(target, source)
    if place.limit:
        length = len(StringValue(data).render_text())
        if length > place.limit:
            raise Refused(
                _("%(length)s characters; at most %(limit)s fit here.") % {"length": length, "limit": place.limit}
            )
    if not place.is_rich and re.search(r"<(?!br/?>)\w", data):
        raise Broken(_("There is no formatting in this text."))
    return data


def _sound_tags(target: str, source: str) -> str:
    if re.search(rf"</?({'|'.join(INLINE_TAGS)})\b", target, re.I):
        Balance(target)
    try:
        data = StringValue.from_translated_html(target).data
        validate_translation_links(source, data)
    except (ValueError, RecursionError) as error:
        raise Broken(str(error)) from error
    return data


def normal(data: str) -> str:
    """Two ways of writing the same are the same."""
    try:
        return StringValue.from_translated_html(data).data.strip()
    except (ValueError, RecursionError):
        return data.strip()


def remarks(target: str, source: str, language: str, place: Place) -> list[str]:
    return [found.message for found in checks.check(source, target, language=language, limit=place.limit)]
