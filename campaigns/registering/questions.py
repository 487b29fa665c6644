"""An event's own questions as a guest reads them. Keys are the same in all languages, so the organiser reads German."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from campaigns.blocks import YES_NO
from campaigns.models import EventPage
from core.languages import SOURCE_LANGUAGE

YES_OR_NO = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True)
class Words:
    """A text in the guest's language, or in German where there is none."""

    text: str
    german: str
    is_translated: bool


@dataclass(frozen=True)
class Question:
    key: str
    kind: str
    is_required: bool
    asked: Words
    choices: dict[str, Words]

    def answer(self, chosen: list[str]) -> dict:
        """What is kept of it: the guest's keys, and what they meant to the organiser on that day."""
        said = [self.choices[key].german for key in chosen]
        return {"question": self.key, "chosen": chosen, "asked": self.asked.german, "said": said}


def questions(page: EventPage) -> list[Question]:
    """Those of the German page, in the words of `page`."""
    own = {block.id: block.value for block in page.questions or []}
    return [_question(block.id, block.value, own.get(block.id)) for block in page.facts.questions or []]


def answers_read(registration, page: EventPage) -> list[tuple[Words, list[Words]]]:
    """What somebody has chosen, in the words of `page` as far as the question is still asked."""
    asked = {question.key: question for question in questions(page)}
    read = []
    for answer in registration.answers:
        question = asked.get(answer["question"])
        known = question.choices if question else {}
        chosen = [
            known.get(key) or _words(german) for key, german in zip(answer["chosen"], answer["said"], strict=True)
        ]
        read.append((question.asked if question else _words(answer["asked"]), chosen))
    return read


def _question(key: str, source, translation) -> Question:
    translation = translation or {}
    return Question(
        key=key,
        kind=source["kind"],
        is_required=source["is_required"],
        asked=_words(source["question"], translation.get("question")),
        choices=_yes_or_no() if source["kind"] == YES_NO else _choices(source["choices"], translation.get("choices")),
    )


def _choices(source, translation) -> dict[str, Words]:
    own = {block.id: block.value for block in translation.bound_blocks} if translation else {}
    return {block.id: _words(block.value, own.get(block.id)) for block in source.bound_blocks}


def _yes_or_no() -> dict[str, Words]:
    with override(SOURCE_LANGUAGE):
        german = {key: str(label) for key, label in YES_OR_NO.items()}
    return {key: Words(str(label), german[key], True) for key, label in YES_OR_NO.items()}


def _words(german: str, translated: str | None = None) -> Words:
    return Words(translated or german, german, bool(translated))
