"""Message catalogues without GNU gettext: extract the strings of code and templates, update the .po files, compile them.

Only the standard library, Babel and polib are needed, so a catalogue looks the same whoever extracted it: sorted,
without dates, line numbers and obsolete entries.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

# Rules of the Unicode CLDR for whole numbers, as gettext wants them.
ONE_OTHER = "nplurals=2; plural=(n != 1);"
EAST_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ru": EAST_SLAVIC,
    "uk": EAST_SLAVIC,
}


@dataclass(frozen=True, order=True)
class Message:
    """A string to translate; `plural` and `context` are empty where it has none."""

    text: str
    context: str = ""
    plural: str = ""


def source_folders(root: Path) -> list[Path]:
    """The project's packages and its templates; tests say nothing to a reader."""
    packages = [path.parent for path in root.glob("*/__init__.py") if path.parent.name != "tests"]
    return sorted([*packages, root / "templates"])


def messages_of(folders: Iterable[Path]) -> dict[Message, set[str]]:
    """Every message in the Python files and templates below these folders, with the comments for translators."""
    found: dict[tuple[str, str], tuple[Message, set[str]]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            for message, comments in _messages_in(path):
                key = (message.text, message.context)
                known, notes = found.get(key, (message, set()))
                # gettext keeps one entry where the same text is used with and without a plural.
                found[key] = (known if known.plural else message, notes | comments)
    return dict(found.values())


def _messages_in(path: Path) -> Iterator[tuple[Message, set[str]]]:
    if path.suffix not in {".py", ".html", ".txt", ".xml"} or "migrations" in path.parts or not path.is_file():
        return
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = templatize(source, origin=str(path))
        source = "\n".join(line.lstrip() for line in code.splitlines())
    options = {"encoding": "utf-8"}
    for _line, text, comments, context in extract(
        "python", BytesIO(source.encode()), KEYWORDS, ["Translators:"], options
    ):
        single, plural = text if isinstance(text, tuple) else (text, "")
        if single:
            yield Message(single, context or "", plural), set(comments)


def is_python_format(text: str) -> bool:
    return "%(" in text or "%s" in text or "%d" in text


def update(path: Path, messages: dict[Message, set[str]], *, copy_source: bool = False) -> bool:
    """Bring a catalogue in line with the messages, keeping what is translated. True when the file changed.

    `copy_source` fills empty translations with the message itself: for the language the messages are written in.
    """
    catalogue = polib.POFile(wrapwidth=100)
    language = path.parent.parent.name
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": before.metadata.get("Plural-Forms", PLURALS.get(language, ONE_OTHER)),
    }
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in before if not entry.obsolete}
    forms = plural_forms(catalogue)
    for message in sorted(messages):
        old = known.get((message.text, message.context))
        entry = _entry(message, old, forms, copy_source=copy_source)
        entry.comment = "\n".join(sorted(messages[message]))
        catalogue.append(entry)
    text = str(catalogue).rstrip() + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def plural_forms(catalogue: polib.POFile) -> int:
    return int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1].split(";")[0])


def _entry(message: Message, old: polib.POEntry | None, forms: int, *, copy_source: bool) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if is_python_format(message.text + message.plural):
        entry.flags.append("python-format")
    if old:
        entry.tcomment = old.tcomment
        entry.flags += ["fuzzy"] if old.fuzzy else []
    if message.plural:
        entry.msgid_plural = message.plural
        kept = old.msgstr_plural if old else {}
        own = [message.text] + [message.plural] * (forms - 1) if copy_source else [""] * forms
        entry.msgstr_plural = {form: kept.get(form) or own[form] for form in range(forms)}
    else:
        kept_text = old.msgstr if old and not old.msgid_plural else ""
        entry.msgstr = kept_text or (message.text if copy_source else "")
    return entry


def faults(path: Path, messages: dict[Message, set[str]]) -> list[str]:
    """What keeps a catalogue from being complete, one line each."""
    if not path.exists():
        return [f"{path.parent.parent.name}: there is no catalogue"]
    catalogue = polib.pofile(str(path))
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue}
    wanted = {(m.text, m.context) for m in messages}
    name = path.parent.parent.name
    found = [f"{name}: missing: {text!r}" for text, _context in sorted(wanted - known.keys())]
    found += [f"{name}: no longer used: {text!r}" for text, _context in sorted(known.keys() - wanted)]
    for entry in catalogue:
        if entry.obsolete:
            continue
        translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            found.append(f"{name}: fuzzy: {entry.msgid!r}")
        elif not all(translations):
            found.append(f"{name}: untranslated: {entry.msgid!r}")
        elif not _same_placeholders(entry, translations):
            found.append(f"{name}: placeholders differ: {entry.msgid!r}")
    return found


def _same_placeholders(entry: polib.POEntry, translations: list[str]) -> bool:
    """A translation may leave out a number ("one entry"), but never name a value that the code does not pass."""
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    needed = set() if entry.msgid_plural else allowed
    return all(needed <= _placeholders(text) <= allowed for text in translations)


def _placeholders(text: str) -> set[str]:
    names = {part.split(")")[0] for part in text.split("%(")[1:]}
    return names | {sign for sign in ("%s", "%d") if sign in text.replace("%%", "")}


def compile_catalogues(folder: Path) -> list[Path]:
    """Write the .mo file beside every .po file that is newer; the list of those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = target.with_suffix(f".{os.getpid()}.new")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        written.append(target)
    return written
