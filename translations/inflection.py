"""Whether a word of a running text is a form of a word in a list: inflected, or a part of a compound.

Written for lists of nouns and short phrases. Better a form not recognised than a strange word taken for one.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.collation import plain
from core.stems import stem

# Gender signs, the Mediopunkt and the soft hyphen part a word, but make no two of it.
INNER = "*:_·\u00ad"
WORD = re.compile(rf"[^\W_]+(?:[{INNER}][^\W_]+)*")

SHORTEST_PART = 5  # of a compound; shorter words hide in too many others
SHORTEST_REST = 3
LINKS = ("", "s", "es", "n", "en", "e", "er")
ENDINGS = re.compile(r"(?:e|en|er|ern|es|n|s|in|innen|se|sen|ses)?$")
# Nouns of which a plural in -en is likely; of others "-en" is rather a verb: Verbund, verbunden.
PLURAL_IN_EN = re.compile(
    r"(?:ung|ion|heit|keit|schaft|tät|ik|ur|ant|ent|ist|at|or|anz|enz|ei|au|eit|in|ein|ekt|ät|kraft|cht)$"
)
# What follows is another word made of the same root, not the second part of a compound: Verein, Vereinigung.
SUFFIXES = re.compile(
    r"(?:(?:en|n|e|t|et|s)?(?:heit|keit|ung|igung|schaft|lich|isch|bar|ismus|ist|ität|ierung|ieren|chen|lein|los|haft|"
    r"sam|tum)|ig|igen?|nis|de[rnms]?|t|te[nrms]?|test|tet)"
)


def bare(word: str) -> str:
    """Without the signs inside: `Migrant*innen` is `Migrantinnen`."""
    return word.translate({ord(sign): None for sign in INNER})


def is_form(token: str, word: str, starts_sentence: bool = False) -> bool:
    """Whether a German text's `token` is `word`, perhaps inflected. Nouns keep their capital letter."""
    token, word = bare(token), bare(word)
    if word[:1].isupper() != token[:1].isupper() and not (starts_sentence and word[:1].islower()):
        return False
    token, word = token.lower(), word.lower()
    if token == word:
        return True
    if stem(token, "de") != stem(word, "de") and not _is_umlaut_plural(token, word):
        return False
    if word[:1].islower() and plain(token).startswith(plain(word).removesuffix("e")):
        ending = plain(token)[len(plain(word).removesuffix("e")) :]
        if not ENDINGS.match(ending):
            return False
        if starts_sentence and token == f"{word}en" and not PLURAL_IN_EN.search(word):
            return False
    return True


def _is_umlaut_plural(token: str, word: str) -> bool:
    return plain(token) in {plain(word) + ending for ending in ("e", "er", "en", "ern")} and token[: len(word)] != word


def is_in_compound(token: str, word: str) -> bool:
    """Whether `word` is the first or last part of the compound `token`: `Dachverband`, `Verbandsarbeit`."""
    token, word = bare(token), bare(word)
    if len(word) < SHORTEST_PART or not (word[0].isupper() and token[0].isupper()):
        return False
    token, word = token.lower(), word.lower()
    return _begins(token, word) or _ends(token, word)


def _begins(token: str, word: str) -> bool:
    rest = token.removeprefix(word)
    if rest == token or SUFFIXES.match(rest):
        return False
    parts = [rest.removeprefix(link) for link in LINKS if rest.startswith(link)]
    return any(len(part) > SHORTEST_REST for part in parts) and not any(
        SUFFIXES.fullmatch(part) for part in parts if part
    )


def _ends(token: str, word: str) -> bool:
    """The last part is inflected as if it stood alone."""
    token, word = plain(token), plain(word)
    place = token.rfind(word.removesuffix("e"), SHORTEST_REST)
    return place > 0 and is_form(token[place:].capitalize(), word.capitalize())


def find_phrase(tokens: Sequence[str], phrase: Sequence[str], language: str, *, strict: bool = False) -> bool:
    """Whether the phrase stands in a text of any language, in this order, each word in whatever form."""
    for start in range(len(tokens) - len(phrase) + 1):
        window = tokens[start : start + len(phrase)]
        if all(alike(token, word, language, strict=strict) for token, word in zip(window, phrase, strict=True)):
            return True
    return False


@lru_cache(maxsize=50_000)
def alike(token: str, word: str, language: str, *, strict: bool = False) -> bool:
    """Whether both are probably forms of one word. Strict: only where hardly another word could be meant."""
    token, word = token.casefold(), word.casefold()
    if token == word:
        return True
    same_stem = stem(token, language) == stem(word, language)
    if strict:  # the stem of "foreigner" is "foreign"
        longer = len(token) - len(word)
        return (same_stem and longer >= -1) or (
            len(word) > SHORTEST_REST and token.startswith(word) and longer <= SHORTEST_REST
        )
    if same_stem:
        return True
    if language == "ar":
        token, word = ARTICLES.sub("", token), ARTICLES.sub("", word)
    return _shared(token, word) >= max(3, len(word) - 3)


# و and ف (and), ب ل ك (in, for, as), ال (the) are written as one with the word that follows.
ARTICLES = re.compile(r"^[وف]?(?:ال|بال|كال|فال|لل|[بلك](?=\w{4}))?")


def _shared(token: str, word: str) -> int:
    for number, (left, right) in enumerate(zip(token, word, strict=False)):
        if left != right:
            return number
    return min(len(token), len(word))
