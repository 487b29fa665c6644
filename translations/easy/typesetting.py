"""How Leichte Sprache is set: every sentence on a line of its own, and the Mediopunkt seen but not read aloud.

Authors write plain paragraphs. The finished HTML is gone through once, so that it does not matter which block or
template a text came from.
"""

import re
from dataclasses import dataclass, field

from translations.easy.sentences import sentences
from translations.gaps import Token, tokens

# Screen readers say "point" or pause at the sign. As a decoration it is seen only, and the word stays one word to them,
# to search and to copying. Long words may break there.
POINT = '<span class="point"></span><wbr>'
BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:alt|aria-label|title|content)=(?:"[^"]*"|'[^']*')""")
SPLIT = {"p", "li", "dd", "blockquote", "figcaption"}
CARRIED_ON = {"a", "b", "strong", "em", "i", "span", "small", "bdi", "q", "mark", "abbr", "time", "sub", "sup", "br"}


def without_points(text: str) -> str:
    return BETWEEN_LETTERS.sub("", text)


def with_points(html: str) -> str:
    if "·" not in html:
        return html
    parts = []
    for token in tokens(html):
        source = html[token.start : token.end]
        if token.name:
            source = SPOKEN_ATTRIBUTE.sub(lambda found: without_points(found[0]), source)
        elif token.is_opaque:
            source = without_points(source) if source[:7].lower() == "<script" else source
        else:
            source = _pointed(source)
        parts.append(source)
    return "".join(parts)


def _pointed(text: str) -> str:
    """In one element, so that a button or another row of elements does not take the parts of a word for its own."""
    words = text.strip()
    pointed = BETWEEN_LETTERS.sub(POINT, words)
    return text if pointed == words else text.replace(words, f"<span>{pointed}</span>")


def by_sentence(html: str) -> str:
    """Wraps each sentence of paragraphs and entries that have several. Text marked as German is left alone."""
    parts: list[str] = []
    run: list[Token] = []
    block = ""
    for token in tokens(html):
        if token.is_inline:
            run.append(token)
            continue
        parts.append(_set_run(html, run, block))
        run = []
        block = "" if token.closes else token.name
        parts.append(html[token.start : token.end])
    return "".join((*parts, _set_run(html, run, block)))


def _set_run(html: str, run: list[Token], block: str) -> str:
    source = html[run[0].start : run[-1].end] if run else ""
    simple = all(not token.is_opaque and (not token.name or token.name in CARRIED_ON) for token in run)
    if block not in SPLIT or not simple or any(token.is_german for token in run if token.words.strip()):
        return source
    text = "".join(_text(html, token) for token in run)
    places = sentences(text)
    return _Setting(html, places).of(run) if len(places) > 1 else source


def _text(html: str, token: Token) -> str:
    if token.name:
        return "\n" if token.name == "br" else ""
    return html[token.start : token.end].replace("\n", " ")


@dataclass
class _Setting:
    """Tags that are open where a sentence ends are closed there, and opened again where text of the next begins."""

    html: str
    places: list[tuple[int, int]]
    parts: list[str] = field(default_factory=list)
    stack: list[tuple[str, str]] = field(default_factory=list)
    opened: int = 0
    position: int = 0

    def of(self, run: list[Token]) -> str:
        for token in run:
            text = _text(self.html, token)
            if not token.name:
                self._write(text)
            elif token.name == "br":
                self.parts.append(" ")
            elif token.closes:
                self._close()
            else:
                self.stack.append((token.name, self.html[token.start : token.end]))
            self.position += len(text)
        return "".join(self.parts)

    def _write(self, text: str) -> None:
        done = 0
        for start, end in self.places:
            first, last = max(start - self.position, done), min(end - self.position, len(text))
            if first >= last:
                continue
            self.parts.append(text[done:first])
            if start >= self.position:
                self.parts.append('<span class="sentence">')
            self._open()
            self.parts.append(text[first:last])
            if end <= self.position + len(text):
                self._close_all()
                self.parts.append("</span>")
            done = last
        self.parts.append(text[done:])

    def _open(self) -> None:
        self.parts += [source for _name, source in self.stack[self.opened :]]
        self.opened = len(self.stack)

    def _close(self) -> None:
        if not self.stack:
            return
        name, _source = self.stack.pop()
        if self.opened > len(self.stack):
            self.parts.append(f"</{name}>")
            self.opened = len(self.stack)

    def _close_all(self) -> None:
        self.parts += [f"</{name}>" for name, _source in reversed(self.stack[: self.opened])]
        self.opened = 0
