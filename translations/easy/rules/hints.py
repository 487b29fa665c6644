"""A hint at a place in a text, and what its rule says about itself."""

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Hint:
    """`start` and `end` count characters of the text that was checked. `soft`: worth a look rather than a fault."""

    rule: str
    start: int
    end: int
    found: str
    message: str
    suggestion: str = ""
    soft: bool = False

    @property
    def key(self) -> str:
        """By which an author puts this hint aside: the same words are not complained about again in this text."""
        return f"{self.rule}:{blake2b(self.found.casefold().encode(), digest_size=6).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    title: str
    why: str
    bad: str
    good: str
    source: str


@cache
def rules() -> dict[str, Rule]:
    data = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))
    return {name: Rule(name, **texts) for name, texts in data.items()}
