"""Text that a visitor typed into a form of ours: letters of every script, without what hides or distorts them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_MARKS = 6  # on one letter: no script needs more
# Of characters that show nothing by themselves: breaks, joiners, blanks, marks without a letter.
UNSEEN = ("Cc", "Cf", "Zs", "Mn", "Me")
# Turn the direction of everything that follows, so that a text reads differently from what it is.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def plain_text(text: str) -> str:
    text = CONTROL.sub(" ", TURNING.sub("", text)).strip()
    if all(unicodedata.category(letter) in UNSEEN for letter in text):
        raise ValidationError(_("There is nothing to read in it."))
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            raise ValidationError(_("There are too many accents on one letter."))
    return text


def one_line(typed: str, value: str) -> str:
    """A name, say. The field has taken the breaks at both ends of what was `typed` away to make `value` of it."""
    if CONTROL.search(typed.strip(" \t")) or "\n" in value:
        raise ValidationError(_("A name has one line, without line breaks."))
    return plain_text(value)
