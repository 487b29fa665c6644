"""Where German sentences end: not at abbreviations, dates, ordinal numbers, or inside somebody's words."""

import re

ABBREVIATIONS = set(
    "abs allg art aug bd bsp bspw bzgl bzw ca co dez dr ebd etc e.v ev evtl feb fr ggf hbf hr inkl insb jan jh jhd"
    " kap lt max mind min mio mrd mrz mär apr jun jul sep nov nr okt o.ä pl prof rd s sept sog st std str tel u.a usw v.a vgl vs zzgl z.b d.h"
    " a b c d e f g h i j k l m n o p q r t u v w x y z".split()
)
# These may well be the last word of a sentence.
LAST_WORDS = {"usw", "etc"}
# Words that a sentence begins with, and that hardly follow a number or an abbreviation inside one.
STARTS = set(
    "aber alle als am an auch auf aus bei bitte da damit dann das dazu deshalb der des die dies diese dieser dieses dort"
    " du ein eine einer er es für gibt haben hat hier ich ihr im in ist ja jede jeder jetzt kann können machen man"
    " manche mit nach nein nun nur oder ohne schon sein seit sie sind so und unser unsere viele vielen von vor wann"
    " warum was weil wenn wer werden wie wir wird wo wollen zu zum zur".split()
)
END = re.compile(r"[.!?…]+[\"'“”’»«)\]]*(?=\s|$)|\n")
NEXT = re.compile(r"\s*([\"'„“»«‚(\[¿¡–-]*\s*)([^\W_]?)([^\W_]*)")
BEFORE = re.compile(r"([^\s(\[„\"]*)$")
SPACE = re.compile(r"\s*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends in `text`. A line break ends one, too."""
    found, start = [], 0
    for mark in END.finditer(text):
        if mark.start() < start or not _ends(text, mark):
            continue
        _add(found, text, start, mark.end())
        start = mark.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list, text: str, start: int, end: int) -> None:
    start = SPACE.match(text, start).end()
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))


def _ends(text: str, mark: re.Match) -> bool:
    if mark.group() == "\n":
        return True
    _quotes, first, rest = NEXT.match(text, mark.end()).groups()
    if first and first.islower():
        return False
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return True
    starts = (first + rest).lower() in STARTS
    word = BEFORE.search(text, max(0, mark.start() - 30), mark.start()).group(1)
    if word.isdigit():
        return starts or not first or first.isdigit() or int(word) > 31 or len(word) > 2
    name = word.lower().rpartition("-")[2]
    if name in LAST_WORDS:
        return True
    if name.endswith("str"):
        return not first
    return name not in ABBREVIATIONS or (starts and len(name) > 1)
