"""The description for programs, OpenAPI 3.1. The fields come from `fields.py`, the limits from `parameters.py`."""

from django.conf import settings

from organisations.open_data import licence
from organisations.open_data.fields import FIELDS
from organisations.open_data.hsds import VERSION as HSDS
from organisations.open_data.parameters import ALLOWED, LAST_PAGE, MOST_PER_PAGE, PER_PAGE
from organisations.open_data.selection import VERSION
from organisations.states import STATES

TEXT = {"type": "string"}
HSDS_SCHEMAS = f"https://raw.githubusercontent.com/openreferral/specification/{HSDS}/schema/compiled"


def document() -> dict:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Verzeichnis der Migrant*innenorganisationen: offene Daten",
            "version": VERSION,
            "description": "Nur lesend, ohne Anmeldung. Es steht nur darin, wer zugestimmt hat, und nur, was öffentlich ist.",
            "license": {"name": licence.NAME, "url": licence.URL},
        },
        "servers": [{"url": f"{settings.BASE_URL}/daten"}],
        "externalDocs": {"url": f"{settings.BASE_URL}/daten/", "description": "Anleitung mit Beispielen"},
        "paths": {
            "/organisationen.json": _path("organisations", "Eine Seite der Organisationen", "application/json", "Page"),
            "/organisationen.csv": _path("organisationsCsv", "Alle, als Tabelle", "text/csv", None),
            "/organisationen.geojson": _path(
                "organisationsGeoJson", "Alle, für Karten", "application/geo+json", "Features"
            ),
            "/hsds/": {"get": _operation("hsds", f"HSDS {HSDS}: über diese Schnittstelle", [], {"type": "object"})},
            "/hsds/organizations": _hsds_list("organizations", "organization_list"),
            "/hsds/organizations/{id}": _hsds_one("organization"),
            "/hsds/services": _hsds_list("services", "service_list"),
            "/hsds/services/{id}": _hsds_one("service"),
        },
        "components": {"parameters": _parameters(), "schemas": _schemas(), "responses": _responses()},
    }


def _parameters() -> dict:
    """By name; each is a query parameter."""
    several = {"type": "array", "items": TEXT}
    one_of = {name: {"type": "string", "enum": values} for name, values in ALLOWED.items()}
    schemas = {
        "q": ({"type": "string", "maxLength": 200}, "Suchwörter"),
        "near": ({"type": "string", "maxLength": 80}, "Ort oder Postleitzahl"),
        "radius": (one_of["radius"], "Umkreis in Kilometern um near"),
        "service": (several, "Dienstleistung; mehrfach heißt: eine davon"),
        "language": (several, "gesprochene Sprache, als Code oder Name"),
        "group": (several, "Zielgruppe"),
        "stepfree": ({"type": "array", "items": {"type": "string", "enum": ["yes", "partly", "no"]}}, "stufenlos"),
        "state": ({"type": "array", "items": {"type": "string", "enum": [code for code, _ in STATES]}}, "Bundesland"),
        "network": (several, "lokaler Verbund"),
        "task": (several, "Aufgabe, für die die Organisation steht"),
        "old": (one_of["old"], "1: auch Profile, die seit langem niemand bestätigt hat"),
        "sort": (one_of["sort"], "Reihenfolge"),
        "since": (TEXT, "nur Änderungen seit diesem Tag oder Zeitpunkt (ISO 8601), auch Entferntes"),
        "lang": (one_of["lang"], "Sprache der Bezeichnungen"),
        "page": ({"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}, "Seite"),
        "per_page": (
            {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
            "Einträge je Seite",
        ),
        "full": (one_of["full"], "nur HSDS: true liefert alle Einzelheiten"),
    }
    return {
        name: {"name": name, "in": "query", "description": told, "schema": schema}
        for name, (schema, told) in schemas.items()
    }


def _schemas() -> dict:
    organisation = {
        "type": "object",
        "required": [field.name for field in FIELDS],
        "properties": {field.name: {**field.schema, "description": field.meaning} for field in FIELDS},
    }
    removed = {
        "type": "object",
        "required": ["id", "removed"],
        "properties": {"id": {"type": "string", "format": "uuid"}, "removed": {"const": True}},
    }
    terms = {
        "licence": {"type": "object", "properties": {"name": TEXT, "url": TEXT}},
        "attribution": TEXT,
        "as_of": {"type": "string", "format": "date"},
        "documentation": TEXT,
        "last_change": {"type": ["string", "null"], "format": "date-time"},
    }
    item = {"anyOf": [{"$ref": "#/components/schemas/Organisation"}, {"$ref": "#/components/schemas/Removed"}]}
    numbers = {name: {"type": "integer"} for name in ("total", "page", "per_page", "pages")}
    links = {name: {"type": ["string", "null"], "format": "uri"} for name in ("next", "previous")}
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": TEXT,
            "geometry": {"type": ["object", "null"]},
            "properties": item,
        },
    }
    return {
        "Organisation": organisation,
        "Removed": removed,
        "Page": _object(terms | numbers | links | {"organisations": {"type": "array", "items": item}}),
        "Features": _object(
            {"type": {"const": "FeatureCollection"}} | terms | {"features": {"type": "array", "items": feature}}
        ),
        "HsdsPage": _object(
            {name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")}
            | {name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")}
        ),
        "Errors": _object({"errors": {"type": "array", "items": _object({"parameter": TEXT, "de": TEXT, "en": TEXT})}}),
    }


def _object(properties: dict) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties}


def _responses() -> dict:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Errors"}}}
    return {
        "Wrong": {"description": "Ein Parameter ist falsch; es steht dabei, welcher und warum.", "content": content},
        "Unknown": {"description": "Unter dieser Kennung steht nichts in den offenen Daten.", "content": content},
        "Unchanged": {"description": "Unverändert, seit dieses ETag ausgegeben wurde."},
    }


def _operation(name: str, summary: str, parameters: list[str], schema: dict, media: str = "application/json") -> dict:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [{"$ref": f"#/components/parameters/{parameter}"} for parameter in parameters],
        "responses": {
            "200": {"description": "Die Antwort", "content": {media: {"schema": schema}}},
            "304": {"$ref": "#/components/responses/Unchanged"},
            "400": {"$ref": "#/components/responses/Wrong"},
        },
    }


def _path(name: str, summary: str, media: str, schema: str | None) -> dict:
    parameters = [parameter for parameter in _parameters() if parameter != "full"]
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else TEXT
    return {"get": _operation(name, summary, parameters, shape, media)}


def _hsds_list(name: str, schema: str) -> dict:
    contents = {"type": "array", "items": {"$ref": f"{HSDS_SCHEMAS}/{schema}.json"}}
    shape = {"allOf": [{"$ref": "#/components/schemas/HsdsPage"}], "properties": {"contents": contents}}
    return {"get": _operation(f"hsds_{name}", f"HSDS {HSDS}: {name}", list(_parameters()), shape)}


def _hsds_one(name: str) -> dict:
    operation = _operation(f"hsds_{name}", f"HSDS {HSDS}: {name}", ["lang"], {"$ref": f"{HSDS_SCHEMAS}/{name}.json"})
    operation["responses"]["404"] = {"$ref": "#/components/responses/Unknown"}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    return {"parameters": [identifier], "get": operation}
