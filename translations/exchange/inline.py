"""Inline tags of a text as the codes of XLIFF 2, which tools of translators keep: `<b>` is a `<pc>`, `<br>` a `<ph>`.

The tag itself stands in the unit's `<originalData>`; codes name it there.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString
from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import etree

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMATS = {"b": "xlf:b", "strong": "xlf:b", "i": "xlf:i", "em": "xlf:i"}
TAGS = {"xlf:b": "<b>", "xlf:i": "<i>", "xlf:lb": "<br/>"}


class BrokenCodes(Exception):
    """A code that says no tag of ours."""


def clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)


class Codes:
    """Writes the texts of one unit. The same tag has the same id in source and target."""

    def __init__(self):
        self.data: dict[str, str] = {}  # tag to its id in <originalData>
        self.ids: dict[tuple[str, int], str] = {}

    def fill(self, element: etree._Element, html: str) -> None:
        self._fill(element, BeautifulSoup(html, "html.parser"), Counter())

    def _fill(self, element, node: Tag, seen: Counter) -> None:
        for child in node.children:
            if isinstance(child, PreformattedString):
                continue
            if isinstance(child, NavigableString):
                _append(element, clean(str(child)))
            elif child.name == "br":
                code = etree.SubElement(element, _name("ph"), id=self._id("<br/>", seen), dataRef=self._data("<br/>"))
                code.attrib.update({"type": "fmt", "subType": "xlf:lb"})
            else:
                self._fill(self._pair(element, child, seen), child, seen)

    def _pair(self, element, tag: Tag, seen: Counter) -> etree._Element:
        opening = f"<{tag.name}{''.join(f' {name}="{escape(value)}"' for name, value in tag.attrs.items())}>"
        closing = f"</{tag.name}>"
        code = etree.SubElement(element, _name("pc"), id=self._id(opening, seen))
        code.attrib.update({"dataRefStart": self._data(opening), "dataRefEnd": self._data(closing)})
        if tag.name == "a":
            code.set("type", "link")
        elif tag.name in FORMATS:
            code.attrib.update({"type": "fmt", "subType": FORMATS[tag.name]})
        return code

    def _id(self, markup: str, seen: Counter) -> str:
        seen[markup] += 1
        return self.ids.setdefault((markup, seen[markup]), str(len(self.ids) + 1))

    def _data(self, markup: str) -> str:
        return self.data.setdefault(markup, f"d{len(self.data) + 1}")

    def original_data(self) -> etree._Element | None:
        if not self.data:
            return None
        element = etree.Element(_name("originalData"))
        for markup, pk in self.data.items():
            etree.SubElement(element, _name("data"), id=pk).text = clean(markup)
        return element


def html_of(element: etree._Element, data: dict[str, str]) -> str:
    return "".join(_html_of(element, data, {}))


def _html_of(element, data: dict[str, str], started: dict[str, str]) -> Iterator[str]:
    yield _escape(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from _code(child, data, started)
        yield _escape(child.tail)


def _code(child, data: dict[str, str], started: dict[str, str]) -> Iterator[str]:
    kind = etree.QName(child).localname
    if kind == "mrk":
        yield from _html_of(child, data, started)
    elif kind == "pc":
        opening = _markup(child, data, "dataRefStart")
        yield opening
        yield from _html_of(child, data, started)
        yield data.get(child.get("dataRefEnd", "")) or _closing(opening)
    elif kind == "ph":
        yield _markup(child, data, "dataRef")
    elif kind == "sc":
        opening = started[child.get("id", "")] = _markup(child, data, "dataRef")
        yield opening
    elif kind == "ec":
        yield data.get(child.get("dataRef", "")) or _closing(started.get(child.get("startRef", ""), ""))
    elif kind not in ("sm", "em"):
        raise BrokenCodes(_("The code <%(code)s> is not known.") % {"code": kind[:40]})


def _markup(code, data: dict[str, str], reference: str) -> str:
    if markup := data.get(code.get(reference, "")):
        return markup
    if markup := TAGS.get(code.get("subType", "")):
        return markup
    raise BrokenCodes(_("Code %(id)s does not stand for a tag of the German text.") % {"id": code.get("id", "")[:40]})


def _closing(opening: str) -> str:
    name = re.match(r"<(\w+)", opening)
    if not name:
        raise BrokenCodes(_("A tag is closed that was not opened."))
    return f"</{name.group(1)}>"


def _escape(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
