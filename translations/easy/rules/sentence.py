"""One sentence as the rules see it."""

from dataclasses import dataclass
from functools import cached_property

from translations.easy.rules.hints import Hint
from translations.easy.rules.words import Word, words


@dataclass(frozen=True)
class Sentence:
    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text)

    @cached_property
    def spoken(self) -> tuple[tuple[int, int], ...]:
        """Where in the sentence somebody's words stand in quotation marks."""
        places, start = [], None
        for position, character in enumerate(self.text):
            if start is None and character in '„»"':
                start = position
            elif start is not None and character in '“«”"':
                places.append((start, position))
                start = None
        return tuple(places)

    def own_words(self) -> list[Word]:
        """Without what is quoted."""
        return [word for word in self.words if not any(start < word.start < end for start, end in self.spoken)]

    def hint(self, rule: str, first: Word, last: Word | None = None, **more) -> Hint:
        start, end = first.start, (last or first).end
        return Hint(rule, start, end, self.text[start:end], **more)

    def about_all(self, rule: str, **more) -> Hint:
        return Hint(rule, 0, len(self.text), self.text, **more)
