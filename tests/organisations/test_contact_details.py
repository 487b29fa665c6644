"""Address and contact: who may change them, how they are hidden, and that it holds everywhere at once."""

from copy import deepcopy

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from home.models import HomePage
from organisations.models import OfficeRecord, OrganisationPage, ProfileLink
from organisations.upkeep import links
from tests.organisations.coordinators import login, two_networks
from tests.site.world import make, translate

STREET, PLACE, PHONE, MAILBOX = "Geheimgasse 7", "Wattenscheid", "+49 234 5550", "post@geheim.example"
FACTS = {
    "street": STREET,
    "postal_code": "44866",
    "place": PLACE,
    "state": "NW",
    "phone": PHONE,
    "email": MAILBOX,
    "precision": "exact",
    "shows_phone": True,
    "consent": "Vorstand, 1. Mai",
}
PUBLIC = [
    "/de/organisationen/verbund-bochum/eins/",
    "/ar/organisationen/verbund-bochum/eins/",
    "/de/organisationen/",
    "/de/organisationen/verbund-bochum/",
    "/de/suche/?q=Wattenscheid",
]


@pytest.fixture(scope="module")
def built(lasting_site):
    networks = two_networks(lasting_site)
    page = make(OrganisationPage, networks["Bochum"], "eins", "Verein Eins", record=FACTS)
    return networks, OrganisationPage.objects.get(pk=page.pk)


@pytest.fixture
def networks(built, db):
    return deepcopy(built[0])


@pytest.fixture
def page(built, db):
    return deepcopy(built[1])


def address(page, name="contact"):
    return reverse(f"organisations_admin:{name}", args=[page.pk])


def send(client, page, loaded=None, **values):
    if loaded is None:
        loaded = client.get(address(page)).context["loaded"]
    record = OfficeRecord.objects.get(pk=page.pk)
    stored = {name: getattr(record, name) for name in (*FACTS, "language", "term_months", "municipality", "open_data")}
    data = {name: value for name, value in (stored | {"loaded": loaded} | values).items() if value not in (None, False)}
    return client.post(address(page), data)


def stored(page):
    return OfficeRecord.objects.filter(pk=page.pk).values().get()


ROLES = {
    "Koordination: Verbund Bochum": True,
    "Redaktion": True,
    "Administration": True,
    "Koordination: Verbund Kassel": False,
    "Übersetzung: Arabisch": False,
    "Sprachleitung: Arabisch": False,
    "Projektteam": False,
    None: False,
}
ACTS = ["contact", "hide_contact", "hide_profile", "revoke_links"]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_change_them(page, client, role):
    client = login(role) if role else client
    loaded = "x"
    if ROLES[role]:
        loaded = client.get(address(page)).context["loaded"]
        assert send(client, page, loaded, phone="+49 234 777").status_code == 302
        assert stored(page)["phone"] == "+49 234 777"
        return
    before = stored(page)
    for name in ACTS:
        for method in ("get", "post", "put", "delete"):
            response = getattr(client, method)(address(page, name), {"phone": "1", "loaded": loaded})
            assert response.status_code in (302, 403, 404, 405), (name, method)
            assert not any(word in response.text for word in (STREET, MAILBOX, "Verein Eins"))
    assert stored(page) == before
    assert OrganisationPage.objects.get(pk=page.pk).live


def test_translations_and_other_pages_have_none(page, networks):
    arabic = translate(page, HomePage.objects.get(locale__language_code="ar"), "واحد")
    office = login("Redaktion")
    for pk in (arabic.pk, networks["Bochum"].pk, 10**18):
        assert office.get(f"/admin/organisations/{pk}/contact/", follow=True).status_code == 404


def test_opening_the_form_changes_nothing(page):
    office = login("Redaktion")
    before = stored(page)
    for name in ACTS:
        office.get(address(page, name))
    assert stored(page) == before
    assert OrganisationPage.objects.get(pk=page.pk).live


def test_less_precision_holds_everywhere_at_once(page, client, networks, django_capture_on_commit_callbacks):
    coordinator = login("Koordination: Verbund Bochum")
    shown = {path for path in PUBLIC if PLACE in client.get(path).text.replace("q=Wattenscheid", "")}
    assert PUBLIC[0] in shown
    assert STREET in client.get(PUBLIC[0]).text
    with django_capture_on_commit_callbacks(execute=True):
        assert send(coordinator, page, precision="form", shows_phone=False).status_code == 302
    for path in PUBLIC:
        text = client.get(path).text
        assert STREET not in text
        assert PHONE not in text
        assert "44866" not in text
    assert "Verein Eins" not in client.get("/de/suche/?q=Wattenscheid").text
    with django_capture_on_commit_callbacks(execute=True):
        assert send(coordinator, page, precision="town").status_code == 302
    assert "Verein Eins" in client.get("/de/suche/?q=Wattenscheid").text


def test_hide_now_holds_everywhere_and_a_form_opened_before_does_not_undo_it(page, client):
    coordinator = login("Koordination: Verbund Bochum")
    loaded = coordinator.get(address(page)).context["loaded"]
    assert coordinator.post(address(page, "hide_contact")).status_code == 302
    for path in PUBLIC:
        assert not any(word in client.get(path).text for word in (STREET, PHONE, "44866")), path
    stale = send(coordinator, page, loaded, precision="exact", shows_phone=True, phone="+49 234 888")
    assert stale.status_code == 200
    assert "+49 234 888" in stale.text
    assert (stored(page)["precision"], stored(page)["shows_phone"]) == ("form", False)
    assert send(coordinator, page, precision="exact").status_code == 302


def test_the_whole_profile_is_hidden(page, client):
    coordinator = login("Koordination: Verbund Bochum")
    for _twice in range(2):
        assert coordinator.post(address(page, "hide_profile")).status_code == 302
    assert client.get(PUBLIC[0]).status_code == 404
    assert PageLogEntry.objects.filter(page=page.pk, action="organisations.profile_hidden").count() == 1


def test_links_that_were_sent_are_revoked(page):
    links.make(page, ProfileLink.REMINDER)
    coordinator = login("Koordination: Verbund Bochum")
    assert len(coordinator.get(address(page)).context["open_links"]) == 1
    coordinator.post(address(page, "revoke_links"))
    assert not ProfileLink.objects.filter(revoked_at=None).exists()


@pytest.mark.parametrize(
    "values", [{"precision": "exact"}, {"precision": "town", "open_data": True}, {"precision": "town"}]
)
def test_what_becomes_public_needs_a_consent(page, values):
    coordinator = login("Koordination: Verbund Bochum")
    before = stored(page)
    response = send(coordinator, page, consent="", **values)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"consent"}
    assert stored(page) == before


def test_the_history_names_the_fields_and_no_value(page):
    coordinator = login("Koordination: Verbund Bochum")
    send(coordinator, page, phone="+49 234 777", street="Neue Geheimgasse 8")
    entry = PageLogEntry.objects.get(action="organisations.contact")
    assert entry.user == coordinator.user
    assert {*entry.data["fields"]} == {"phone", "street"}
    assert "777" not in str(entry.data)
    history = coordinator.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert history.status_code == 200


def test_nothing_changed_is_nothing_logged(page):
    send(login("Koordination: Verbund Bochum"), page)
    assert not PageLogEntry.objects.filter(action="organisations.contact").exists()


BAD = {
    "postal_code": ["0123", "ABCDE", "4" * 10_000],
    "latitude": ["91", "NaN", "1e400", "x", "48.1"],
    "email": ["a@b\r\nBcc: c@d", "kein"],
    "precision": ["genau", ""],
    "phone": ["1" * 41],
    "term_months": ["0", "-1", "61", str(10**20)],
    "state": ["XX"],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD.items() for value in values])
def test_bad_input_is_named_and_nothing_saved(page, field, value):
    before = stored(page)
    response = send(login("Redaktion"), page, **{field: value})
    assert response.status_code == 200
    assert {field, "longitude"} & response.context["form"].errors.keys()
    assert stored(page) == before


def test_the_editor_shows_what_is_public_and_the_way_to_the_form(page):
    text = login("Koordination: Verbund Bochum").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert address(page) in text
