"""What a press kit holds, as files: pictures as they came, documents, and all texts to be copied; all of it as one ZIP."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import PurePath
from typing import IO

from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.addresses import absolute
from core.languages import LANGUAGE_NAMES, text_in

FORMAT = 1  # goes into the digest: archives that are put together differently have another name
BEGINNING = (2000, 1, 1, 0, 0, 0)  # the same content gives the same bytes
BLOCK_END = re.compile(r"</(?:p|li|h\d|ul|ol)>|<br\s*/?>", re.I)


@dataclass(frozen=True)
class Picture:
    row: Model
    name: str  # in the archive

    @property
    def image(self):
        return self.row.image

    @property
    def is_logo(self) -> bool:
        return self.row.kind == "logo"


@dataclass(frozen=True)
class Document:
    row: Model
    name: str

    @property
    def document(self):
        return self.row.document


class Pack:
    """Of a kit in the reader's language; the texts of all languages are in it."""

    def __init__(self, page: Page, key: str = ""):
        """`key` is the token of the link by which somebody came."""
        self.page = page
        self.key = key or str(page.translation_key)

    @cached_property
    def pictures(self) -> list[Picture]:
        rows = self.page.facts.pictures.select_related("image").order_by("sort_order")
        return [Picture(row, _name(n, row.image.title, row.image.file.name)) for n, row in enumerate(rows, 1)]

    @cached_property
    def documents(self) -> list[Document]:
        rows = self.page.facts.files.select_related("document").order_by("sort_order")
        return [Document(row, _name(n, row.document.title, row.document.file.name)) for n, row in enumerate(rows, 1)]

    @property
    def file_name(self) -> str:
        return f"{self.page.slug}.zip"

    @cached_property
    def digest(self) -> str:
        files = [(name, file.name) for name, file in self._stored()]
        return hashlib.sha256(json.dumps([FORMAT, files, [*self._written()]]).encode()).hexdigest()[:32]

    def write(self, target: IO[bytes]) -> None:
        """File after file, in small pieces: memory does not grow with the kit."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, text in self._written():
                info = zipfile.ZipInfo(name, BEGINNING)
                archive.writestr(info, text.encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
            for name, file in self._stored():
                self._add(archive, name, file)

    def _add(self, archive: zipfile.ZipFile, name: str, file) -> None:
        with file.storage.open(file.name) as source, archive.open(zipfile.ZipInfo(name, BEGINNING), "w") as entry:
            for chunk in source.chunks():
                entry.write(chunk)

    def _stored(self) -> Iterator[tuple[str, object]]:
        for picture in self.pictures:
            yield f"{_('pictures')}/{picture.name}", picture.image.file
        for document in self.documents:
            yield f"{_('documents')}/{document.name}", document.document.file

    def _written(self) -> Iterator[tuple[str, str]]:
        for page in self._versions:
            yield f"{_('texts')}/{page.text_language}.txt", _text(page)
        yield f"{_('picture-credits')}.txt", self._credits()

    @cached_property
    def _versions(self) -> list[Page]:
        pages = type(self.page).objects.live().filter(translation_key=self.page.translation_key, alias_of=None)
        found = {page.text_language: page for page in pages}
        for page in found.values():
            page.source = self.page.source
        return [found[code] for code in LANGUAGE_NAMES if code in found]

    def _credits(self) -> str:
        lines = [_("Credits of the pictures"), ""]
        for picture in self.pictures:
            image = picture.image
            lines += [
                picture.name,
                f"{_('Shown')}: {image.description or image.title}",
                f"{_('Credit')}: {image.credit or _('Bundesverband NeMO')}",
                f"{_('Licence')}: {image.get_licence_display()}",
                "",
            ]
        return "\r\n".join(lines)


def _name(number: int, title: str, stored: str) -> str:
    """Readable on every machine: of Latin letters, numbered so that no two are the same."""
    suffix = PurePath(stored).suffix.lower()
    return f"{number:02}-{slugify(title)[:50].strip('-') or 'nemo'}{suffix}"


def _text(page: Page) -> str:
    """All of one language, to be copied; labels in that language."""
    with text_in(page.text_language):
        parts = [page.title, page.summary, *_section(_("Short text"), page.short_text)]
        parts += _section(_("Long text"), plain(page.long_text))
        parts += _section(_("Quotations"), "\n\n".join(_quotation(block.value) for block in page.quotes))
        parts += _section(_("Facts"), "\n".join(f"{b.value['label']}: {b.value['value']}" for b in page.figures))
        parts += _section(_("Press contact"), _contact(page.facts.contact))
        parts.append(absolute(page, page.text_language))
    return "\n\n".join(part for part in parts if part).replace("\n", "\r\n") + "\r\n"


def _section(heading: str, text: str) -> list[str]:
    return [f"== {heading} ==", text.strip()] if text.strip() else []


def _quotation(value) -> str:
    who = ", ".join(part for part in (value["name"], value["role"]) if part)
    return f"“{value['quote']}”" + (f"\n– {who}" if who else "")


def _contact(contact) -> str:
    if contact is None:
        return ""
    return "\n".join(part for part in (contact.name, contact.role, contact.phone, contact.email) if part)


def plain(html: str) -> str:
    """Paragraphs and lists as lines."""
    text = strip_tags(BLOCK_END.sub("\n", str(html)))
    return unescape("\n".join(line.strip() for line in text.splitlines() if line.strip()))
