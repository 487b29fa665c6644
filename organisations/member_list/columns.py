"""The columns of the member list, as the office has it: what each is called, how it is written, where it is kept."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from organisations.member_list import kinds
from organisations.member_list.kinds import Text
from organisations.member_list.problems import Wrong
from organisations.member_list.reading import as_text
from organisations.member_list.words import PRECISIONS, STATUSES, STEP_FREE, Choice, Words, folded
from organisations.models import NetworkPage, OfficeRecord, OrganisationPage, Service, TargetGroup, Task

PAGE, RECORD, NETWORK = "page", "record", "network"
CHILDREN = {
    "spoken_languages": ("language", "mode", "note"),
    "opening_hours": ("weekday", "opens", "closes", "note"),
    "social_links": ("url",),
}
TERMS = ("tasks", "services", "target_groups")
EMPTIES = "-"  # a cell that holds nothing but this empties the field; an empty cell leaves it as it is
FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet may take for a formula, and what we guard the same way
ERRORS = {"#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#NAME?", "#DIV/0!", "#NUM!", "#ZAHL!", "#NULL!"}
# Control signs, halves of surrogate pairs, and signs that turn the direction of whatever follows them.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    name: str
    header: str
    kind: Text = field(default_factory=Text)
    place: str = PAGE
    also: tuple[str, ...] = ()
    empty: Any = ""
    required: bool = False
    as_number: str = ""  # how a number that lost its leading zeros is written; empty: it is as good as its digits

    @property
    def field(self) -> models.Field | None:
        """The model field that sets limits of length and the like."""
        model = {PAGE: OrganisationPage, RECORD: OfficeRecord}.get(self.place)
        return model._meta.get_field(self.name) if model and self.name not in (*CHILDREN, *TERMS) else None

    def text(self, cell: Any) -> str | None:
        """A cell in the form that is compared; None: leave as is; empty: take away. Wrong if it cannot be stored."""
        if isinstance(cell, int | float) and not isinstance(cell, bool) and self.as_number:
            return self._from_number(cell)
        text = as_text(cell)
        if text.strip() in ERRORS:
            raise Wrong(_("The spreadsheet shows an error here (%(error)s).") % {"error": text.strip()})
        if UNPRINTABLE.search(text):
            raise Wrong(_("There are signs in here that nobody can see. Type the text anew."))
        text = one_line(text)
        if not text:
            return None
        return "" if text == EMPTIES else unguarded(text)

    def _from_number(self, cell: float) -> str:
        if self.as_number == "refuse":
            raise Wrong(
                _("This is stored as a number, so zeros may be missing. Format the cell as text and type it anew.")
            )
        if cell != int(cell):
            raise Wrong(_("“%(text)s” is not a whole number.") % {"text": cell})
        return format(int(cell), self.as_number)

    def parse(self, text: str, words: Words) -> Any:
        """The value, which fits the field. Wrong if it does not."""
        if not text:
            if self.required:
                raise Wrong(_("This cannot be emptied."))
            return self.empty
        value = self.kind.parse(text, words)
        if self.field is not None:
            try:
                self.field.clean(value, None)
            except ValidationError as error:
                raise Wrong(" ".join(error.messages)) from None
        return value

    def show(self, value: Any, words: Words) -> str:
        return one_line(self.kind.show(value, words))


def one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def guarded(text: str) -> str:
    """For a spreadsheet: never a formula, and never the sign that empties."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def rows(relation: str) -> dict[str, Any]:
    return {"name": relation, "empty": ()}


COLUMNS = [
    Column("member_number", "Mitgliedsnummer", also=("Mitgliedsnr", "Mitglieds-Nr.", "Nr"), required=True),
    Column("title", "Name", also=("Organisation", "Name der Organisation", "Verein"), required=True),
    Column("short_name", "Kurzname", also=("Abkürzung",)),
    Column("legal_name", "Rechtlicher Name", also=("Vereinsname", "Juristischer Name")),
    Column("legal_form", "Rechtsform"),
    Column("founded", "Gründungsjahr", kinds.Year(), also=("gegründet",), empty=None),
    Column("network", "Verbund", kinds.Network(), NETWORK, also=("Netzwerk", "lokaler Verbund"), required=True),
    Column("status", "Status", kinds.OneOf(Choice(STATUSES)), required=True),
    Column("summary", "Kurzbeschreibung", also=("Zusammenfassung",)),
    Column("street", "Straße und Hausnummer", place=RECORD, also=("Straße", "Strasse", "Anschrift")),
    Column("postal_code", "PLZ", kinds.PostalCode(), RECORD, also=("Postleitzahl",), as_number="05d"),
    Column("place", "Ort", place=RECORD, also=("Stadt",)),
    Column("municipality", "Gemeinde", place=RECORD, also=("Kommune",)),
    Column("state", "Bundesland", kinds.OneOf("states"), RECORD, also=("Land",)),
    Column("latitude", "Breitengrad", kinds.Coordinate(47, 56), RECORD, also=("Breite", "lat", "latitude"), empty=None),
    Column("longitude", "Längengrad", kinds.Coordinate(5, 16), RECORD, also=("Länge", "lon", "longitude"), empty=None),
    Column(
        "precision", "Adresse öffentlich", kinds.OneOf(Choice(PRECISIONS)), RECORD, also=("Freigabe",), required=True
    ),
    Column("phone", "Telefon", kinds.Phone(), RECORD, also=("Telefonnummer", "Tel"), as_number="refuse"),
    Column("shows_phone", "Telefon öffentlich", kinds.YesNo(), RECORD, empty=False),
    Column("email", "E-Mail", kinds.Mailbox(), RECORD, also=("E-Mail-Adresse", "Mail")),
    Column("language", "Sprache der Mails", kinds.OneOf("mail_languages"), RECORD, required=True),
    Column("website", "Website", kinds.Address(), also=("Webseite", "Internet", "Homepage")),
    Column("social_links", "Soziale Netzwerke", kinds.Addresses(), also=("Social Media",), empty=()),
    Column("open_data", "Offene Daten", kinds.YesNo(), RECORD, also=("Open Data",), empty=False),
    Column("consent", "Einwilligung", place=RECORD, also=("Einverständnis",)),
    Column("tasks", "Aufgaben", kinds.Terms(Task), also=("Aufgabenspektrum",), empty=()),
    Column("services", "Dienstleistungen", kinds.Terms(Service), also=("Angebote",), empty=()),
    Column("target_groups", "Zielgruppen", kinds.Terms(TargetGroup), empty=()),
    Column("spoken_languages", "Sprachen", kinds.SpokenLanguages(), also=("Gesprochene Sprachen",), empty=()),
    Column("opening_hours", "Öffnungszeiten", kinds.OpeningTimes(), also=("Sprechzeiten",), empty=()),
    Column("step_free", "Stufenlos", kinds.OneOf(Choice(STEP_FREE)), also=("Barrierefrei", "rollstuhlgerecht")),
    Column("accessibility_note", "Hinweis zur Barrierefreiheit", also=("Zugang",)),
    Column("confirmed_on", "Bestätigt am", kinds.Day(), RECORD, also=("Stand", "zuletzt bestätigt"), empty=None),
    Column("term_months", "Frist in Monaten", kinds.Number(), RECORD, also=("Frist",), required=True),
]
BY_NAME = {column.name: column for column in COLUMNS}
REQUIRED_HEADERS = ("member_number", "title")
_BY_HEADER = {folded(word): column for column in COLUMNS for word in (column.header, *column.also)}


def column_of(header: Any) -> Column | None:
    return _BY_HEADER.get(folded(as_text(header)))


def current(page: OrganisationPage, record: OfficeRecord, column: Column, words: Words) -> str:
    """What is there now, in the form that is compared. Read `page` with `READ` prefetched."""
    return column.show(value_of(page, record, column, words), words)


def value_of(page: OrganisationPage, record: OfficeRecord, column: Column, words: Words) -> Any:
    if column.place == NETWORK:
        return network_of(page, words)
    if column.name in CHILDREN:
        names = CHILDREN[column.name]
        return [{name: getattr(row, name) for name in names} for row in getattr(page, column.name).all()]
    if column.name in TERMS:
        return getattr(page, column.name).all()
    return getattr(page if column.place == PAGE else record, column.name)


def network_of(page: OrganisationPage, words: Words) -> NetworkPage | None:
    return words.networks_by_path.get(page.path[: -page.steplen])
