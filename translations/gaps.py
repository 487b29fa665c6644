"""Marks German passages inside a published translation, in the HTML as it is served.

Rich text, headings, captions and cards are made by many templates, none of which knows where a text came from. So the
finished page is searched for the texts that are known to be German. Marks are put around them; nothing else changes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from core.languages import SOURCE_LANGUAGE
from translations.plain_text import blanks, has_letters, plain

MAIN = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.S)
ATTRIBUTES = r"""(?:"[^"]*"|'[^']*'|[^"'>])*"""
TOKEN = re.compile(
    rf"""<!--.*?-->
    |<(?P<opaque>script|style|svg|select|textarea|template|iframe)\b{ATTRIBUTES}>.*?</(?P=opaque)\s*>
    |<(?P<closing>/?)(?P<name>[a-z][\w-]*)(?P<attributes>{ATTRIBUTES})>
    |(?P<text>[^<]+|<)""",
    re.S | re.I | re.X,
)
LANG = re.compile(r"""\blang=["']?([\w-]+)""")
ALT = re.compile(r"""\balt="([^"]*)\"""")
INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong"}
INLINE |= {"sub", "sup", "time", "u", "wbr"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LONG = 12  # letters from which a text is looked for inside a longer one, too
MOST_TOKENS = 60  # of one run in which every part is tried; longer runs are tried text by text
SPELLINGS = {"'": "(?:'|&#x27;|&#39;)", '"': '(?:"|&quot;|&#34;)', "&": "(?:&amp;|&)", "<": "&lt;", ">": "(?:&gt;|>)"}


@dataclass
class Token:
    start: int
    end: int
    name: str = ""
    closes: bool = False
    is_opaque: bool = False
    words: str = ""
    attributes: str = ""
    is_german: bool = False

    @property
    def is_inline(self) -> bool:
        return not self.name or self.name in INLINE

    @property
    def is_read(self) -> bool:
        return self.is_opaque or bool(self.words.strip())

    @property
    def depth(self) -> int:
        if not self.name or self.name in VOID:
            return 0
        return -1 if self.closes else 1


def mark(html: str, gaps: list[str], language: str) -> str:
    """`html` with a mark around each of the German texts `gaps`, explained in `language`."""
    wanted = {text for text in map(blanks, gaps) if has_letters(text)}
    main = MAIN.search(html)
    if not wanted or not main:
        return html
    with override(language):
        marker = Marker(main[2], wanted, format_html('<span class="visually-hidden">{}: </span>', _("in German")))
    return html[: main.start(2)] + marker.marked() + html[main.end(2) :]


@dataclass
class Marker:
    html: str
    wanted: set[str]
    explanation: str
    inserts: list[tuple[int, str]] = field(default_factory=list)

    def marked(self) -> str:
        run: list[Token] = []
        before: Token | None = None
        for token in (*tokens(self.html), Token(len(self.html), len(self.html), "end")):
            if token.is_inline:
                run.append(token)
                continue
            is_whole = bool(before and token.closes and before.name == token.name and not before.closes)
            self._mark_run(run, is_whole)
            run, before = [], token
            self._mark_picture(token)
        return self._put_together()

    def _mark_run(self, run: list[Token], is_whole: bool) -> None:
        done, all_that_is_read = 0, sum(token.is_read for token in run)
        while done < len(run):
            end = self._longest(run, done) if not run[done].is_german else None
            if end is None:
                self._mark_parts(run[done])
                done += 1
                continue
            has_company = sum(token.is_read for token in run[done:end]) < all_that_is_read
            self._wrap(run[done], run[end - 1], is_whole and not has_company)
            done = end

    def _longest(self, run: list[Token], start: int) -> int | None:
        """The end of the longest part of the run from `start` that is balanced and is one of the texts."""
        first = run[start]
        if first.is_opaque or first.closes or not (first.words.strip() or first.depth):
            return None
        furthest = start + 1 if len(run) > MOST_TOKENS else len(run)
        found, depth, words = None, 0, ""
        for end in range(start, furthest):
            token = run[end]
            depth += token.depth
            if depth < 0 or token.is_opaque:
                break
            words += token.words or (" " if token.name == "br" else "")
            if depth == 0 and blanks(words) in self.wanted:
                found = end + 1
        return found

    def _wrap(self, first: Token, last: Token, is_whole: bool) -> None:
        text = self.html[first.start : last.end]
        start = first.start + len(text) - len(text.lstrip())
        end = last.end - (len(text) - len(text.rstrip()))
        self._insert(start, end, "gap gap-whole" if is_whole else "gap")

    def _insert(self, start: int, end: int, classes: str) -> None:
        opening = f'<span class="{classes}">{self.explanation}<span lang="{SOURCE_LANGUAGE}" dir="ltr">'
        self.inserts += [(start, opening), (end, "</span></span>")]

    def _mark_parts(self, token: Token) -> None:
        """A text that a template has put beside other words, such as a label and its source."""
        if not token.words or token.is_german:
            return
        taken = 0
        for text in sorted(self.wanted, key=len, reverse=True):
            if LONG <= len(text) < len(token.words) and text in blanks(token.words):
                found = spelled(text).search(self.html, max(token.start, taken), token.end)
                if found:
                    self._insert(*found.span(), "gap")
                    taken = found.end()

    def _mark_picture(self, token: Token) -> None:
        alt = ALT.search(token.attributes) if token.name == "img" else None
        if alt and plain(alt[1]) in self.wanted and not LANG.search(token.attributes):
            self.inserts.append((token.start + len("<img"), f' lang="{SOURCE_LANGUAGE}" dir="ltr"'))

    def _put_together(self) -> str:
        parts, position = [], 0
        for place, text in sorted(self.inserts, key=lambda insert: insert[0]):
            parts += [self.html[position:place], text]
            position = place
        return "".join((*parts, self.html[position:]))


def tokens(html: str) -> Iterator[Token]:
    open_languages: list[tuple[str, str]] = []
    for found in TOKEN.finditer(html):
        token = Token(*found.span(), (found["name"] or "").lower(), bool(found["closing"]))
        token.is_opaque = not found["name"] and found["text"] is None
        token.attributes = found["attributes"] or ""
        token.words = plain_keeping_ends(found["text"]) if found["text"] else ""
        if token.depth > 0:
            lang = LANG.search(token.attributes)
            language = lang[1] if lang else open_languages[-1][1] if open_languages else ""
            open_languages.append((token.name, language))
        token.is_german = bool(open_languages and open_languages[-1][1] == SOURCE_LANGUAGE)
        if token.depth < 0 and any(name == token.name for name, _language in open_languages):
            while open_languages.pop()[0] != token.name:
                pass
        yield token


def plain_keeping_ends(text: str) -> str:
    """Words of one text node; a blank at either end parts it from its neighbours."""
    words = plain(text)
    if not words:
        return " "
    return f"{' ' * text[:1].isspace()}{words}{' ' * text[-1:].isspace()}"


def spelled(text: str) -> re.Pattern:
    words = ("".join(SPELLINGS.get(letter, re.escape(letter)) for letter in word) for word in text.split())
    return re.compile(rf"(?<!\w){r'\s+'.join(words)}(?!\w)")


def mark_served(next_serve_page):
    """Wagtail's hook around the serving of a page: only pages with gaps are touched."""

    def serve(page: Page, request: HttpRequest, args, kwargs) -> HttpResponse:
        response = next_serve_page(page, request, args, kwargs)
        gaps = getattr(getattr(page, "provenance", None), "gaps", None)
        if gaps and hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(lambda rendered: mark_response(rendered, gaps, page.text_language))
        return response

    return serve


def mark_response(response: HttpResponse, gaps: list[str], language: str) -> None:
    response.content = mark(response.content.decode(), gaps, language).encode()
