"""Which parts of a line run from the right to the left, and in which order they stand (UAX #9)."""

import unicodedata

from bidi import algorithm

BRACKETS = {"(": ")", "[": "]", "{": "}"}
# Control signs that the algorithm drops, or that this implementation of it does not know.
WITHOUT_LEVEL = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", ""}


def levels(text: str, right_to_left: bool) -> list[int]:
    """The embedding level of each sign: odd ones run from the right to the left."""
    kept = [place for place, sign in enumerate(text) if unicodedata.bidirectional(sign) not in WITHOUT_LEVEL]
    found = _resolved("".join(text[place] for place in kept), right_to_left)
    by_place = dict(zip(kept, found, strict=True))
    result, before = [], int(right_to_left)
    for place in range(len(text)):
        before = by_place.get(place, before)
        result.append(before)
    return result


def _resolved(text: str, right_to_left: bool) -> list[int]:
    if not text:
        return []
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = int(right_to_left), "LR"[right_to_left]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], storage["base_dir"])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [sign["level"] for sign in storage["chars"]]


def _resolve_brackets(signs: list[dict], base: str) -> None:
    """Rule N0, which the library leaves out: both brackets of a pair run the same way, as what they enclose does."""
    for start, end in _pairs(signs):
        inside = {_strong(sign) for sign in signs[start + 1 : end]} - {""}
        if not inside:
            continue
        before = next((kind for sign in reversed(signs[:start]) if (kind := _strong(sign))), base)
        kind = base if base in inside else before
        signs[start]["type"] = signs[end]["type"] = kind if kind in inside else base


def _pairs(signs: list[dict]) -> list[tuple[int, int]]:
    opened, pairs = [], []
    for place, sign in enumerate(signs):
        if sign["ch"] in BRACKETS:
            opened.append((BRACKETS[sign["ch"]], place))
        elif sign["ch"] in BRACKETS.values():
            known = [number for number, (closing, _place) in enumerate(opened) if closing == sign["ch"]]
            if known:
                pairs.append((opened[known[-1]][1], place))
                del opened[known[-1] :]
    return sorted(pairs)


def _strong(sign: dict) -> str:
    """Numbers count as text from the right to the left here."""
    return "L" if sign["type"] == "L" else "R" if sign["type"] in ("R", "AL", "EN", "AN") else ""


def visual[Run](runs: list[tuple[int, Run]]) -> list[Run]:
    """Runs with their levels, given as they are read, as they stand from the left to the right (rule L2)."""
    ordered = [*runs]
    highest = max((level for level, _run in runs), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and ordered[end][0] >= level:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = max(end, start + 1)
    return [run for _level, run in ordered]


def runs_right_to_left(text: str) -> bool:
    """By its first letter with a direction, as browsers do for `dir="auto"`."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)
