"""The coordinators' list: what it shows, to whom, and what is done from it."""

from copy import deepcopy
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from organisations.completeness import CRITERIA
from organisations.models import (
    DirectoryEntry,
    ImportRow,
    MemberImport,
    OfficeRecord,
    OpeningHours,
    OrganisationPage,
    ProfileLink,
    SpokenLanguage,
)
from tests.organisations.coordinators import login, queries, two_networks
from tests.site.world import FACTS, make

LIST = "/admin/organisations/"
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def built(lasting_site):
    return two_networks(lasting_site)


@pytest.fixture
def networks(built, db):
    return deepcopy(built)


@pytest.fixture
def bochum(networks):
    return login("Koordination: Verbund Bochum")


@pytest.fixture
def office(networks):
    return login("Redaktion")


def add(network, title, **record):
    return make(OrganisationPage, network, title.lower(), title, record=FACTS[OrganisationPage]["record"] | record)


def titles(response):
    assert response.status_code == 200
    return [page.title for page in response.context["object_list"]]


def bulk(client, action, *pages, method="post", **query):
    ids = "&".join([*(f"id={getattr(page, 'pk', page)}" for page in pages), *(f"{k}={v}" for k, v in query.items())])
    address = reverse("wagtail_bulk_action", args=["organisations", "organisationpage", action])
    return getattr(client, method)(f"{address}?{ids}", follow=True)


def text_of_messages(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_a_coordinator_sees_the_own_network_drafts_included(bochum, networks):
    add(networks["Bochum"], "Eins")
    make(OrganisationPage, networks["Bochum"], "entwurf", "Entwurf", live=False)
    add(networks["Kassel"], "Zwei")
    assert titles(bochum.get(LIST)) == ["Eins", "Entwurf"]


def test_the_office_sees_all_networks_and_those_without_one(office, networks):
    add(networks["Bochum"], "Eins")
    add(networks["Kassel"], "Zwei")
    add(networks["Bochum"].get_parent(), "Frei")
    assert titles(office.get(LIST)) == ["Eins", "Frei", "Zwei"]
    assert titles(office.get(f"{LIST}?network=none")) == ["Frei"]
    assert titles(office.get(f"{LIST}?network={networks['Kassel'].pk}")) == ["Zwei"]


@pytest.mark.parametrize("group", ["Übersetzung: Arabisch", "Sprachleitung: Arabisch", "Projektteam"])
def test_others_have_no_list(networks, group):
    add(networks["Bochum"], "Eins")
    client = login(group)
    response = client.get(LIST, follow=True)
    assert "Eins" not in response.text
    assert response.redirect_chain[-1][0] == "/admin/"
    assert LIST not in client.get("/admin/").text


def test_nobody_who_is_not_logged_in_gets_in(client, networks):
    assert client.get(LIST).headers["Location"].startswith("/admin/login/")


def test_a_foreign_network_is_no_filter(bochum, networks):
    add(networks["Bochum"], "Eins")
    add(networks["Kassel"], "Zwei")
    response = bochum.get(f"{LIST}?network={networks['Kassel'].pk}")
    assert "Zwei" not in response.text
    assert "Verbund Kassel" not in response.text


def test_cells_say_what_is_missing_overdue_and_untranslated(bochum, networks):
    add(networks["Bochum"], "Eins", confirmed_on=TODAY - timedelta(days=400))
    row = bochum.get(LIST).context["object_list"][0]
    assert row.is_overdue
    assert row.percentage == 22  # summary and phone of nine
    assert len(row.missing) == 7
    assert [code for code, _name in row.missing_languages] == ["de-simple", "en", "tr", "ru", "ar", "pl", "uk"]


def test_a_full_profile_is_complete(bochum, networks):
    page = add(networks["Bochum"], "Eins", postal_code="44787", place="Bochum", email="post@example.org")
    page.body = [("text", "<p>Wir.</p>")]
    page.step_free = "no"
    page.save()
    SpokenLanguage.objects.create(page=page, language="ar")
    OpeningHours.objects.create(page=page, weekday=1, opens="09:00", closes="12:00")
    row = bochum.get(LIST).context["object_list"][0]
    assert {criterion.key for criterion in CRITERIA if not getattr(row, criterion.column)} == {"services", "logo"}


FILTERS = {
    "confirmed=overdue": ["Alt", "Nie"],
    "confirmed=never": ["Nie"],
    "confirmed=confirmed": ["Neu"],
    "missing=reachable": ["Nie"],
    "missing=anything": ["Alt", "Neu", "Nie"],
    "status=dormant": ["Neu"],
    "waiting=yes": ["Alt"],
    "q=alt": ["Alt"],
    "q=Witten": ["Neu"],
    "q=%00": ["Alt", "Neu", "Nie"],
    "status=unsinn&network=abc&missing=1&ordering=%00&p=10000000000000000000000": ["Alt", "Neu", "Nie"],
    "ordering=-sort_name": ["Nie", "Neu", "Alt"],
    "ordering=entry__due_on": ["Nie", "Alt", "Neu"],
}


def test_the_list_is_filtered_searched_and_sorted(bochum, networks):
    old = add(networks["Bochum"], "Alt", confirmed_on=TODAY - timedelta(days=400))
    new = add(networks["Bochum"], "Neu", confirmed_on=TODAY, place="Witten")
    OrganisationPage.objects.filter(pk=new.pk).update(status="dormant")
    never = add(networks["Bochum"], "Nie", phone="")
    OfficeRecord.objects.filter(pk=never.pk).update(created_on=TODAY - timedelta(days=500))
    DirectoryEntry.objects.filter(organisation=never).update(due_on=TODAY - timedelta(days=500))
    old.proposals.create(values={"phone": "1"})
    for address in (LIST, f"{LIST}results/"):
        assert {query: titles(bochum.get(f"{address}?{query}")) for query in FILTERS} == FILTERS


@pytest.mark.parametrize("group", ["Koordination: Verbund Bochum", "Redaktion"])
def test_any_number_of_rows_costs_the_same_few_queries(networks, group):
    client = login(group)
    add(networks["Bochum"], "Eins")
    client.get(LIST)
    few = queries(client, LIST)
    for number in range(6):
        page = add(networks["Bochum"], f"Verein{number}")
        page.proposals.create(values={"phone": "1"})
    many = queries(client, LIST)
    assert len(many) == len(few)
    assert len(many) <= 16, "\n".join(many)


def test_confirmed_by_phone_holds_for_all_languages_and_says_who(bochum, networks):
    pages = [add(networks["Bochum"], title) for title in ("Eins", "Zwei")]
    shown = bulk(bochum, "confirm", *pages, method="get")
    assert "Eins" in shown.text
    assert not OfficeRecord.objects.exclude(confirmed_on=None).exists()
    bulk(bochum, "confirm", *pages)
    bulk(bochum, "confirm", *pages)
    assert {*DirectoryEntry.objects.values_list("confirmed_on", flat=True)} == {TODAY}
    logged = PageLogEntry.objects.filter(action="organisations.confirmed_by_phone")
    assert [(entry.page_id, entry.user) for entry in logged.order_by("pk")] == [
        (page.pk, bochum.user) for page in pages
    ]


def test_reminded_are_those_with_a_mailbox_once_a_day(bochum, networks, mailoutbox):
    one = add(networks["Bochum"], "Eins", email="eins@example.org")
    two = add(networks["Bochum"], "Zwei", email="", phone="+49 234 5")
    shown = bulk(bochum, "remind", one, two, method="get")
    assert "+49 234 5" in shown.text
    assert ProfileLink.objects.count() == 0
    bulk(bochum, "remind", one, two)
    bulk(bochum, "remind", one, two)
    assert [(link.organisation_id, link.reason) for link in ProfileLink.objects.all()] == [(one.pk, "coordinator")]
    assert [message.to for message in mailoutbox] == [["eins@example.org"]]


@pytest.mark.parametrize("action", ["confirm", "remind", "export"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_one_foreign_organisation_stops_the_whole(bochum, networks, action, method):
    own = add(networks["Bochum"], "Eins", email="eins@example.org")
    foreign = add(networks["Kassel"], "Zwei", email="zwei@example.org")
    response = bulk(bochum, action, own, foreign, method=method)
    assert "Zwei" not in response.text
    assert not OfficeRecord.objects.exclude(confirmed_on=None).exists()
    assert ProfileLink.objects.count() == 0


def test_a_selection_is_exported_as_a_member_list(bochum, networks):
    chosen = add(networks["Bochum"], "Eins", email="eins@example.org")
    add(networks["Bochum"], "Zwei")
    assert "Eins" in bulk(bochum, "export", chosen, method="get").text
    response = bulk(bochum, "export", chosen)
    assert response.headers["Content-Disposition"].startswith("attachment")
    _header, *rows = load_workbook(BytesIO(b"".join(response.streaming_content))).active.values
    assert [[cell for cell in row if cell in ("Eins", "Zwei", "eins@example.org")] for row in rows] == [
        ["Eins", "eins@example.org"]
    ]
    assert PageLogEntry.objects.get(action="organisations.exported").data["rows"] == 1


@pytest.mark.parametrize("key", ["0", "-1", "abc", "%00", "9" * 18, "9" * 30, "1.5", "٣"])
def test_numbers_that_are_none_stop_the_whole(bochum, networks, key):
    own = add(networks["Bochum"], "Eins")
    assert bulk(bochum, "confirm", own, key).status_code == 200
    assert not OfficeRecord.objects.exclude(confirmed_on=None).exists()


def test_all_means_all_that_the_filters_find(bochum, networks):
    add(networks["Bochum"], "Eins")
    add(networks["Bochum"], "Zwei")
    add(networks["Kassel"], "Eins-Kassel")
    shown = bulk(bochum, "confirm", "all", method="get", q="eins")
    assert [item["item"].title for item in shown.context["items"]] == ["Eins"]
    bochum.post(shown.context["submit_url"])
    assert [*OfficeRecord.objects.exclude(confirmed_on=None).values_list("organisation__title", flat=True)] == ["Eins"]


def test_translators_and_strangers_confirm_nothing(networks, client):
    own = add(networks["Bochum"], "Eins")
    for somebody in (client, login("Übersetzung: Arabisch"), login("Projektteam")):
        bulk(somebody, "confirm", own)
        bulk(somebody, "confirm", "all")
    assert not OfficeRecord.objects.exclude(confirmed_on=None).exists()


def test_the_first_page_tells_what_waits_in_the_own_area(bochum, office, networks):
    old = add(networks["Bochum"], "Eins", confirmed_on=TODAY - timedelta(days=400))
    foreign = add(networks["Kassel"], "Zwei", confirmed_on=TODAY)
    old.proposals.create(values={"phone": "1"})
    foreign.proposals.create(values={"phone": "1"})
    assert "organisations-waiting" in bochum.get("/admin/").text
    assert "Zwei" not in bochum.get("/admin/").text
    assert {"Eins", "Zwei"} <= {*office.get("/admin/").text.replace("<", ">").split(">")}
    assert "organisations-waiting" not in login("Übersetzung: Arabisch").get("/admin/").text
    before = len(queries(bochum, "/admin/"))
    for number in range(3):
        page = add(networks["Bochum"], f"Verein{number}")
        page.proposals.create(values={"phone": "1"})
    assert len(queries(bochum, "/admin/")) == before


def test_a_checked_import_waits_for_those_who_may_apply_it(bochum, office, networks):
    for client, city in ((bochum, "Bochum"), (office, "Kassel")):
        checked = MemberImport.objects.create(
            file_name=f"{city}.csv", content=b"", network=networks[city], uploaded_by=client.user, state="checked"
        )
        checked.rows.create(number=2, outcome=ImportRow.NEW)
    assert "Bochum.csv" in bochum.get("/admin/").text
    assert "Kassel.csv" not in bochum.get("/admin/").text
    assert "Kassel.csv" in office.get("/admin/").text


def test_nothing_waits_nothing_is_told(bochum, networks):
    add(networks["Bochum"], "Eins", confirmed_on=TODAY)
    assert "organisations-waiting" not in bochum.get("/admin/").text
