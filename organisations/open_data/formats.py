"""One selection as JSON, CSV or GeoJSON. What may be long is made in parts, so that no answer needs much memory."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from organisations.open_data import licence
from organisations.open_data.fields import NAMES
from organisations.open_data.parameters import known
from organisations.open_data.records import records, removed
from organisations.open_data.selection import Selection

BATCH = 200
BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
EXTRA_COLUMNS = ["removed", "licence", "attribution"]


def answered(selection: Selection, items: list) -> Iterator[dict]:
    """Records of the items, and a note on each that is gone."""
    for start in range(0, len(items), BATCH):
        part = items[start : start + BATCH]
        found = {record["id"]: record for record in records_of(selection, [pk for _key, pk in part if pk])}
        if not selection.parameters.since:
            yield from found.values()
            continue
        yield from (found.get(str(key)) or removed(key) for key, _pk in part)


def records_of(selection: Selection, pks: Iterable[int]) -> list[dict]:
    return [*by_pk(selection, pks).values()]


def by_pk(selection: Selection, pks: Iterable[int]) -> dict[int, dict]:
    return records(pks, selection.parameters.language, selection.index)


def page(request: HttpRequest, selection: Selection) -> dict:
    return {
        **licence.terms(selection.index.today),
        "last_change": selection.last_change,
        **links(request, selection, selection.items),
        "organisations": list(answered(selection, selection.page)),
    }


def links(request: HttpRequest, selection: Selection, items: list) -> dict:
    number, pages = selection.parameters.page, selection.pages(items)
    return {
        "total": len(items),
        "page": number,
        "per_page": selection.parameters.per_page,
        "pages": pages,
        "next": page_address(request, number + 1) if number < pages else None,
        "previous": page_address(request, min(number - 1, pages)) if number > 1 else None,
    }


def page_address(request: HttpRequest, number: int) -> str:
    """The same question, with the parameters as they were asked; unknown ones are no part of it."""
    asked = [(name, value) for name, value in known(request.GET) if name != "page"]
    return f"{settings.BASE_URL}{request.path}?{urlencode([*asked, ('page', number)])}"


def csv_lines(selection: Selection, items: list) -> Iterator[str]:
    writer = csv.writer(_Lines(), delimiter=";")
    terms = [licence.NAME, licence.attribution(selection.index.today)]
    yield BOM + writer.writerow(NAMES + EXTRA_COLUMNS)
    for record in answered(selection, items):
        cells = [_cell(record.get(name)) for name in NAMES]
        yield writer.writerow([*cells, "true" if "removed" in record else "", *terms])


class _Lines:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _cell(value) -> str | int | float:
    """One value as a spreadsheet shows it; a list with semicolons would look like columns, so it has bars."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = " | ".join(_item(item) for item in value)
    return harmless(value or "")


def _item(item) -> str:
    if isinstance(item, str):
        return item
    if "weekday" in item:
        text = f"{item['weekday']} {item['opens']}-{item['closes']}"
    else:
        text = f"{item['name']} ({item['mode']})" if "mode" in item else item["name"]
    return f"{text}: {item['note']}" if item.get("note") else text


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def geojson(selection: Selection, items: list) -> Iterator[str]:
    """RFC 7946, with the terms beside the features."""
    head = {"type": "FeatureCollection", **licence.terms(selection.index.today), "last_change": selection.last_change}
    yield _json(head)[:-1] + ', "features": ['
    for number, record in enumerate(answered(selection, items)):
        yield (",\n" if number else "\n") + _json(_feature(record))
    yield "\n]}\n"


def _feature(record: dict) -> dict:
    point = None
    if record.get("latitude") is not None:
        point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    return {"type": "Feature", "id": record["id"], "geometry": point, "properties": record}


def _json(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False)


def file_name(extension: str, as_of: date) -> str:
    return f"migrantenorganisationen-{as_of.isoformat()}.{extension}"
