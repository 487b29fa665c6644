"""How a value is written in a cell and read from it again. `show(parse(text))` is the form that everything is compared in."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.member_list.problems import Wrong
from organisations.member_list.words import MODES, NO, WEEKDAYS, YES, Choice, Words, folded, shown

DIGITS = re.compile(r"[0-9]{5}\Z")
PHONE = re.compile(r"\+?[0-9 ()/.–-]{4,38}[0-9](?: ?\([^()]{1,20}\))?\Z")
# Semicolons and lines divide a list; what stands in brackets belongs together.
PART = re.compile(r"(?:\([^()]*\)|[^;\n])+")
WORD = re.compile(r"(?:\([^()]*\)|[^;,\n])+")
NOTE_SIGNS = str.maketrans({"(": "[", ")": "]", ";": ",", ":": "."})
SPOKEN = re.compile(r"(?P<language>.+?)\s*(?:\((?P<mode>[^():]*)(?::\s*(?P<note>[^()]*))?\))?\Z")
WHOLE = re.compile(r"(?P<language>.+)(?P<mode>)(?P<note>)\Z")
HOURS = re.compile(
    r"(?P<days>[^\d]+?)\s*(?P<opens>\d{1,2}(?:[:.]\d{2})?)\s*(?:Uhr)?\s*(?:-|–|bis)\s*"
    r"(?P<closes>\d{1,2}(?:[:.]\d{2})?)\s*(?:Uhr)?\s*(?:\((?P<note>[^()]*)\))?\Z",
    re.IGNORECASE,
)


def parts(text: str, pattern: re.Pattern = PART) -> list[str]:
    return [part.strip() for part in pattern.findall(text) if part.strip()]


class Text:
    def parse(self, text: str, words: Words) -> Any:
        return text

    def show(self, value: Any, words: Words) -> str:
        return "" if value is None else str(value)


class Number(Text):
    def parse(self, text, words):
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise Wrong(_("“%(text)s” is not a whole number.") % {"text": shown(text)})
        return int(text)


class Year(Number):
    def parse(self, text, words):
        year = super().parse(text, words)
        if not 1800 <= year <= timezone.localdate().year:
            raise Wrong(_("%(year)d is not a year between 1800 and today.") % {"year": year})
        return year


class YesNo(Text):
    def parse(self, text, words):
        if folded(text) in YES | NO:
            return folded(text) in YES
        raise Wrong(_("“%(text)s” is neither “ja” nor “nein”.") % {"text": shown(text)})

    def show(self, value, words):
        return "ja" if value else "nein"


class OneOf(Text):
    """`choice` is a Choice, or the name of one among the words."""

    def __init__(self, choice: Choice | str):
        self.choice = choice

    def _choice(self, words):
        return getattr(words, self.choice) if isinstance(self.choice, str) else self.choice

    def parse(self, text, words):
        return self._choice(words).parse(text)

    def show(self, value, words):
        return self._choice(words).show(value) if value else ""


class Day(Text):
    def parse(self, text, words):
        for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"):
            try:
                day = datetime.strptime(text, pattern).replace(tzinfo=timezone.get_current_timezone()).date()
            except ValueError:
                continue
            if day > timezone.localdate():
                raise Wrong(_("%(day)s lies in the future.") % {"day": text})
            if day.year >= 1990:
                return day
        raise Wrong(_("“%(text)s” is not a date such as 31.12.2025.") % {"text": shown(text)})

    def show(self, value: date | None, words):
        return f"{value:%d.%m.%Y}" if value else ""


class PostalCode(Text):
    def parse(self, text, words):
        if not DIGITS.match(text) or not "01000" <= text <= "99998":
            raise Wrong(_("“%(text)s” is not a German postal code of five digits.") % {"text": shown(text)})
        return text


class Phone(Text):
    def parse(self, text, words):
        if not PHONE.match(text):
            raise Wrong(_("“%(text)s” is not a phone number.") % {"text": shown(text)})
        return text


class Coordinate(Text):
    """Degrees with five decimals; whether the point lies in Germany is asked of both together."""

    def __init__(self, least: int, most: int):
        self.least, self.most = least, most

    def parse(self, text, words):
        try:
            degrees = Decimal(text.replace(",", "."))
        except InvalidOperation:
            degrees = None
        if degrees is None or not degrees.is_finite():
            raise Wrong(_("“%(text)s” is not a number of degrees such as 52.26890.") % {"text": shown(text)})
        if not self.least <= degrees <= self.most:
            raise Wrong(
                _("%(degrees)s lies outside Germany (%(least)d to %(most)d).")
                % {"degrees": shown(text, 20), "least": self.least, "most": self.most}
            )
        return degrees.quantize(Decimal("0.00001"))

    def show(self, value, words):
        return "" if value is None else f"{value:.5f}"


class Address(Text):
    """Of a website. `www.example.org` is meant to be one."""

    def parse(self, text, words):
        address = text if "://" in text else f"https://{text}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise Wrong(
                _("“%(text)s” is not an address such as https://example.org.") % {"text": shown(text)}
            ) from None
        return address


class Mailbox(Text):
    def parse(self, text, words):
        try:
            EmailValidator()(text)
        except ValidationError:
            raise Wrong(_("“%(text)s” is not an e-mail address.") % {"text": shown(text)}) from None
        return text


class Network(Text):
    """The value is the page."""

    def parse(self, text, words):
        return words.network_named(text)

    def show(self, value, words):
        return words.network_name(value) if value else ""


class Terms(Text):
    """The value is a list of terms."""

    def __init__(self, model: type):
        self.model = model

    def parse(self, text, words):
        return [*dict.fromkeys(term for part in parts(text) for term in self._terms(part, words))]

    def _terms(self, part: str, words) -> Iterator:
        """Names may have commas, and lists, too."""
        if term := words.term_named(self.model, part):
            yield term
            return
        for name in part.split(","):
            term = words.term_named(self.model, name)
            if term is None:
                known = ", ".join(term.name for term in words.terms[self.model].values())
                raise Wrong(
                    _("“%(text)s” is not in the list “%(list)s”. There are: %(words)s.")
                    % {"text": shown(name.strip()), "list": self.model._meta.verbose_name_plural, "words": known}
                )
            yield term

    def show(self, value, words):
        chosen = {term.pk for term in value}
        return "; ".join(term.name for pk, term in words.terms[self.model].items() if pk in chosen)


class SpokenLanguages(Text):
    """`Arabisch; Türkisch (telefonisch: nur montags)`. The value is a list of rows."""

    mode = Choice(MODES)

    def parse(self, text, words):
        rows = {}
        for part in parts(text, WORD):
            # Names may end in brackets, too: Kurdisch (Sorani).
            match = WHOLE.match(part) if words.speaks(part) else SPOKEN.match(part)
            if not match:
                raise Wrong(
                    _("“%(text)s” is not written like “Türkisch (telefonisch: montags)”.") % {"text": shown(part)}
                )
            row = self._row(match, words)
            rows.setdefault((row["language"], row["mode"]), row)
        return [*rows.values()]

    def _row(self, match, words) -> dict:
        mode, note = (match["mode"] or "").strip(), (match["note"] or "").strip()
        if len(note) > 120:
            raise Wrong(_("A note has at most %(limit)d characters.") % {"limit": 120})
        code = words.spoken_named(match["language"])
        return {"language": code, "mode": self.mode.parse(mode) if mode else "on-site", "note": note}

    def show(self, value, words):
        return "; ".join(self._show(row, words) for row in value)

    def _show(self, row, words) -> str:
        name, mode = words.spoken.get(row["language"], row["language"]), self.mode.show(row["mode"])
        note = row["note"].translate(NOTE_SIGNS)
        return f"{name} ({mode}: {note})" if note else f"{name} ({mode})"


class OpeningTimes(Text):
    """`Mo 09:00–12:00; Di–Do 14:00–18:00 (nach Anmeldung)`. The value is a list of rows."""

    def parse(self, text, words):
        return [row for part in parts(text) for row in self._rows(part)]

    def _rows(self, part: str) -> list[dict]:
        match = HOURS.match(part)
        try:
            days = self._days(match["days"])
            opens, closes = self._time(match["opens"]), self._time(match["closes"])
        except (TypeError, ValueError):
            raise Wrong(_("“%(text)s” is not written like “Mo 09:00–12:00”.") % {"text": shown(part)}) from None
        if closes <= opens:
            raise Wrong(_("Closing time must be later than opening time."))
        note = (match["note"] or "").strip()
        if len(note) > 120:
            raise Wrong(_("A note has at most %(limit)d characters.") % {"limit": 120})
        return [{"weekday": day, "opens": opens, "closes": closes, "note": note} for day in days]

    def _days(self, text: str) -> list[int]:
        found = []
        for part in re.split(r"[,+&]|\bund\b", text):
            ends = [self._day(name) for name in re.split(r"[-–]|\bbis\b", part)]
            if len(ends) > 2 or ends[0] > ends[-1]:
                raise ValueError(part)
            found += range(ends[0], ends[-1] + 1)
        return found

    def _day(self, text: str) -> int:
        """The first two letters tell German days apart."""
        name = text.strip(" .:").capitalize()
        if not name.isalpha() or len(name) > 10:
            raise ValueError(text)
        return WEEKDAYS.index(name[:2]) + 1

    def _time(self, text: str) -> time:
        hour, _sign, minute = text.replace(".", ":").partition(":")
        return time(int(hour), int(minute or 0))

    def show(self, value, words):
        return "; ".join(self._show(row) for row in value)

    def _show(self, row) -> str:
        note = row["note"].translate(NOTE_SIGNS)
        hours = f"{WEEKDAYS[row['weekday'] - 1]} {row['opens']:%H:%M}–{row['closes']:%H:%M}"
        return f"{hours} ({note})" if note else hours


class Addresses(Address):
    """Several, divided by blanks. The value is a list of rows."""

    def parse(self, text, words):
        found = [super(Addresses, self).parse(part, words) for part in re.split(r"[\s;,]+", text) if part]
        if any(len(address) > 200 for address in found):
            raise Wrong(_("An address has at most %(limit)d characters.") % {"limit": 200})
        return [{"url": address} for address in dict.fromkeys(found)]

    def show(self, value, words):
        return " ".join(row["url"] for row in value)
