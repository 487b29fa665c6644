"""Applies one checked row to an organisation there is, unless somebody has changed the same meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from organisations.facts import change_facts
from organisations.member_list.checking import is_of_others, of_others, record_of
from organisations.member_list.columns import BY_NAME, NETWORK, PAGE, RECORD, current
from organisations.member_list.scope import readable
from organisations.member_list.words import Words
from organisations.models import ImportRow, NetworkPage, OrganisationPage
from organisations.upkeep.record import locked_record, save_and_release


class Conflict(Exception):
    """Column name to what is there now."""

    def __init__(self, columns: dict[str, str]):
        self.columns = columns


def change(row: ImportRow, values: Mapping[str, Any], words: Words, user) -> None:
    """Call in a transaction. A row that was applied before changes nothing."""
    page = readable(OrganisationPage.objects.filter(pk=row.organisation_id)).first()
    if page is None:
        raise Conflict({"": _("This organisation has been deleted meanwhile.")})
    left = still_to_do(row, page, words)
    values = {name: values[name] for name in left}
    facts = {name: value for name, value in values.items() if BY_NAME[name].place == PAGE}
    contact = {name: value for name, value in values.items() if BY_NAME[name].place == RECORD}
    if contact:
        _write_record(page, contact)
    if facts:
        change_facts(page, facts, user)
    if NETWORK in values:
        _move(page, values[NETWORK], user)
    if values:
        log(page, "organisations.imported", user=user, data=history(row, values))


def history(row: ImportRow, values: Mapping[str, Any]) -> dict:
    return {"file": row.member_import.file_name, "row": row.number, "fields": [*values]}


def still_to_do(row: ImportRow, page: OrganisationPage, words: Words) -> list[str]:
    """The columns that are as they were when the file was checked. Conflict if one is neither that nor done already."""
    if is_of_others(page, words):
        raise Conflict({"member_number": of_others()})
    record, left, others = record_of(page), [], {}
    for name, (before, after) in row.changes.items():
        now = current(page, record, BY_NAME[name], words)
        if now == before:
            left.append(name)
        elif now != after:
            others[name] = _("This has been changed to “%(value)s” since the file was checked.") % {"value": now or "–"}
    if others:
        raise Conflict(others)
    return left


def _write_record(page: OrganisationPage, values: Mapping[str, Any]) -> None:
    record = locked_record(page)
    for name, value in values.items():
        setattr(record, name, value)
    record.clean()
    save_and_release(page, record, values)


def _move(page: OrganisationPage, network: NetworkPage, user) -> None:
    page = OrganisationPage.objects.get(pk=page.pk)
    page.move(NetworkPage.objects.get(pk=network.pk), pos="last-child", user=user)
