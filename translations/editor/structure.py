"""Where in a page a text stands, in the words of the editor who wrote it: read from the blocks, without a query."""

import json
import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from bs4 import BeautifulSoup
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

HEADING = re.compile(r"h[1-6]")
TEXT_FIELDS = (models.CharField, models.TextField)


@dataclass(frozen=True)
class Place:
    """`group` is the same for all texts of one block; `names` lead from the block to the text."""

    field: str
    group: str
    label: str
    icon: str = ""
    names: tuple[str, ...] = ()
    kind: str = "text"
    limit: int | None = None
    is_rich: bool = False

    def inside(self, name: str, **changes) -> "Place":
        return replace(self, names=(*self.names, name), **changes)


@dataclass
class Structure:
    """Of a page type or term and its content, as `TranslationSource.content_json` keeps it."""

    model: type[models.Model]
    content: dict
    _places: dict[str, Place] = field(default_factory=dict)

    def place(self, path: str) -> Place:
        """Of a context's path, such as `body.<id>.items.<id>.heading`. What cannot be found is named by its path."""
        if path not in self._places:
            try:
                self._places[path] = self._in_model(self.model, self.content, path.split("."), None)
            except (FieldDoesNotExist, KeyError, IndexError, StopIteration, TypeError, ValueError):
                name = path.partition(".")[0]
                self._places[path] = Place(name, name, capfirst(name))
        return self._places[path]

    def order(self, place: Place) -> int:
        """Fields come in the order of the editor's form, others at the end."""
        return self._order.get(place.field, len(self._order))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(_fields_of(_form(self.model)))}

    def _in_model(self, model, content: dict, parts: list[str], outer: Place | None) -> Place:
        found, rest = model._meta.get_field(parts[0]), parts[1:]
        if isinstance(found, models.ManyToOneRel):
            return self._in_row(found, content[parts[0]], rest)
        label = str(capfirst(found.verbose_name))
        if outer:
            place = outer.inside(label)
        else:
            place = Place(found.name, found.name, label, limit=getattr(found, "max_length", None))
        if isinstance(found, StreamField):
            value = content[found.name]
            raw = json.loads(value) if isinstance(value, str) else value
            return _in_stream(found.stream_block, raw, rest, place)
        if isinstance(found, RichTextField):
            return replace(place, is_rich=True, limit=None)
        if outer:
            return replace(place, limit=getattr(found, "max_length", None))
        return replace(place, kind="title" if found.name == "title" else "text")

    def _in_row(self, relation, rows: list[dict], parts: list[str]) -> Place:
        number = next(n for n, row in enumerate(rows) if str(row.get("translation_key")) == parts[0])
        label = str(capfirst(relation.related_model._meta.verbose_name))
        outer = Place(relation.name, f"{relation.name}.{parts[0]}", f"{label} {number + 1}")
        return self._in_model(relation.related_model, rows[number], parts[1:], outer)


def _in_stream(stream: blocks.StreamBlock, raw: list, parts: list[str], place: Place) -> Place:
    child = next(item for item in raw if item.get("id") == parts[0])
    block = stream.child_blocks[child["type"]]
    if not place.group.count("."):
        place = replace(
            place, group=f"{place.group}.{parts[0]}", label=str(capfirst(block.label)), icon=block.meta.icon, limit=None
        )
    else:
        place = place.inside(str(capfirst(block.label)))
    return _in_block(block, child["value"], parts[1:], place)


def _in_block(block: blocks.Block, raw, parts: list[str], place: Place) -> Place:
    if isinstance(block, blocks.StructBlock) and parts:
        child = block.child_blocks[parts[0]]
        inner = place.inside(str(capfirst(child.label)), kind=_kind(child, block, raw))
        return _in_block(child, (raw or {}).get(parts[0]), parts[1:], inner)
    if isinstance(block, blocks.ListBlock) and parts:
        number = next(n for n, item in enumerate(raw) if item.get("id") == parts[0])
        inner = place.inside(_("No. %(number)s") % {"number": number + 1})
        return _in_block(block.child_block, raw[number]["value"], parts[1:], inner)
    if isinstance(block, blocks.StreamBlock) and parts:
        return _in_stream(block, raw, parts, place)
    if isinstance(block, blocks.RichTextBlock):
        return replace(place, is_rich=True)
    return replace(place, limit=getattr(getattr(block, "field", None), "max_length", None))


def _kind(child: blocks.Block, struct: blocks.StructBlock, raw: dict) -> str:
    """A block that lets the editor choose a level of heading is a heading of that level."""
    if "quote" in (child.meta.icon, child.name) or isinstance(child, blocks.BlockQuoteBlock):
        return "quote"
    for name, sibling in struct.child_blocks.items():
        chosen = (raw or {}).get(name)
        if isinstance(sibling, blocks.ChoiceBlock) and isinstance(chosen, str) and HEADING.fullmatch(chosen):
            return chosen
    return "heading" if child.name in {"heading", "title"} else "text"


def kinds_in(template: str) -> list[str]:
    """What each text of a rich text is: `p`, `li`, `h2`, `blockquote`, `td` …, in their order."""
    texts = BeautifulSoup(template, "html.parser").find_all("text")
    texts.sort(key=lambda text: int(text["position"]))
    return [_around(text) for text in texts]


def _around(text) -> str:
    for tag in text.parents:
        if tag.name in KIND_NAMES:
            return tag.name
    return "p"


# Names are made when they are shown, in the language of whoever looks.
KIND_NAMES = {
    "p": lambda: _("Paragraph"),
    "li": lambda: _("List item"),
    "blockquote": lambda: _("Quotation"),
    "td": lambda: _("Table cell"),
    "th": lambda: _("Head of a table"),
    "figcaption": lambda: _("Caption"),
    "hr": lambda: _("Line"),
    **{f"h{n}": lambda n=n: _("Heading, level %(level)s") % {"level": n} for n in range(1, 7)},
}


def kind_name(kind: str) -> str:
    return KIND_NAMES[kind]() if kind in KIND_NAMES else ""


def _form(model: type[models.Model]):
    if issubclass(model, Page):
        return model.get_edit_handler()
    return model.snippet_viewset.get_edit_handler() if model in get_snippet_models() else None


def _fields_of(panel) -> list[str]:
    if isinstance(panel, FieldPanel):
        return [panel.field_name]
    if isinstance(panel, InlinePanel):
        return [panel.relation_name]
    if isinstance(panel, PanelGroup):
        return [name for child in panel.children for name in _fields_of(child)]
    return []
