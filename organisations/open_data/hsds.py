"""The same organisations in the shape of the Human Services Data Specification 3.0 (docs.openreferral.org).

Lists hold what stands in one row; single objects, and lists asked for with `full=true`, hold everything.
"""

from hashlib import sha256
from uuid import UUID, uuid5

from organisations.open_data.selection import Selection

VERSION = "3.0"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The bits of a UUID that do not say which kind it is.
FREE = 0xFFFFFFFF_FFFF_0FFF_3FFF_FFFFFFFFFFFF


def service_id(organisation: UUID, key: str) -> UUID:
    """The same each time, and with the key it leads back to the organisation: `service_id` of it is the argument."""
    return UUID(int=organisation.int ^ (int.from_bytes(sha256(key.encode()).digest()[:16]) & FREE))


def page(selection: Selection, items: list, contents: list[dict]) -> dict:
    number, pages = selection.parameters.page, selection.pages(items)
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def organisation(record: dict, full: bool = False) -> dict:
    row = {
        "id": record["id"],
        "name": record["name"],
        "alternate_name": record["short_name"],
        "description": record["summary"] or record["name"],
        "website": record["website"],
        "year_incorporated": record["founded"],
        "legal_status": record["legal_form"],
        "uri": record["url"],
    }
    if full:
        row["phones"] = _phones(record)
        row["locations"] = _locations(record)
        row["services"] = [_service_row(record, term) for term in record["services"]]
    return _without_empty(row)


def service(record: dict, key: str, full: bool = False) -> dict:
    term = next(term for term in record["services"] if term["key"] == key)
    row = _service_row(record, term) | {"organization": organisation(record)}
    if full:
        row["phones"] = _phones(record)
        row["languages"] = _languages(record)
        row["schedules"] = _schedules(record)
        row["service_at_locations"] = [
            {"id": _id(record, f"{key} at location"), "service_id": row["id"], "location": place}
            for place in _locations(record)
        ]
    return _without_empty(row)


def _service_row(record: dict, term: dict) -> dict:
    interpreted = [spoken["name"] for spoken in record["languages"] if spoken["mode"] == "interpreter"]
    return _without_empty(
        {
            "id": str(service_id(UUID(record["id"]), term["key"])),
            "organization_id": record["id"],
            "name": term["name"],
            "description": record["summary"],
            "url": record["url"],
            "status": "active" if record["status"] == "active" else "inactive",
            "application_process": record["contact_url"],
            "interpretation_services": ", ".join(interpreted),
            "eligibility_description": ", ".join(group["name"] for group in record["target_groups"]),
            "assured_date": record["confirmed_on"],
            "last_modified": record["changed_at"],
        }
    )


def _phones(record: dict) -> list[dict]:
    if not record["phone"]:
        return []
    return [{"id": _id(record, "phone"), "number": record["phone"], "type": "voice"}]


def _locations(record: dict) -> list[dict]:
    """One, as exact as it is released; the specification knows an address only with its street."""
    if not record["place"] and record["latitude"] is None:
        return []
    location = {
        "id": _id(record, "location"),
        "location_type": "physical",
        "organization_id": record["id"],
        "name": f"{record['postal_code'] or ''} {record['place'] or ''}".strip(),
        "latitude": record["latitude"],
        "longitude": record["longitude"],
        "languages": _languages(record),
        "schedules": _schedules(record),
    }
    if record["street"] and record["place"] and record["postal_code"] and record["state"]:
        location["addresses"] = [_address(record)]
    if record["step_free"] or record["accessibility_note"]:
        told = [f"Stufenlose Räume: {record['step_free']}" if record["step_free"] else "", record["accessibility_note"]]
        description = ". ".join(text for text in told if text)
        location["accessibility"] = [{"id": _id(record, "accessibility"), "description": description}]
    return [_without_empty(location)]


def _address(record: dict) -> dict:
    return {
        "id": _id(record, "address"),
        "address_1": record["street"],
        "city": record["place"],
        "state_province": record["state_name"],
        "postal_code": record["postal_code"],
        "country": "DE",
        "address_type": "physical",
    }


def _languages(record: dict) -> list[dict]:
    """Without those that only an interpreter speaks, as the specification asks."""
    spoken = [language for language in record["languages"] if language["mode"] != "interpreter"]
    return [
        _without_empty(
            {
                "id": _id(record, f"language {language['code']} {language['mode']}"),
                "name": language["name"],
                "code": language["code"],
                "note": language["note"],
            }
        )
        for language in spoken
    ]


def _schedules(record: dict) -> list[dict]:
    return [
        _without_empty(
            {
                "id": _id(record, f"schedule {hours['weekday']} {hours['opens']} {hours['closes']}"),
                "freq": "WEEKLY",
                "interval": 1,
                "byday": DAYS[hours["weekday"] - 1],
                "opens_at": hours["opens"],
                "closes_at": hours["closes"],
                "description": "Europe/Berlin",
                "notes": hours["note"],
            }
        )
        for hours in record["opening_hours"]
    ]


def _id(record: dict, part: str) -> str:
    return str(uuid5(UUID(record["id"]), part))


def _without_empty(row: dict) -> dict:
    """The specification has no null: what is not known is left out."""
    return {name: value for name, value in row.items() if value not in (None, "", [])}
