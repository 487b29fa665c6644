"""The dry run: what each row would do. Nothing of the directory is changed here."""

import copy
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from organisations.member_list.area import in_germany
from organisations.member_list.columns import BY_NAME, NETWORK, RECORD, Column, current, network_of, one_line
from organisations.member_list.lookalikes import LookAlikes
from organisations.member_list.problems import Wrong
from organisations.member_list.scope import reachable, readable
from organisations.member_list.table import Table
from organisations.member_list.words import Words, shown
from organisations.models import ImportRow, NetworkPage, OfficeRecord, OrganisationPage

BATCH = 50  # with everything that belongs to them, more of them need noticeably more memory and hardly less time


def checked_rows(check: "Check") -> Iterator[list[ImportRow]]:
    """In batches, not saved."""
    for batch in batched(check.table.rows(), BATCH):
        yield check.batch(batch)


class Check:
    """`twice` holds, at the end, the first row of each number that came back: row to the other row."""

    def __init__(self, table: Table, network: NetworkPage | None = None):
        self.table, self.network, self.words = table, network, Words(network)
        self.look_alikes = LookAlikes(reachable(network))
        self._rows_by_number: dict[str, int] = {}
        self.twice: dict[int, int] = {}

    def batch(self, batch: Iterable[tuple[int, dict[str, Any]]]) -> list[ImportRow]:
        read = [(number, *self._texts(number, cells)) for number, cells in batch]
        wanted = {texts["member_number"] for _number, texts, _errors in read if texts.get("member_number")}
        self._pages = {
            one_line(page.member_number): page
            for page in readable(OrganisationPage.objects.filter(member_number__in=wanted))
        }
        return [self._row(number, texts, errors) for number, texts, errors in read]

    def _texts(self, number: int, cells: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """Column name to text, and to what is wrong with it."""
        texts, errors = {}, dict(self.table.faults_of(number))
        for name, cell in cells.items():
            try:
                text = BY_NAME[name].text(cell)
            except Wrong as wrong:
                errors.setdefault(name, str(wrong))
            else:
                if text is not None:
                    texts[name] = text
        return texts, errors

    def _row(self, number: int, texts: dict[str, str], errors: dict[str, str]) -> ImportRow:
        row = ImportRow(number=number, title=shown(texts.get("title", ""), 200), errors=errors)
        key = texts.get("member_number", "")
        self._check_number(row, key)
        page = self._pages.get(key)
        if page and is_of_others(page, self.words):
            row.errors["member_number"] = of_others()
        elif page:
            row.organisation = page
            row.title = row.title or page.title
            self._compare(row, page, texts)
        else:
            self._begin(row, texts)
        row.outcome = self._outcome(row)
        if row.outcome == ImportRow.ERROR:
            row.values = {}
        return row

    def _check_number(self, row: ImportRow, number: str) -> None:
        if not number:
            row.errors.setdefault("member_number", _("The member number is missing."))
        elif first := self._rows_by_number.get(number):
            row.errors["member_number"] = same_number(first)
            self.twice[first] = row.number
        else:
            self._rows_by_number[number] = row.number

    def _outcome(self, row: ImportRow) -> str:
        if row.errors:
            return ImportRow.ERROR
        if row.organisation_id is None:
            return ImportRow.NEW
        return ImportRow.CHANGED if row.changes else ImportRow.UNCHANGED

    def _compare(self, row: ImportRow, page: OrganisationPage, texts: dict[str, str]) -> None:
        """What is written as it already stands is not questioned, so that an export can always be read again."""
        record, parsed = record_of(page), {}
        for name, text in texts.items():
            column = BY_NAME[name]
            before = current(page, record, column, self.words)
            if text == before:
                continue
            value = self._parsed(row, column, text)
            after = text if name in row.errors else column.show(value, self.words)
            if after != before:
                row.changes[name] = [before, after]
                row.values[name] = after
                parsed[name] = value
        self._check_contact(row, copy.copy(record), parsed)
        if {"title", "place"} & {*row.changes}:
            self._warn(row, texts.get("title") or page.title, texts.get("place", record.place), page.member_number)
        if NETWORK in row.changes:
            self._check_move(row, page, parsed)

    def _check_move(self, row: ImportRow, page: OrganisationPage, parsed: dict[str, Any]) -> None:
        target = parsed.get(NETWORK)
        if target and target.get_children().filter(slug=page.slug).exists():
            row.errors[NETWORK] = _("There is a page with the address “%(slug)s” below this network already.") % {
                "slug": page.slug
            }

    def _begin(self, row: ImportRow, texts: dict[str, str]) -> None:
        parsed = {}
        for name, text in texts.items():
            if text:
                value = self._parsed(row, BY_NAME[name], text)
                if name not in row.errors:
                    parsed[name] = value
                    row.values[name] = BY_NAME[name].show(value, self.words)
        if not texts.get("title"):
            row.errors.setdefault("title", _("A new organisation needs a name."))
        self._check_new_network(row, texts)
        self._check_contact(row, OfficeRecord(), parsed)
        self._warn(row, texts.get("title", ""), texts.get("place", ""), texts.get("member_number", ""))

    def _check_new_network(self, row: ImportRow, texts: dict[str, str]) -> None:
        if texts.get(NETWORK):
            return
        if self.network:
            row.values[NETWORK] = self.words.network_name(self.words.networks[self.network.pk])
        else:
            row.errors.setdefault(NETWORK, _("A new organisation needs a network."))

    def _parsed(self, row: ImportRow, column: Column, text: str) -> Any:
        try:
            return column.parse(text, self.words)
        except Wrong as wrong:
            row.errors.setdefault(column.name, str(wrong))
            return None

    def _check_contact(self, row: ImportRow, record: OfficeRecord, parsed: dict[str, Any]) -> None:
        """What only several columns together can tell: consent and position."""
        own = {
            name: value for name, value in parsed.items() if BY_NAME[name].place == RECORD and name not in row.errors
        }
        for name, value in own.items():
            setattr(record, name, value)
        if own and record.needs_consent and not record.consent:
            row.errors.setdefault(
                "consent",
                _("An exact address, a public phone number and open data need a note who agreed and when."),
            )
        if {"latitude", "longitude"} & {*own}:
            self._check_position(row, record)
        code = own.get("postal_code")
        if code and self.words.postal_codes and code not in self.words.postal_codes:
            row.warnings.append(_("The postal code %(code)s is in no list of ours.") % {"code": code})

    def _check_position(self, row: ImportRow, record: OfficeRecord) -> None:
        if (record.latitude is None) != (record.longitude is None):
            missing = "latitude" if record.latitude is None else "longitude"
            row.errors.setdefault(missing, _("Latitude and longitude belong together."))
        elif record.latitude is not None and not in_germany(float(record.latitude), float(record.longitude)):
            for name in ("latitude", "longitude"):
                row.errors.setdefault(name, _("This point lies outside Germany."))

    def _warn(self, row: ImportRow, title: str, place: str, number: str) -> None:
        if title and number:
            row.warnings += self.look_alikes.of(title, place, number, row.number)


def is_of_others(page: OrganisationPage, words: Words) -> bool:
    """Whether the import is one of a network that the page does not belong to."""
    return words.network is not None and network_of(page, words) is None


def of_others() -> str:
    return _("This number is not one of your network's. Please ask the office.")


def same_number(row: int) -> str:
    return _("Row %(row)d has the same member number.") % {"row": row}


def record_of(page: OrganisationPage) -> OfficeRecord:
    return getattr(page, "record", None) or OfficeRecord(organisation=page)
