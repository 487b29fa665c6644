"""What programs rely on: HSDS 3.0 and the OpenAPI description."""

import json
from copy import deepcopy
from uuid import UUID, uuid4

import pytest

from organisations.open_data.hsds import service_id
from tests.organisations.open_data_world import build

# By the specification's JSON Schemas (openreferral/specification, 3.0): every property we may use, and what must be there.
ORGANISATION = {
    "id", "name", "alternate_name", "description", "website", "year_incorporated", "legal_status", "uri",
    "phones", "locations", "services",
}  # fmt: skip
SERVICE = {
    "id", "organization_id", "name", "description", "url", "status", "application_process", "interpretation_services",
    "eligibility_description", "assured_date", "last_modified", "organization", "phones", "languages", "schedules",
    "service_at_locations",
}  # fmt: skip
REQUIRED = {
    "locations": {"id", "location_type"},
    "phones": {"id", "number"},
    "languages": {"id"},
    "schedules": {"id"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "accessibility": {"id"},
    "service_at_locations": {"id"},
    "services": {"id", "name", "status"},
}


@pytest.fixture(scope="module")
def built(lasting_site):
    return build(lasting_site)


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def check(value, name=""):
    """Ids are UUIDs, nothing is null, what a list holds has what the specification requires."""
    if isinstance(value, dict):
        assert None not in value.values()
        if "id" in value:
            UUID(value["id"])
        for key, inner in value.items():
            check(inner, key)
    if isinstance(value, list):
        for item in value:
            assert REQUIRED[name] <= item.keys(), name
            check(item)


def get(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.json()


def test_lists_are_pages_as_the_specification_has_them(world, client):
    page = get(client, "/daten/hsds/organizations?per_page=2&sort=name")
    assert {name: page[name] for name in ("total_items", "total_pages", "page_number", "size")} == {
        "total_items": 3,
        "total_pages": 2,
        "page_number": 1,
        "size": 2,
    }
    assert (page["first_page"], page["last_page"], page["empty"]) == (True, False, False)
    assert get(client, "/daten/hsds/organizations?page=9")["empty"] is True
    services = get(client, "/daten/hsds/services")
    assert (services["total_items"], services["size"], services["last_page"]) == (2, 2, True)


@pytest.mark.parametrize("full", ["false", "true"])
def test_organisations_have_the_required_shape(world, client, full):
    for row in get(client, f"/daten/hsds/organizations?full={full}")["contents"]:
        assert {"id", "name", "description"} <= row.keys() <= ORGANISATION
        check(row)
        assert ("locations" in row) <= (full == "true")


@pytest.mark.parametrize("full", ["false", "true"])
def test_services_have_the_required_shape(world, client, full):
    rows = get(client, f"/daten/hsds/services?full={full}")["contents"]
    assert [row["name"] for row in rows] == ["Beratung", "Sprachkurse"]
    for row in rows:
        assert {"id", "name", "status", "organization_id"} <= row.keys() <= SERVICE
        assert row["status"] in ("active", "inactive", "defunct", "temporarily closed")
        assert row["organization"]["id"] == row["organization_id"] == str(world.exact.entry.key)
        check(row)
    if full == "true":
        assert [spoken["code"] for spoken in rows[0]["languages"]] == ["ar"]
        assert rows[0]["interpretation_services"] == "Tigrinya"
        assert rows[0]["schedules"][0]["byday"] == "MO"
        assert rows[0]["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "Hauptstraße 1"


def test_only_the_services_asked_for_are_listed(world, client):
    rows = get(client, "/daten/hsds/services?service=beratung")["contents"]
    assert [row["name"] for row in rows] == ["Beratung"]


def test_single_objects_are_found_by_their_id(world, client):
    for kind in ("organizations", "services"):
        for row in get(client, f"/daten/hsds/{kind}")["contents"]:
            single = get(client, f"/daten/hsds/{kind}/{row['id']}")
            assert single["id"] == row["id"]
            assert single["name"] == row["name"]
    whole = get(client, f"/daten/hsds/organizations/{world.exact.entry.key}")
    assert len(whole["services"]) == 2


def test_a_place_is_as_exact_as_it_is_released(world, client):
    rows = {row["name"]: row for row in get(client, "/daten/hsds/organizations?full=true")["contents"]}
    assert "addresses" in rows["Verein Eins"]["locations"][0]
    assert "addresses" not in rows["Verein Zwei"]["locations"][0]
    assert "locations" not in rows["Verein Drei"]


def test_ids_of_services_differ_and_lead_back():
    organisation = uuid4()
    ids = {service_id(organisation, key) for key in ("a", "b", "c")}
    assert len(ids) == 3
    assert organisation not in ids
    assert service_id(service_id(organisation, "a"), "a") == organisation
    assert {key.version for key in ids} == {4}


def test_about_the_api(world, client):
    about = get(client, "/daten/hsds/")
    assert about["version"] == "3.0"
    assert client.get(about["openapi_url"]).status_code == 200
    assert client.get(about["profile"]).status_code == 200


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "$ref" else references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_description_is_sound_openapi(world, client):
    document = get(client, "/daten/openapi.json")
    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= document["info"].keys()
    for reference in references(document):
        if reference.startswith("#/"):
            found = document
            for part in reference.removeprefix("#/").split("/"):
                found = found[part]
        else:
            assert reference.startswith("https://raw.githubusercontent.com/openreferral/specification/3.0/")
    operations = []
    for path, item in document["paths"].items():
        assert path.startswith("/")
        assert item.keys() <= {"get", "parameters"}
        operations.append(item["get"]["operationId"])
        for response in item["get"]["responses"].values():
            assert "$ref" in response or "description" in response
        named = {parameter["name"] for parameter in item.get("parameters", [])}
        assert ("{id}" in path) == ("id" in named)
        if "{id}" not in path:
            assert client.get(f"/daten{path}").status_code == 200
    assert len(operations) == len(set(operations))
    for name, parameter in document["components"]["parameters"].items():
        assert (parameter["name"], parameter["in"]) == (name, "query")
        assert "schema" in parameter


def conforms(value, schema, document) -> bool:
    """As much of JSON Schema as the description uses."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return any(conforms(value, option, document) for option in schema["anyOf"])
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(isinstance(value, kinds[kind]) for kind in wanted):
        return False
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        return False
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        known = all(conforms(value[name], inner[name], document) for name in inner if name in value)
        return known and set(schema.get("required", [])) <= value.keys()
    if isinstance(value, list):
        return all(conforms(item, schema.get("items", {}), document) for item in value)
    return True


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("organisationen.json", "Page"),
        ("organisationen.json?since=2026-01-01&state=BE", "Page"),
        ("organisationen.geojson", "Features"),
        ("hsds/organizations", "HsdsPage"),
        ("hsds/services", "HsdsPage"),
    ],
)
def test_answers_are_as_the_description_says(world, client, path, name):
    document = get(client, "/daten/openapi.json")
    answer = client.get(f"/daten/{path}")
    data = json.loads(answer.getvalue() if answer.streaming else answer.content)
    assert conforms(data, {"$ref": f"#/components/schemas/{name}"}, document)


def test_errors_are_as_the_description_says(world, client):
    document = get(client, "/daten/openapi.json")
    wrong = client.get("/daten/organisationen.json?page=0").json()
    assert conforms(wrong, {"$ref": "#/components/schemas/Errors"}, document)
    assert not conforms({"errors": [{"parameter": 1}]}, {"$ref": "#/components/schemas/Errors"}, document)
