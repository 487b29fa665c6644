"""Stream field content from TOML. Every block gets an id that is the same in each run: translations hang on it."""

from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from demo.loader.references import References

TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)


def stream(block: blocks.StreamBlock, entries: list[dict], place: str, references: References) -> list[dict]:
    """The raw content of a stream field; `place` names the page and field, for the ids."""
    return [_member(block, entry, f"{place}/{number}", references) for number, entry in enumerate(entries)]


def _member(block: blocks.StreamBlock, entry: dict, place: str, references: References) -> dict:
    name = entry["type"]
    child = block.child_blocks[name]
    value = entry["value"] if "value" in entry else {key: entry[key] for key in entry if key != "type"}
    return {"type": name, "value": _raw(child, value, place, references), "id": _id(place)}


def _raw(block: blocks.Block, value, place: str, references: References):
    match block:
        case blocks.StructBlock():
            unknown = value.keys() - block.child_blocks.keys()
            if unknown:
                raise KeyError(f"{place}: {', '.join(unknown)}")
            return {
                name: _raw(child, value[name], f"{place}/{name}", references) if name in value else _empty(child)
                for name, child in block.child_blocks.items()
            }
        case blocks.ListBlock():
            places = [(f"{place}/{number}", item) for number, item in enumerate(value)]
            return [
                {"type": "item", "value": _raw(block.child_block, item, at, references), "id": _id(at)}
                for at, item in places
            ]
        case blocks.PageChooserBlock():
            return references.page(value)
        case ImageChooserBlock():
            return references.image(value)
        case blocks.RichTextBlock():
            return references.rich_text(value)
        case _:
            return block.get_prep_value(block.to_python(value))


def _empty(block: blocks.Block):
    """What the editor's form leaves in a field nobody filled: texts are never None."""
    if isinstance(block, TEXTS) and block.get_default() is None:
        return ""
    return block.get_prep_value(block.get_default())


def _id(place: str) -> str:
    return str(uuid5(NAMESPACE_URL, place))
