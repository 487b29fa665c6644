"""The glossary for other programs: TBX (ISO 30042, dialect TBX-Basic) for translation software, CSV for a table."""

import csv
import io
import re
import xml.etree.ElementTree as ET

from django.conf import settings

from core.languages import SOURCE_LANGUAGE
from core.spreadsheets import harmless
from translations.models import GlossaryTerm, GlossaryTranslation
from translations.models.glossary import Rule, target_languages, wordings

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# How a term stands: of several wordings the first is the best.
PREFERRED, ADMITTED, DEPRECATED = (f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated"))


def terms() -> list[GlossaryTerm]:
    return list(GlossaryTerm.objects.prefetch_related("translations"))


def tbx(glossary: list[GlossaryTerm]) -> bytes:
    """At least one term: an empty list is no valid TBX."""
    root = ET.Element("tbx", {"type": "TBX-Basic", "style": "dca", "xmlns": NAMESPACE, LANGUAGE: SOURCE_LANGUAGE})
    source = _inside(root, "tbxHeader", "fileDesc", "sourceDesc")
    _text(source, "p", f"{settings.WAGTAIL_SITE_NAME}, {settings.WAGTAILADMIN_BASE_URL}")
    body = _inside(root, "text", "body")
    for term in glossary:
        _concept(body, term)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _concept(body: ET.Element, term: GlossaryTerm) -> None:
    concept = ET.SubElement(body, "conceptEntry", {"id": f"c{term.pk}"})
    if term.explanation.strip():
        _text(_inside(concept, "descripGrp"), "descrip", term.explanation, type="definition")
    if term.rule == Rule.KEEP:
        _text(concept, "note", "Keep as is in every language.")
    _language(concept, SOURCE_LANGUAGE, [term.term, *wordings(term.variants)], term.instead, term.rule)
    for translation in term.translations.all():
        wanted = wordings(translation.text)
        _language(concept, translation.language, wanted, translation.instead, term.rule, translation.note)


def _language(concept: ET.Element, code: str, names: list[str], instead: str, rule: str, note: str = "") -> None:
    if rule == Rule.AVOID:
        status = [(name, DEPRECATED) for name in names]
        status += [(name, PREFERRED) for name in wordings(instead)]
    else:
        status = [(name, ADMITTED if number else PREFERRED) for number, name in enumerate(names)]
    if not status:
        return
    section = ET.SubElement(concept, "langSec", {LANGUAGE: code})
    if note.strip():
        _text(section, "note", note)
    for name, value in status:
        single = ET.SubElement(section, "termSec")
        _text(single, "term", name)
        _text(single, "termNote", value, type="administrativeStatus")


def _inside(element: ET.Element, *names: str) -> ET.Element:
    for name in names:
        element = ET.SubElement(element, name)
    return element


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = NOT_IN_XML.sub("", text)


def table(glossary: list[GlossaryTerm]) -> bytes:
    """With a mark at the beginning by which spreadsheets know the encoding."""
    languages = [code for code, _name in target_languages()]
    file = io.StringIO()
    rows = csv.writer(file)
    german = ["term", "variants", "rule", "explanation", "instead"]
    rows.writerow([*german, *(f"{code}{part}" for code in languages for part in ("", "_instead", "_note"))])
    for term in glossary:
        translated = {translation.language: translation for translation in term.translations.all()}
        cells = [getattr(term, name) for name in german]
        for code in languages:
            translation = translated.get(code) or GlossaryTranslation()
            cells += [translation.text, translation.instead, translation.note]
        rows.writerow([harmless(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")
