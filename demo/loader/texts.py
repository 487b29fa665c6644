"""Reads demo/texts: one TOML file per page, its place in the folder is its place in the tree."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent / "texts"
INDEX = "_index"
HOME = "home"


@dataclass(frozen=True)
class PageText:
    path: str  # below the language's home page; empty for the home page itself
    data: dict

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_translated(self) -> bool:
        return self.data.get("translate", False)


@cache
def read(name: str) -> dict:
    """One file of data, such as `de/networks`."""
    return tidy(tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal))


@cache
def page_texts(language: str) -> list[PageText]:
    """Every page of one language; parents before children, siblings in their order."""
    folder = TEXTS / language
    names = sorted(file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.toml"))
    texts = [PageText(_path(name), data) for name in names if "type" in (data := read(f"{language}/{name}"))]
    return sorted(texts, key=lambda text: (text.path.count("/") if text.path else -1, text.data.get("order", 100)))


def _path(name: str) -> str:
    return "" if name == HOME else name.removesuffix(f"/{INDEX}")


def tidy(value):
    """Without the line breaks at the ends that long texts have in their files."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items()}
    return value
