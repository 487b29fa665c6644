"""Words of a German sentence with their part of speech and the parts that long ones are made of (HanTa)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

MEDIOPUNKT = "·"
TOKEN = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+"
    r"|\d+(?:[.,:]\d+)*(?:\.(?=\s+[^\W\d_]))?"
    r"|(?:[^\W\d_]\.\s?){1,2}[^\W\d_]\.(?!\w)"  # z. B., u. a.
    r"|[^\W_](?:[\w·’'*-]*[^\W_])?|[^\w\s]"
)
LONGEST = 40  # longer runs of letters are no German words, and cost the tagger much
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ-]+")
GLUE = {"FUGE", "SUF_NN", "SUF_ADJ", "SUF_ADJ_NN", "NN_VAR", "SUF_FEM", "SUF", "SUF_PP"}


@dataclass(frozen=True, slots=True)
class Word:
    """`start` counts from the beginning of the sentence. `tag` is STTS as HanTa writes it: NN, VV(PP), ART …"""

    text: str
    start: int
    tag: str
    lemma: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def lower(self) -> str:
        return self.plain.lower()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_noun(self) -> bool:
        return self.tag in {"NN", "NE"}

    @property
    def is_finite(self) -> bool:
        return self.tag in {"VV(FIN)", "VA(FIN)", "VM(FIN)"}


def plain(word: str) -> str:
    """Without Mediopunkt, and with the gender star read over."""
    return word.replace(MEDIOPUNKT, "").replace("*", "")


@cache
def _tagger():
    """Takes half a second and 30 MB, so only where somebody asks."""
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger("morphmodel_ger.pgz")


@lru_cache(maxsize=4096)
def words(sentence: str) -> tuple[Word, ...]:
    tokens = list(TOKEN.finditer(sentence))
    if not tokens:
        return ()
    tagged = _tagger().tag_sent([_known(token.group()) for token in tokens])
    return tuple(
        Word(token.group(), token.start(), tag, lemma)
        for token, (_text, lemma, tag) in zip(tokens, tagged, strict=True)
    )


def _known(token: str) -> str:
    """What the tagger gets to see: other scripts, addresses and endless runs of letters are names to it."""
    token = plain(token)
    if not token or len(token) > LONGEST or (token[0].isalpha() and not LATIN.fullmatch(token)):
        return "NeMO"
    return token


@lru_cache(maxsize=8192)
def parts(word: str) -> tuple[str, ...]:
    """What a compound is made of, in the spelling of `word`: `Arbeitssuche` → `Arbeits`, `suche`."""
    word = plain(word)
    if len(word) > LONGEST or not LATIN.fullmatch(word) or "-" in word:
        return (word,)
    found = ""
    pieces: list[str] = []
    for morpheme, kind in _tagger().analyze(word, taglevel=3)[1]:
        if not morpheme:
            continue
        piece = word[len(found) : len(found) + len(morpheme)]
        if pieces and (kind.startswith("SUF") or kind in GLUE):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        found += piece
    if found != word:
        return (word,)
    joined = _joined(pieces)
    return tuple(joined) if len(joined) > 1 else _halves(word)


LINKS = ("", "s", "es", "n", "en", "er", "innen")
ENDINGS = ("", "en", "n", "e", "s", "er", "nen", "innen")
NO_NOUNS = {"schaft", "trieb", "gemein", "unter", "über", "stützung"}
COMMON = -9.6  # logarithm of how often a word was met


def _halves(word: str) -> tuple[str, ...]:
    """For compounds that HanTa has learnt as one word: two common ones that meet somewhere inside."""
    lower, found = word.lower(), []
    for cut in range(4, len(word) - 4):
        left = max(
            _frequency(lower[: cut - len(link)] if link else lower[:cut], "NN", "ADJ")
            for link in LINKS
            if lower[:cut].endswith(link)
        )
        right = max(_frequency(lower[cut : len(lower) - len(end)], "NN") for end in ENDINGS if lower.endswith(end))
        if min(left, right) > COMMON:
            found.append((left + right, cut))
    if not found:
        return (word,)
    cut = max(found)[1]
    return (word[:cut], word[cut:])


def _frequency(word: str, *kinds: str) -> float:
    if len(word) < 4 or word in NO_NOUNS:
        return float("-inf")
    tagger = _tagger()
    return max(tagger.LP_m_t[tagger.tag2int[kind]].get(word, float("-inf")) for kind in kinds)


def _joined(pieces: list[str]) -> list[str]:
    """Prefixes and leftovers of one or two letters are no part to read by itself."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (len(piece) < 3 or len(joined[-1]) < 3):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def is_feminine(word: str) -> bool:
    return any(kind == "SUF_FEM" for _piece, kind in _tagger().analyze(plain(word), taglevel=3)[1])
