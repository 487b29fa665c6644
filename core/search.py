"""One normaliser in front of every search: database backends fail on some input (SECURITY: F3)."""

import unicodedata

MAX_CHARACTERS = 200
MAX_TERMS = 20


def normalise(query: str) -> str:
    """The letters and digits to search for; an empty string when nothing is left: then no search is made."""
    query = unicodedata.normalize("NFC", query[:MAX_CHARACTERS].encode("utf-8", "ignore").decode())
    kept = "".join(character if unicodedata.category(character)[0] in "LNM" else " " for character in query)
    return " ".join(kept.split()[:MAX_TERMS])

