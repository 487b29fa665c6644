"""What a page costs the database: the same in every language, however many organisations there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.bench.addresses import MAX_QUERIES, addresses
from demo.loader.organisations import load_organisations
from organisations.models import OrganisationPage


def queries(client) -> dict[str, int]:
    """By name of the address, once caches and pictures are there."""
    counted, too_many = {}, {}
    for address in addresses():
        assert client.get(address.path).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address.path).getvalue()
        counted[address.name] = len(captured)
        if len(captured) > address.max_queries:
            too_many[address.name] = len(captured)
    assert too_many == {}
    return counted


def test_pages_are_cheap_in_every_language_and_at_every_size(demo_site, client):
    few = queries(client)
    german = {name.removesuffix(" de"): number for name, number in few.items() if name.endswith(" de")}
    arabic = {name.removesuffix(" ar"): number for name, number in few.items() if name.endswith(" ar")}
    assert {name: (german[name], arabic[name]) for name in german if german[name] != arabic[name]} == {}

    before = OrganisationPage.objects.count()
    load_organisations(before + 20)
    assert OrganisationPage.objects.count() == before + 20
    many = queries(client)
    # An answer to the directory may be empty with few organisations; one with hits costs more.
    pages = [address.name for address in addresses() if address.max_queries == MAX_QUERIES]
    assert {name: (few[name], many[name]) for name in pages if few[name] < many[name]} == {}


@pytest.mark.parametrize("path", ["sitemap.xml", "de/aktuelles/feed/", "ar/aktuelles/feed/atom/", "de/gibt-es-nicht/"])
def test_what_machines_read_is_cheap_too(demo_site, client, path):
    client.get(f"/{path}")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/{path}")
    assert len(captured) <= 6
