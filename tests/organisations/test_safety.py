"""What is not released shows nowhere: a crawl through everything public, and a look into every table."""

import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import urldefrag, urlsplit

import pytest
from django.db import connection
from wagtail.models import PageViewRestriction

from organisations import index as directory
from organisations import places
from organisations.models import DirectoryEntry, DirectoryPage, NetworkPage, OfficeRecord, OrganisationPage, Service
from organisations.models.entry import DISTRICT, EXACT, FORM_ONLY, TOWN
from organisations.safety import release, released
from tests.site.world import HIDDEN, LOCKS, make, note

FIELDS = ["street", "postal_code", "place", "municipality", "latitude", "longitude", "phone", "email", "consent"]
# What each grade of precision lets out; phone numbers only with a consent of their own, mailboxes never.
OUT = {
    EXACT: {"street", "postal_code", "place", "municipality", "latitude", "longitude"},
    DISTRICT: {"postal_code", "place", "municipality"},
    TOWN: {"place", "municipality"},
    FORM_ONLY: set(),
}
STATES = [*HIDDEN, *LOCKS, "below a lock", "deleted"]
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>')
MOST_PAGES = 250
# Tables of what is stored for the office alone.
PRIVATE = {"organisations_officerecord"}


def secrets(number: int) -> dict:
    """Each a text that stands nowhere else, and that stays itself in HTML, JSON, XML and CSV."""
    return {
        "street": f"Geheimweg{number:02}a",
        "postal_code": f"987{number:02}",
        "place": f"Geheimstadt{number:02}",
        "municipality": f"Geheimgemeinde{number:02}",
        "latitude": f"51.3{number:02}47",
        "longitude": f"9.3{number:02}47",
        "phone": f"0555 7{number:02}111",
        "email": f"geheim{number:02}@verein.example",
        "consent": f"Zustimmung{number:02}",
    }


def entered(world, precision, parent=None, shows_phone=False, **values) -> OrganisationPage:
    number = len(world.secrets)
    facts = secrets(number)
    page = make(OrganisationPage, parent or world.network, f"verein-{number:02}", f"Verein Nummer{number:02}", **values)
    note(page, precision=precision, shows_phone=shows_phone, open_data=True, state="HE", **facts)
    page.services.set([world.service])
    page.spoken_languages.create(language="ar")
    page.save_revision(clean=False)
    world.secrets[page.pk] = facts
    return page


@pytest.fixture
def world(site):
    directory.forget()
    world = SimpleNamespace(secrets={}, pages={}, hidden={})
    world.directory = DirectoryPage.objects.child_of(site).get()
    world.network = make(NetworkPage, world.directory, "kassel", "Verbund Kassel", city="Kassel", state="HE", phone="")
    world.service = Service.objects.create(name="Beratung", key="beratung", locale_id=site.locale_id)
    for precision in OUT:
        for shows_phone in (False, True):
            world.pages[precision, shows_phone] = entered(world, precision, shows_phone=shows_phone)
    return world


@pytest.fixture
def with_hidden(world):
    locked = make(NetworkPage, world.directory, "zu", "Verbund Zu")
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    for state in STATES:
        parent = locked if state == "below a lock" else None
        page = world.hidden[state] = entered(world, EXACT, parent, shows_phone=True, **HIDDEN.get(state, {}))
        if state in LOCKS:
            PageViewRestriction.objects.create(page=page, **LOCKS[state])
        elif state == "deleted":
            OrganisationPage.objects.get(pk=page.pk).delete()
    return world


def kept_back(world) -> dict[str, str]:
    """Secret to whose it is, for everything that is not released now."""
    found = {}
    for (precision, shows_phone), page in world.pages.items():
        out = OUT[precision] | ({"phone"} if shows_phone else set())
        own = world.secrets[page.pk]
        found |= {own[name]: f"{name} at {precision}" for name in FIELDS if name not in out}
    return found


def crawl(client) -> dict[str, str]:
    """Everything an anonymous visitor can reach by links, and what machines ask for; text by address."""
    formats = ("organisationen.json", "organisationen.csv", "organisationen.geojson")
    hsds = ("hsds/organizations", "hsds/services")
    data = [f"/daten/{path}?per_page=100&full=true" for path in (*formats, *hsds)]
    waiting = ["/de/", "/ar/", "/sitemap.xml", "/daten/", "/daten/openapi.json", *data]
    waiting += [f"{path}&since=2020-01-01" for path in data]
    waiting += [
        "/de/organisationen/?q=Verein&sort=name",
        "/ar/organisationen/?near=Kassel&radius=100",
        "/de/suche/?q=Verein",
    ]
    seen = {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.get(path)
        assert answer.status_code < 500, path
        seen[path] = text = answer.getvalue().decode(errors="replace") if answer.streaming else answer.text
        if "html" in answer["Content-Type"] or "xml" in answer["Content-Type"]:
            found = dict.fromkeys(filter(None, (own_address(path, a or b) for a, b in LINK.findall(text))))
            waiting += [address for address in found if address not in seen]
            waiting.sort(key=lambda address: "?" in address and not address.startswith("/daten/"))
    return seen


def own_address(page: str, link: str) -> str | None:
    link = urldefrag(unescape(link)).url
    parts = urlsplit(link)
    if parts.netloc not in ("", "testserver") or parts.scheme not in ("", "http"):
        return None
    if link.startswith("?"):
        return page.partition("?")[0] + link
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    wanted = path.startswith(("/de/", "/ar/", "/daten/"))
    return path if wanted and "_util" not in path else None


def leaks(texts: dict[str, str], secrets: dict[str, str]) -> set[tuple[str, str]]:
    """Figures count as whole numbers only: any five of them stand somewhere in a point of time."""
    found = set()
    for secret, whose in secrets.items():
        number = secret.isdigit() and re.compile(rf"(?<!\d){secret}(?!\d)")
        found |= {
            (place, whose) for place, text in texts.items() if (number.search(text) if number else secret in text)
        }
    return found


def stored() -> dict[str, str]:
    texts = {}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - PRIVATE
        # Copies of tests are no part of the site; SQLite's index of words forgets a word some writes later.
        tables = [table for table in tables if not table.startswith("snapshot_") and not table.endswith("_fts_data")]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            texts[table] = repr(cursor.fetchall())
    return texts


def test_no_public_address_tells_what_is_not_released(world, client):
    texts = crawl(client)
    for page in world.pages.values():
        path = f"organisationen/kassel/{page.slug}/"
        assert {f"/de/{path}", f"/ar/{path}", f"/de/nachricht/{page.entry.key}/"} <= texts.keys()
    assert leaks(texts, kept_back(world)) == set()
    # The crawl does see what is released, so it would have seen the rest.
    exact, phone = (world.secrets[world.pages[EXACT, shown].pk] for shown in (False, True))
    everything = "".join(texts.values())
    assert all(exact[name] in everything for name in OUT[EXACT])
    assert phone["phone"] in everything


def test_what_is_taken_back_is_gone_at_once_and_everywhere(world, client, django_capture_on_commit_callbacks):
    crawl(client)
    with django_capture_on_commit_callbacks(execute=True):
        for key, page in [*world.pages.items()]:
            OfficeRecord.objects.filter(organisation=page).update(precision=FORM_ONLY, shows_phone=False)
            release(OrganisationPage.objects.get(pk=page.pk))
            world.pages[FORM_ONLY, False, page.pk] = world.pages.pop(key)
    secrets = {text: name for own in world.secrets.values() for name, text in own.items()}
    assert leaks(crawl(client), secrets) == set()
    for own in world.secrets.values():
        for name in ("postal_code", "place", "municipality"):
            for path in ("/de/organisationen/", "/ar/organisationen/", "/de/suche/"):
                assert list(client.get(path, {"q": own[name]}).context["pages"]) == [], (path, name)
            assert client.get("/daten/organisationen.json", {"q": own[name]}).json()["organisations"] == []
    assert leaks(stored(), secrets) == set()


def test_no_table_but_the_offices_holds_what_is_not_released(world):
    """Entries, revisions, log and the index of words among them."""
    texts = stored()
    assert {"organisations_directoryentry", "wagtailcore_revision"} <= texts.keys()
    assert leaks(texts, kept_back(world)) == set()


def test_nothing_shows_of_organisations_nobody_may_see(with_hidden, client):
    world = with_hidden
    secrets = {}
    for state, page in world.hidden.items():
        secrets |= {text: f"{name} of {state}" for name, text in world.secrets[page.pk].items()}
        secrets[page.title] = f"title of {state}"
        secrets[page.slug] = f"address of {state}"
    texts = crawl(client)
    assert leaks(texts, secrets) == set()
    for page in world.hidden.values():
        for path in ("/de/organisationen/", "/de/suche/"):
            assert list(client.get(path, {"q": page.title.split()[1]}).context["pages"]) == []
    keys = {
        str(key)
        for key in DirectoryEntry.objects.filter(organisation__in=world.hidden.values()).values_list("key", flat=True)
    }
    assert not any(key in texts["/daten/organisationen.json?per_page=100&full=true"] for key in keys)


def test_a_closed_organisation_keeps_its_page_and_leaves_every_list(world, client):
    page = world.pages[EXACT, True]
    page.status = OrganisationPage.CLOSED
    page.save()
    assert client.get("/de/organisationen/kassel/verein-01/").status_code == 200
    for path in (
        "/de/organisationen/",
        "/de/organisationen/kassel/",
        "/daten/organisationen.json",
        "/daten/hsds/services",
    ):
        assert "Nummer01" not in client.get(path).text
    assert client.get(f"/de/nachricht/{page.entry.key}/").status_code == 404


@pytest.mark.parametrize("precision", OUT)
@pytest.mark.parametrize("shows_phone", [True, False])
def test_the_entry_holds_what_its_precision_lets_out(db, precision, shows_phone):
    facts = secrets(1)
    entry = released(OfficeRecord(precision=precision, shows_phone=shows_phone, state="HE", **facts))
    for name in ("street", "postal_code", "place", "municipality"):
        assert entry[name] == (facts[name] if name in OUT[precision] else "")
    assert entry["phone"] == (facts["phone"] if shows_phone else "")
    assert entry["state"] == "HE"
    assert "email" not in entry
    assert "consent" not in entry


def position(**values):
    entry = released(OfficeRecord(latitude="51.31247", longitude="9.49747", **values))
    return entry["latitude"], entry["longitude"]


def test_only_an_exact_position_is_a_position(db):
    assert position(precision=EXACT) == (51.31247, 9.49747)
    kassel = places.centre_of("Kassel", "HE")
    assert position(precision=TOWN, place="Kassel", state="HE") == kassel
    assert position(precision=DISTRICT, place="Kassel", state="HE", postal_code="34117") == kassel
    assert position(precision=FORM_ONLY, place="Kassel", state="HE") == (None, None)


def test_where_no_list_knows_the_place_its_position_is_rounded(db):
    assert position(precision=DISTRICT, place="Nirgendheim") == (51.31, 9.5)
    assert position(precision=TOWN, place="Nirgendheim") == (51.3, 9.5)


def test_an_organisation_without_position_has_that_of_its_town(db):
    for precision in (EXACT, DISTRICT, TOWN):
        entry = released(OfficeRecord(precision=precision, place="Kassel", state="HE"))
        assert (entry["latitude"], entry["longitude"]) == places.centre_of("Kassel", "HE")
