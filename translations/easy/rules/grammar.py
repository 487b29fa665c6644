"""Rules about forms of verbs and nouns: passive, genitive, negation, subjunctive."""

import re
from collections.abc import Iterator

from translations.easy.rules.hints import Hint
from translations.easy.rules.sentence import Sentence
from translations.easy.rules.words import Word, is_feminine

BECOME = {"wird", "werde", "werden", "werdet", "wirst", "wurde", "wurden", "wurdest", "wurdet", "worden"}
# Their participle looks like the infinitive, and they know no passive.
NEVER_PASSIVE = {"bekommen", "erhalten", "behalten", "gefallen", "bestehen", "gelingen", "geschehen", "kommen"}
BREAKS = {",", ";", ":", "–", ".", "!", "?"}

GENITIVE = {"des", "eines", "dieses", "jenes", "jedes", "meines", "deines", "seines", "ihres", "unseres", "eures"}
GENITIVE |= {"keines", "welches", "manches"}
FEMININE = {"der", "einer", "dieser", "unserer", "ihrer", "seiner", "meiner", "eurer", "jeder", "aller", "vieler"}
WITH_GENITIVE = {
    *("wegen", "trotz", "während", "statt", "anstatt", "innerhalb", "außerhalb", "aufgrund", "mithilfe", "anhand"),
    *(
        "infolge",
        "hinsichtlich",
        "bezüglich",
        "seitens",
        "mittels",
        "anlässlich",
        "angesichts",
        "zugunsten",
        "oberhalb",
    ),
}
FEMININE_NOUN = re.compile(
    r"(ung|heit|keit|schaft|ion|tät|kultur|stadt|frau|arbeit|welt|zeit|jugend|mutter|tochter|wahl|kraft|macht|nacht"
    r"|hand|bank|polizei|musik|firma|bahn|tür|person|gefahr|pflicht|sicht|schrift|regel|verwaltung|mehrheit|partei"
    r"|liste|woche|schule|hilfe|sprache|gruppe|seite|stelle|frage|regierung|familie|gemeinde|kirche|straße|stimme"
    r"|politik|presse|bildung|pause|reise|feier|universität|ei)$"
)
# Masculine in spite of their ending; in the plural they would end otherwise.
MASCULINE = re.compile(
    r"(name|kunde|junge|kollege|wille|gedanke|garten|laden|boden|wagen|rahmen|kuchen|süden|norden"
    r"|osten|westen|ofen|hafen|schaden|faden|morgen|abend|sommer|winter|montag|.*tag)$"
)

NEGATIONS = {"nicht", "nie", "niemals", "niemand", "niemanden", "niemandem", "nichts", "nirgends", "nirgendwo", "weder"}
UN = re.compile(r"un(?!gefähr|ter|mittelbar$|bedingt$|längst$)\w{3,}")
LESS = re.compile(r"\w{3,}los(e|er|es|en|em)?")
HARMLESS = re.compile(r"(kosten|hilf|gebühren|grenzen)los")

SUBJUNCTIVE = re.compile(
    r"(würde|könnte|hätte|wäre|müsste|dürfte|bräuchte|wüsste|käme|gäbe|ließe|fände|ginge|stünde|bliebe|hieße|nähme|spräche)"
    r"(n|st|t)?"
)
REPORTED = {"sei", "seien", "habe", "werde", "könne", "müsse", "dürfe", "solle", "wolle", "gebe", "komme", "gehe"}
REPORTED |= {"wisse", "brauche"}
OTHERS = {"er", "sie", "es", "man", "wer", "jeder", "jede"}
SAYING = {
    "sagen",
    "erklären",
    "meinen",
    "behaupten",
    "berichten",
    "glauben",
    "fragen",
    "schreiben",
    "mitteilen",
    "betonen",
}


def passive(sentence: Sentence) -> Iterator[Hint]:
    for number, word in enumerate(sentence.words):
        if word.lower not in BECOME:
            continue
        participle = _participle(sentence.words, number)
        if participle:
            first, last = sorted((word, participle), key=lambda found: found.start)
            yield sentence.hint(
                "passive", first, last, message=f"Wer macht das? „{participle.text}“ mit „{word.text}“."
            )
            return


def _participle(words: tuple[Word, ...], number: int) -> Word | None:
    """The participle that goes with this form of `werden`, in the same clause; none with an infinitive (future)."""
    clause = _clause(words, number)
    own = clause.index(words[number])
    for near in (clause[own + 1 :][::-1], clause[:own][::-1]):
        for word in near:
            if word.lower not in NEVER_PASSIVE and (word.tag == "VV(PP)" or _may_be_participle(word, clause)):
                return word
            if word.tag in {"VV(INF)", "VM(INF)"} or (word.tag == "VA(INF)" and word.lower != "werden"):
                return None
    return None


def _may_be_participle(word: Word, clause: list[Word]) -> bool:
    """`beraten` is infinitive and participle; with `von uns` it is the latter."""
    by_somebody = any(other.lower in {"von", "vom", "durch"} for other in clause)
    return by_somebody and word.tag == "VV(INF)" and bool(re.match(r"(be|ver|ent|er|zer|emp)\w+en$", word.lower))


def _clause(words: tuple[Word, ...], number: int) -> list[Word]:
    start = max((at for at in range(number) if words[at].text in BREAKS), default=-1) + 1
    end = next((at for at in range(number, len(words)) if words[at].text in BREAKS), len(words))
    return list(words[start:end])


def genitive(sentence: Sentence) -> Iterator[Hint]:
    words = sentence.words
    for number, word in enumerate(words):
        noun = _noun_after(words, number)
        if noun is None:
            name = words[number + 1] if number + 1 < len(words) else None
            if name and name.tag == "NN" and _is_names_genitive(word):
                yield sentence.hint(
                    "genitive",
                    word,
                    name,
                    message="Ein Name im 2. Fall.",
                    suggestion=f"{name.text} von {word.text[:-1]}",
                )
            continue
        before = words[number - 1] if number else None
        if word.lower in GENITIVE and re.search(r"(s|ns|en|x|ß|z)$", noun.lower) and word.tag != "PWS":
            instead = {"des": "vom", "eines": "von einem"}.get(word.lower)
            singular = re.sub(r"(?<=[bdfgkßtz])es$|s$", "", noun.text)
            yield sentence.hint(
                "genitive", word, noun, message="2. Fall.", suggestion=f"{instead} {singular}" if instead else ""
            )
        elif word.lower in FEMININE and before and _is_genitive(before, noun):
            yield sentence.hint(
                "genitive", word, noun, message="2. Fall.", suggestion=_with_von(word, noun), soft=before.tag == "NE"
            )


def _noun_after(words: tuple[Word, ...], number: int) -> Word | None:
    """The noun this article belongs to, with at most two adjectives between."""
    if words[number].lower not in GENITIVE | FEMININE:
        return None
    for word in words[number + 1 : number + 4]:
        if word.tag == "NN":
            return word
        if not word.tag.startswith("ADJ"):
            return None
    return None


def _is_genitive(before: Word, noun: Word) -> bool:
    """After a preposition only in the plural: `wegen der Kälte` is the third case as well, and easy enough."""
    if before.lower in WITH_GENITIVE:
        return noun.lemma.lower() != noun.lower and not MASCULINE.search(noun.lower)
    follows = before.tag == "NN" or before.lower in {"eine", "einer", "eines", "viele"}
    return follows and _may_be_genitive(noun)


def _may_be_genitive(noun: Word) -> bool:
    """`Stimme der Vereine`, `Haus der Jugend`; not `Am Montag kommt der Bus`."""
    name = noun.lower
    if MASCULINE.search(name):
        return False
    if FEMININE_NOUN.search(name) or is_feminine(noun.text):
        return True
    return noun.lemma.lower() != name and not name.endswith("s")


def _with_von(word: Word, noun: Word) -> str:
    if word.lower != "der":
        return ""
    plural = noun.lemma.lower() != noun.lower
    return f"von den {noun.text}{'' if noun.lower.endswith(('n', 's')) else 'n'}" if plural else f"von der {noun.text}"


def _is_names_genitive(word: Word) -> bool:
    return word.tag == "NE" and word.text.endswith("s") and word.lemma.lower() == word.lower[:-1] and len(word.text) > 4


def negation(sentence: Sentence) -> Iterator[Hint]:
    for word in sentence.words:
        if word.lower in NEGATIONS or re.fullmatch(r"kein(e|er|es|en|em)?", word.lower):
            yield sentence.hint("negation", word, message=f"„{word.text}“ verneint den Satz.")
        elif _is_negative_adjective(word):
            yield sentence.hint("negation", word, message=f"In „{word.text}“ steckt eine Verneinung.", soft=True)


def _is_negative_adjective(word: Word) -> bool:
    negative = UN.fullmatch(word.lower) or LESS.fullmatch(word.lower)
    return bool(word.tag.startswith("ADJ") and negative and not HARMLESS.match(word.lower))


def subjunctive(sentence: Sentence) -> Iterator[Hint]:
    words = sentence.words
    says = any(word.lemma in SAYING for word in words)
    for number, word in enumerate(words):
        if not word.text[0].islower() and number:
            continue
        if SUBJUNCTIVE.fullmatch(word.lower) and word.tag.startswith("V"):
            yield sentence.hint("subjunctive", word, message=f"„{word.text}“ ist die Möglichkeits·form.")
        elif word.lower in REPORTED and number and (word.lower == "seien" or _is_reported(words, number, says)):
            yield sentence.hint("subjunctive", word, message=f"„{word.text}“ gibt wieder, was jemand sagt.")


def _is_reported(words: tuple[Word, ...], number: int, says: bool) -> bool:
    """`er habe`, `die Stadt werde`: not with `ich`, where the form is the usual one."""
    clause = _clause(words, number)
    names = {word.lower for word in clause}
    if "ich" in names or not words[number].tag.startswith("V"):
        return False
    near = {word.lower for word in words[max(0, number - 1) : number + 2]}
    if words[number].lower in {"könne", "müsse", "dürfe", "solle", "wolle", "sei"}:
        return bool(near & OTHERS) or says
    return bool(near & OTHERS - {"sie"}) or (says and any(word.text == "," for word in words[:number]))
