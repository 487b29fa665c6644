"""One text against its German original. Pure: knows no database."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from translations.editor.checks import numbers, scripts
from translations.editor.checks.findings import Finding, error, warning
from translations.editor.marks import marks, to_plain, to_text

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sd]|%[sd]\b")
# Quotation marks and the commas of other scripts stand around an address, not in it.
ADDRESS = re.compile(
    r"https?://[^\s<>()„“”«»،؛؟]+[^\s<>().,;:!?„“”«»،؛؟]|www\.[^\s<>()„“”«»،؛؟]+\w|"
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+\w"
)
WORD = re.compile(r"[^\W\d_]{2,}")


def check(
    source: str, target: str, *, language: str, limit: int | None = None, kept: Collection[str] = ()
) -> list[Finding]:
    """`source` and `target` as wagtail-localize stores them; words that are `kept` may stay as they are in German."""
    if not to_plain(target).strip():
        return [warning("empty", _("Not translated yet: the German text would appear here."))]
    findings = [*_markup(source, target), *_length(target, limit)]
    german, text = to_plain(source), to_plain(target)
    if _is_identical(german, text, kept):
        findings.append(warning("identical", _("The same as the German text. Is that meant?")))
    elif german.strip() != text.strip():
        findings += _script(german, text, language, kept)
    for look in CHECKS:
        findings += look(german, text)
    return findings


def _markup(source: str, target: str) -> Iterator[Finding]:
    try:
        StringValue.from_translated_html(target)
        validate_translation_links(source, target)
    except ValueError:
        yield error("markup", _("Links or formatting are damaged. Put in the marks anew and save."))
        return
    wanted, found = marks(source), Counter(re.findall(r"‹(\w+)›", to_text(target) if "<" in target else ""))
    for mark in wanted:
        number = found[mark.name]
        if not number and mark.is_link:
            yield warning("link", _("The link %(mark)s of the German text is missing.") % {"mark": mark.opening})
        elif not number:
            yield warning("mark", _("The German text has %(mark)s for emphasis here.") % {"mark": mark.opening})
        elif number > 1 and mark.is_link:
            yield warning("link", _("The link %(mark)s occurs more than once.") % {"mark": mark.opening})


def _length(target: str, limit: int | None) -> Iterator[Finding]:
    length = len(to_text(target))
    if limit and length > limit:
        yield error(
            "length",
            _("%(length)s characters; at most %(limit)s fit here. Shorten it by %(over)s.")
            % {"length": length, "limit": limit, "over": length - limit},
        )


def _is_identical(german: str, text: str, kept: Collection[str]) -> bool:
    """Names, abbreviations, numbers and terms to be kept are the same in every language."""
    if german.strip() != text.strip():
        return False
    rest = ADDRESS.sub(" ", text)
    for word in sorted(kept, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return any(not word.isupper() for word in WORD.findall(rest))


def _script(german: str, text: str, language: str, kept: Collection[str]) -> Iterator[Finding]:
    if scripts.is_foreign(_without_names(german, text, kept), language):
        name = scripts.NAMES[scripts.expected(language)]
        yield warning("script", _("This language is written in %(script)s letters; here are none.") % {"script": name})
        return
    for word in scripts.mixed_words(text)[:3]:
        yield warning("script", _("The word “%(word)s” mixes letters of two scripts that look alike.") % {"word": word})
    if letters := scripts.foreign_letters(text, language):
        yield warning("script", _("These letters belong to another language: %(letters)s") % {"letters": letters})


def _without_names(german: str, text: str, kept: Collection[str]) -> str:
    """Addresses, terms to be kept and abbreviations of the German text stand in their own letters."""
    rest = ADDRESS.sub(" ", text)
    for name in sorted(kept, key=len, reverse=True):
        rest = rest.replace(name, " ")
    names = {word for word in WORD.findall(german) if word.isupper()}
    return WORD.sub(lambda word: "" if word.group() in names else word.group(), rest)


def _numbers(german: str, text: str) -> Iterator[Finding]:
    lost = numbers.missing(german, text)
    for number in lost[:5]:
        yield warning("number", _("The German text says %(number)s, the translation does not.") % {"number": number})
    added = numbers.missing(text, german) if numbers.numbers(german) else []
    for number in added[:5]:
        yield warning("number", _("%(number)s does not occur in the German text.") % {"number": number})


def _placeholders(german: str, text: str) -> Iterator[Finding]:
    for placeholder in Counter(PLACEHOLDER.findall(german)) - Counter(PLACEHOLDER.findall(text)):
        yield error(
            "placeholder",
            _("%(placeholder)s has to stay in the text as it is: something is put in there.")
            % {"placeholder": placeholder},
        )


def _addresses(german: str, text: str) -> Iterator[Finding]:
    for address in Counter(ADDRESS.findall(german)) - Counter(ADDRESS.findall(text)):
        yield warning("address", _("The address %(address)s is missing or has changed.") % {"address": address})


def _spaces(german: str, text: str) -> Iterator[Finding]:
    if re.search(r"\S  +\S", text) and not re.search(r"\S  +\S", german):
        yield warning("spaces", _("There are two spaces in a row."))


def _brackets(german: str, text: str) -> Iterator[Finding]:
    for opening, closing in ("()", "[]", "{}"):
        if text.count(opening) != text.count(closing) and german.count(opening) == german.count(closing):
            yield warning(
                "brackets",
                _("A bracket is missing: %(opening)s and %(closing)s belong together.")
                % {"opening": opening, "closing": closing},
            )
    if any(doubled in text and doubled not in german for doubled in ("((", "))")):
        yield warning("brackets", _("A bracket is doubled."))


CHECKS: tuple[Callable[[str, str], Iterator[Finding]], ...] = (
    _numbers,
    _placeholders,
    _addresses,
    _spaces,
    _brackets,
)
