"""Rules about how a sentence is built: its length, its statements, questions inside it."""

from collections.abc import Iterator
from itertools import pairwise

from translations.easy.rules.hints import Hint
from translations.easy.rules.sentence import Sentence
from translations.easy.rules.words import Word

LONG, VERY_LONG = 10, 14
ASKING = {"ob", "wie", "was", "wer", "wo", "warum", "wann", "wohin", "woher", "wem", "wen", "wozu", "weshalb", "wieso"}
JOINING = {"und", "oder", "aber", "sondern", "denn", "doch", "sowie"}


def length(sentence: Sentence) -> Iterator[Hint]:
    count = max(_counts(sentence))
    if count > LONG:
        yield sentence.about_all("length", message=f"{count} Wörter in einem Satz.", soft=count <= VERY_LONG)


def _counts(sentence: Sentence) -> list[int]:
    """Words between colons: what stands before one is a heading or an announcement."""
    counts = [0]
    for word in sentence.words:
        if word.text == ":":
            counts.append(0)
        counts[-1] += word.is_word
    return counts


def clauses(sentence: Sentence) -> Iterator[Hint]:
    """A clause with a conjunction or relative pronoun, or a second verb that says something of its own."""
    words = sentence.own_words()
    question = _question(words)
    if question:
        asked = [word for word in words[words.index(question) :] if word.is_word]
        message = "Hier steckt eine Frage im Satz."
        yield sentence.hint("question", question, words[-1], message=message, suggestion=_asked_directly(asked))
        return
    comma = any(word.text == "," for word in words)
    for word in words:
        if comma and word.tag in {"KOUS", "KOUI", "PRELS", "PRELAT"}:
            yield sentence.hint("clauses", word, message=f"Ein Neben·satz mit „{word.text}“.")
            return
    verbs = [word for word in words if word.is_finite]
    if len(verbs) > 1 and _joined(words, verbs):
        yield sentence.hint(
            "clauses", verbs[0], verbs[-1], message=f"2 Aussagen: „{verbs[0].text}“ und „{verbs[1].text}“."
        )


def _question(words: list[Word]) -> Word | None:
    """`…, was es gibt`: a question word after a comma, and a verb to come."""
    for number, (before, word) in enumerate(pairwise(words)):
        rest = words[number + 2 :]
        if before.text == "," and (word.lower in ASKING or word.lower.startswith("welche")) and len(rest) > 1:
            return word if any(later.tag.startswith(("VV", "VA", "VM")) for later in rest) else None
    return None


def _joined(words: list[Word], verbs: list[Word]) -> bool:
    between = [word for word in words if verbs[0].start < word.start < verbs[1].start]
    if any(word.text in {":", "?", "!", "–", "/"} for word in between):
        return False
    return any(word.text == "," or word.lower in JOINING for word in between)


def _asked_directly(words: list[Word]) -> str:
    """`was es gibt` → `Was gibt es?`: the verb from the end to the second place, with `ob` to the first."""
    question, verb, rest = words[:1], words[-1], words[1:-1]
    if question[0].lower.startswith("welche") or question[0].lower == "wie":
        noun = next((number for number, word in enumerate(rest) if word.tag in {"NN", "ADJ(D)"}), -1)
        follows = question[0].lower != "wie" or (rest and rest[0].tag == "ADJ(D)")
        question, rest = (question + rest[: noun + 1], rest[noun + 1 :]) if follows else (question, rest)
    elif question[0].lower == "ob":
        question = []
    text = " ".join(word.text for word in [*question, verb, *rest])
    return f"{text[:1].upper()}{text[1:]}?"
