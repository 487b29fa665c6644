"""Colours of the site for what is drawn outside of a browser: those of the light scheme."""

import re
from functools import cache

from django.conf import settings

COLOUR = re.compile(r"--([\w-]+):\s*(?:light-dark\()?(#[0-9a-f]{6})\b", re.I)


@cache
def palette() -> dict[str, str]:
    """By their names in tokens.css: `palette()["petrol-wash"]`."""
    tokens = settings.BASE_DIR / "static" / "css" / "tokens.css"
    return dict(COLOUR.findall(tokens.read_text(encoding="utf-8")))
