"""XLIFF 2 (2.0 and 2.1), the format of agencies' tools: one file, a `<file>` per page, a `<unit>` per text.

Reading and writing the format is translate-toolkit's work. What we add is what it leaves to its users: inline codes,
several pages in one document, and units that a tool cut into several segments.
"""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree
from translate.storage.xliff2 import Xliff2File, Xliff2Unit
from wagtail_localize.models import StringTranslation, Translation

from translations.exchange.entries import Entry, Part, RefusedFile, Text
from translations.exchange.inline import NAMESPACE, BrokenCodes, Codes, clean, html_of

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UUID_IN = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.I)
MADE_AT = "made-at"
TOOL_NAMES = ("toolName", "tool-name", "creationtool", "tool")


def write(language: str, target_language: str, pages: Iterable[tuple[Translation, list[Text]]]) -> bytes:
    store = Xliff2File(sourcelanguage=language, targetlanguage=target_language)
    root = store.document.getroot()
    root.remove(store.body)
    for translation, texts in pages:
        if texts:  # the standard wants a unit in every file
            store.body = _file(store, translation)
            root.append(store.body)
            for text in texts:
                store.addunit(_unit(text))
    written = io.BytesIO()
    store.serialize(written)
    return written.getvalue()


def _file(store: Xliff2File, translation: Translation) -> etree._Element:
    element = store.createfilenode(f"f{translation.uuid.hex}")
    element.attrib.update({"original": str(translation.uuid), "canResegment": "no", SPACE: "preserve"})
    notes = etree.SubElement(element, _name("notes"))
    for category, note in (
        ("page", clean(translation.source.object_repr)),
        (MADE_AT, timezone.now().isoformat(timespec="seconds")),
    ):
        etree.SubElement(notes, _name("note"), category=category).text = note
    return element


def _unit(text: Text) -> Xliff2Unit:
    unit, codes = Xliff2Unit(""), Codes()
    unit.xmlelement.attrib.clear()  # the standard knows no xml:space on a segment
    codes.fill(unit.source_dom, text.source)
    unsure = not text.target and text.draft
    if target := text.draft.data if unsure else text.target:
        unit.target = ""
        codes.fill(unit.target_dom, target)
    unit.xmlelement.set("state", "translated" if target and not unsure else "initial")
    element = unit.getunitelement()
    element.attrib.update({"id": text.key, "name": text.path})
    if (data := codes.original_data()) is not None:
        element.insert(0, data)
    if text.translation and text.translation.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        notes = etree.Element(_name("notes"))
        etree.SubElement(notes, _name("note"), category="origin").text = "machine translation"
        element.insert(0, notes)
    return unit


def parse(text: str) -> list[Part]:
    store = _store(text)
    tool = next(filter(None, map(store.document.getroot().get, TOOL_NAMES)), "") or _("XLIFF file")
    files: dict[etree._Element, list] = {node: [] for node in store.document.getroot().iter(_in(store, "file"))}
    for element, segments in groupby(store.units, Xliff2Unit.getunitelement):
        node = next(element.iterancestors(_in(store, "file")), None)
        if node in files:
            files[node].append((element, list(segments)))
    if not any(files.values()):
        raise RefusedFile(_("There is no text in the file."))
    return [_part(store, node, units, tool) for node, units in files.items()]


def _store(text: str) -> Xliff2File:
    if re.search(r"<!(DOCTYPE|ENTITY)", text) or "http://www.w3.org/2001/XInclude" in text:
        raise RefusedFile(_("The file refers to other files or defines its own characters. Such files are not taken."))
    if re.search(r"<xliff\b[^>]*\bversion\s*=\s*[\"']1\.", text[:4000]):
        raise RefusedFile(_("This is XLIFF 1. Choose XLIFF 2 in your programme, or send a PO file."))
    without_declaration = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    try:
        return Xliff2File(io.BytesIO(without_declaration.encode()))
    except (etree.XMLSyntaxError, AssertionError, ValueError, AttributeError, TypeError) as error:
        raise RefusedFile(_("This is not an XLIFF file, or it is damaged.")) from error


def _part(store: Xliff2File, node, units: list, tool: str) -> Part:
    found = UUID_IN.search(node.get("original", "")) or UUID_IN.search(node.get("id", ""))
    notes = {note.get("category"): note.text for note in node.iterfind(f"{_in(store, 'notes')}/{_in(store, 'note')}")}
    return Part(
        uuid=UUID(found.group()) if found else None,
        entries=[_entry(store, number, *unit) for number, unit in enumerate(units, start=1)],
        made_at=_moment(notes.get(MADE_AT)),
        tool=tool,
    )


def _moment(value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((value or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _entry(store: Xliff2File, number: int, unit: etree._Element, segments: list[Xliff2Unit]) -> Entry:
    data = {item.get("id", ""): item.text or "" for item in unit.iterfind(f".//{_in(store, 'data')}")}
    source, target, broken = "", "", ""
    try:
        source = "".join(html_of(element, data) for element in _pieces(store, unit, "source"))
        if all(segment.target_dom is not None for segment in segments):
            target = "".join(html_of(element, data) for element in _pieces(store, unit, "target"))
    except BrokenCodes as error:
        broken = str(error)
        target = target or " ".join("".join(s.target_dom.itertext()) for s in segments if s.target_dom is not None)
    return Entry(
        number=number,
        source=source,
        target=target.strip(),
        context=unit.get("name", ""),
        key=unit.get("id", ""),
        unsure=any(segment.xmlelement.get("state") == "initial" for segment in segments),
        broken=broken,
    )


def _pieces(store: Xliff2File, unit: etree._Element, which: str) -> Iterator[etree._Element]:
    """Segments and what stands between them, in the order of the language."""
    pieces = []
    for position, piece in enumerate(unit.iterchildren(_in(store, "segment"), _in(store, "ignorable")), start=1):
        found = piece.find(_in(store, which))
        if found is None:
            found = piece.find(_in(store, "source"))
        if found is not None:
            order = found.get("order", "")
            pieces.append((int(order) if order.isdecimal() and len(order) < 9 else position, found))
    yield from (found for _position, found in sorted(pieces, key=lambda pair: pair[0]))


def _in(store: Xliff2File, local: str) -> str:
    return store.namespaced(local)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
