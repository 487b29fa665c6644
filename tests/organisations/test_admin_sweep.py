"""Every route of the directory's admin, every role, every method: no failure, no word and no change of others'."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.core.serializers import serialize
from django.db import transaction
from django.urls import URLPattern, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from organisations import admin_urls
from organisations.models import (
    DirectoryEntry,
    ImportRow,
    MemberImport,
    OfficeRecord,
    OrganisationPage,
    ProfileLink,
    Proposal,
)
from tests import accounts, writes
from tests.organisations.coordinators import login, two_networks
from tests.site.world import make, note

SECRET = "Geheimes aus Kassel"
ROLES = [
    "Koordination: Verbund Bochum",
    "Projektteam",
    "Übersetzung: Arabisch",
    "Sprachleitung: Arabisch",
    "Übersetzung: Leichte Sprache",
    None,
]
METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
WATCHED = [DirectoryEntry, OfficeRecord, ProfileLink, Proposal, MemberImport, ImportRow]


@pytest.fixture
def foreign(site):
    networks = two_networks(site)
    page = make(OrganisationPage, networks["Kassel"], "geheim", SECRET, live=False)
    note(page, street=SECRET, place=SECRET, email="geheim@kassel.example", phone=SECRET, precision="form")
    proposal = Proposal.objects.create(
        organisation=page, values={"phone": SECRET, "summary": SECRET}, message=SECRET, photo_file=SECRET.encode()
    )
    upload = MemberImport.objects.create(
        file_name=f"{SECRET}.csv", content=SECRET.encode(), network=networks["Kassel"], state=MemberImport.CHECKED
    )
    ImportRow.objects.create(member_import=upload, number=2, outcome=ImportRow.NEW, title=SECRET, values={"a": SECRET})
    return {page.pk, proposal.pk, upload.pk, networks["Kassel"].pk}


def routes(patterns, prefix="/admin/"):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def addresses(numbers):
    for route in routes(admin_urls.admin_urls()):
        for number in numbers if "<" in route else [0]:
            address = re.sub(r"<(?:\w+:)?\w+>", str(number), route)
            yield address
            yield f"{address}?network={max(numbers)}&id={number}&q=Geheimes&organisation={number}&export=csv&format=csv"
    for action in bulk_action_registry.get_bulk_actions_for_model("organisations", "organisationpage"):
        address = reverse("wagtail_bulk_action", args=["organisations", "organisationpage", action.action_type])
        for number in [*numbers, "all"]:
            yield f"{address}?id={number}"


def state():
    pages = OrganisationPage.objects.order_by("pk").values("pk", "title", "live", "status", "latest_revision_id")
    return [*pages, *(json.loads(serialize("json", model.objects.order_by("pk"))) for model in WATCHED)]


@pytest.mark.parametrize("role", ROLES)
@accounts.remembered()
def test_no_route_fails_tells_or_changes_what_is_others(role, foreign, client):
    if role and not Group.objects.filter(name=role).exists():
        pytest.fail(f"There is no role {role}")
    client = login(role) if role else client
    client.raise_request_exception = False
    before, told, failed, changed = state(), [], [], []
    body = {"decision": "accept", "fields_accepted": ["phone"], "phone": "1", "network": max(foreign), "next": "/"}
    for address in sorted({*addresses(foreign)}):
        for method in METHODS:
            with transaction.atomic(), writes.noted() as written:
                response = getattr(client, method)(address, body if method == "post" else None)
                content = b"".join(response.streaming_content) if response.streaming else response.content
                if written and state() != before:
                    changed.append((method, address))
                transaction.set_rollback(True)
            if SECRET.encode() in content or b"kassel.example" in content:
                told.append((method, address))
            if response.status_code >= 500:
                failed.append((method, address, response.status_code))
    assert (told, failed, changed) == ([], [], [])
