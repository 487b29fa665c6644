"""Who may do what with the member list in the admin, and what they see of it."""

import io
from copy import deepcopy

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from core.models import User
from organisations.models import DirectoryPage, ImportRow, MemberImport, NetworkPage, OrganisationPage
from tests.organisations.member_lists import check, csv_of, organisation
from tests.site.world import make

IMPORTS = "/admin/organisations/imports/"
EXPORT = "/admin/organisations/export/"


@pytest.fixture(scope="module")
def built(lasting_site):
    directory = DirectoryPage.objects.child_of(lasting_site).get()
    pages = []
    for city in ("Bochum", "Kassel"):
        page = directory.add_child(
            instance=NetworkPage(title=f"Verbund {city}", slug=city.lower(), city=city, state="NW", live=False)
        )
        page.save_revision().publish()
        pages.append(NetworkPage.objects.get(pk=page.pk))
    return pages


@pytest.fixture
def networks(built, db):
    return deepcopy(built)


def person(name, *groups):
    user = User.objects.create_user(name, f"{name}@example.org")
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def office(networks):
    return person("redaktion", "Redaktion")


@pytest.fixture
def kofi(networks):
    return person("kofi", "Koordination: Verbund Bochum")


@pytest.fixture
def mina(networks):
    return person("mina", "Koordination: Verbund Kassel")


def upload(client, content, name="liste.csv", network=""):
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content), "network": network})


def test_the_office_imports_in_three_steps(office):
    answer = upload(office, csv_of("1;Eins;Bochum", "2;Zwei;Nirgends"))
    page = office.get(answer.url).text
    assert "Verbund:" in page
    assert "Nirgends" in page
    assert "/apply/" not in page
    answer = upload(office, csv_of("1;Eins;Bochum", "2;Zwei;Kassel"))
    page = office.get(answer.url).text
    assert f"{answer.url}apply/" in page
    assert not OrganisationPage.objects.filter(member_number="1").exists()
    office.post(f"{answer.url}apply/")
    assert organisation("2").get_parent().slug == "kassel"
    assert office.get(answer.url).status_code == 200
    assert office.get(IMPORTS).status_code == 200


def test_old_and_new_are_shown_and_nothing_is_markup(office):
    upload(office, csv_of("1;<b>Eins</b>;Bochum"))
    office.post(f"{IMPORTS}{MemberImport.objects.get().pk}/apply/")
    answer = upload(office, csv_of("1;<i>Zwei</i>;Bochum"), name="<script>.csv")
    page = office.get(answer.url).text
    assert "&lt;b&gt;Eins&lt;/b&gt;</del>" in page
    assert "&lt;i&gt;Zwei&lt;/i&gt;</ins>" in page
    assert "<script>.csv" not in page


def test_an_import_with_errors_is_refused_by_the_server(office):
    answer = upload(office, csv_of("1;Eins;Bochum", "2;Zwei;Nirgends"))
    office.post(f"{answer.url}apply/")
    assert MemberImport.objects.get().state == MemberImport.CHECKED
    assert not OrganisationPage.objects.filter(member_number="1").exists()


def test_it_is_applied_once(office):
    answer = upload(office, csv_of("1;Eins;Bochum"))
    for _time in range(2):
        office.post(f"{answer.url}apply/")
    assert OrganisationPage.objects.filter(title="Eins").count() == 1
    assert PageLogEntry.objects.filter(action="organisations.imported").count() == 1


def test_a_coordinator_imports_into_their_own_network_only(kofi, networks):
    bochum, kassel = networks
    assert upload(kofi, csv_of("1;Eins;"), network=kassel.pk).status_code == 422
    assert upload(kofi, csv_of("1;Eins;")).status_code == 422
    assert not MemberImport.objects.exists()
    answer = upload(kofi, csv_of("1;Eins;", "2;Zwei;Kassel"), network=bochum.pk)
    assert [*ImportRow.objects.order_by("number").values_list("outcome", flat=True)] == ["new", "error"]
    assert "/apply/" not in kofi.get(answer.url).text
    answer = upload(kofi, csv_of("1;Eins;"), network=bochum.pk)
    kofi.post(f"{answer.url}apply/")
    assert organisation("1").get_parent().pk == bochum.pk
    assert organisation("1").live


@pytest.mark.parametrize("path", ["", "apply/", "cancel/", "progress/"])
def test_imports_of_others_do_not_exist(office, kofi, mina, networks, path):
    bochum, _kassel = networks
    own = check(csv_of("1;Eins;"), network=bochum, user=kofi.user)
    of_office = check(csv_of("1;Geheimsache;Bochum"), user=office.user)
    for client, number in ((mina, own.pk), (kofi, of_office.pk), (kofi, 10**20), (kofi, 0)):
        for method in (client.get, client.post):
            assert method(f"{IMPORTS}{number}/{path}").status_code in (404, 405)
    assert {own.state, of_office.state} == {MemberImport.CHECKED}
    assert "liste.csv" not in mina.get(IMPORTS).text
    assert office.get(f"{IMPORTS}{own.pk}/").status_code == 200


def test_who_loses_the_network_loses_its_imports(kofi, networks):
    own = check(csv_of("1;Eins;"), network=networks[0], user=kofi.user)
    assert kofi.get(f"{IMPORTS}{own.pk}/").status_code == 200
    kofi.user.groups.set(Group.objects.filter(name="Koordination: Verbund Kassel"))
    assert kofi.get(f"{IMPORTS}{own.pk}/").status_code == 404
    assert kofi.post(f"{IMPORTS}{own.pk}/apply/").status_code == 404


@pytest.mark.parametrize("groups", [[], ["Projektteam"], ["Übersetzung: Arabisch"]])
def test_nobody_else_gets_in(networks, groups):
    client = person("jemand", *groups)
    number = check(csv_of("1;Geheimsache;Bochum")).pk
    for path in (IMPORTS, f"{IMPORTS}{number}/", f"{IMPORTS}{number}/progress/", EXPORT):
        answer = client.get(path)
        assert answer.status_code in (302, 403, 404)
        assert "Geheimsache" not in answer.text
    for path in (IMPORTS, f"{IMPORTS}{number}/apply/", f"{IMPORTS}{number}/cancel/"):
        assert client.post(path).status_code in (302, 403, 404)
    assert MemberImport.objects.get().state == MemberImport.CHECKED
    assert not OrganisationPage.objects.filter(title="Geheimsache").exists()
    assert "organisations/imports" not in client.get("/admin/").text


def test_the_menu_leads_there(kofi, office):
    for client in (kofi, office):
        assert IMPORTS in client.get("/admin/").text


def test_the_first_page_names_lists_that_can_be_applied_and_no_others(office):
    good, bad = (upload(office, csv_of(row)).url for row in ("1;Eins;Bochum", "2;Zwei;Atlantis"))
    first_page = office.get("/admin/").text
    assert (good in first_page, bad in first_page) == (True, False)
    office.post(f"{good}apply/")
    again = upload(office, csv_of("1;Eins;Bochum")).url
    assert again not in office.get("/admin/").text


def test_links_are_not_buttons(office):
    answer = upload(office, csv_of("1;Eins;Bochum"))
    for path in ("apply/", "cancel/"):
        assert office.get(f"{answer.url}{path}").status_code == 405


def test_many_rows_wait_for_the_worker(office, settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    answer = upload(office, csv_of(*(f"{n};Verein {n};Bochum" for n in range(301))))
    member_import = MemberImport.objects.get()
    assert member_import.state == MemberImport.CHECKING
    page = office.get(answer.url).text
    assert "<progress" in page
    assert "js/admin/progress.js" in page
    assert office.get(f"{answer.url}progress/").json() == {"at_work": True, "done": 0, "total": 1}
    office.post(f"{answer.url}cancel/")
    member_import.refresh_from_db()
    assert (member_import.state, bytes(member_import.content)) == (MemberImport.CANCELLED, b"")


def test_the_result_is_narrowed_and_paged(office, django_assert_max_num_queries):
    answer = upload(office, csv_of(*(f"{n};Verein {n};{'Bochum' if n % 2 else 'Nirgends'}" for n in range(1, 200))))
    assert "Verein 1<" not in office.get(f"{answer.url}?outcome=error").text
    assert "Verein 2<" in office.get(f"{answer.url}?outcome=error").text
    assert "Verein 120<" in office.get(f"{answer.url}?outcome=error&page=2").text
    for query in ("?page=0", f"?page={10**20}", "?page=x&outcome=%00", "?outcome=warned", "?outcome=new&outcome=error"):
        assert office.get(f"{answer.url}{query}").status_code == 200
    office.get(answer.url)
    with django_assert_max_num_queries(45):
        office.get(answer.url)


@pytest.mark.parametrize(
    ("name", "content"),
    [("liste.pdf", b"%PDF"), ("liste.xls", b"x"), ("liste.csv", b""), ("liste", b"x")],
)
def test_a_wrong_file_is_refused_in_the_form(office, name, content):
    answer = upload(office, content, name)
    assert answer.status_code == 422
    assert not MemberImport.objects.exists()


def test_a_file_that_cannot_be_read_says_why(office):
    answer = upload(office, b"PK\x03\x04 kaputt", "liste.xlsx")
    assert "help-critical" in office.get(answer.url).text
    assert MemberImport.objects.get().state == MemberImport.FAILED


def test_the_office_exports_all_and_coordinators_their_own(office, kofi, networks):
    bochum, kassel = networks
    make(OrganisationPage, bochum, "eins", "Eins", member_number="1", record={"place": "Bochum"})
    make(OrganisationPage, kassel, "zwei", "Zwei", member_number="2", record={"place": "Kassel"})
    everything = b"".join(office.get(f"{EXPORT}?format=csv").streaming_content).decode()
    assert "Eins" in everything
    assert "Zwei" in everything
    answer = kofi.get(EXPORT)
    names = [row[1].value for row in load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active]
    assert names == ["Name", "Eins"]
    assert kofi.get(f"{EXPORT}?network=kassel").status_code == 404
    assert "Zwei" not in b"".join(kofi.get(f"{EXPORT}?network=bochum&format=csv").streaming_content).decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_export_is_written_down(kofi, networks):
    kofi.get(f"{EXPORT}?format=csv")
    entries = [*PageLogEntry.objects.filter(action="organisations.exported")]
    assert [(entry.user, entry.page_id) for entry in entries] == [(kofi.user, networks[0].pk)]
    assert entries[0].data == {"format": "csv", "rows": 0}
