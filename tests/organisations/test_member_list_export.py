"""What is exported can be imported again, and no cell is a formula."""

import csv
import io
from datetime import date, time

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from core import spreadsheets
from organisations.member_list import export
from organisations.member_list.columns import COLUMNS, guarded, unguarded
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage, Service
from tests.organisations.member_lists import bring_in, check, csv_of, organisation, outcomes
from tests.site.world import make, note

ODD = ["=1+1", "+49", "-", "-5", "@x", "'=x", "''-", "'", "'s Haus", "–", "  a  b ", "a;b\nc", '"', "عائشة", "ja"]


@pytest.fixture
def bochum(site):
    return make(NetworkPage, DirectoryPage.objects.child_of(site).get(), "bochum", "Verbund Bochum")


def exported(kind="csv", network=None):
    if kind == "csv":
        return b"".join(spreadsheets.as_csv(export.rows(network)))
    file = io.BytesIO()
    export.as_xlsx(export.rows(network), file)
    return file.getvalue()


def full(bochum, number="1", **values):
    """A profile with something in every column, odd signs among them."""
    page = make(
        OrganisationPage, bochum, f"voll-{number}", "=HYPERLINK()", member_number=number, founded=1990, **values
    )
    page.short_name, page.legal_name, page.legal_form = "-", "+Verein", "@e. V."
    page.website, page.step_free, page.accessibility_note = (
        "https://example.org/?a=b;c",
        "partly",
        "Rampe; links\nKlingel",
    )
    page.services.add(Service.objects.create(name="Kurs, mit Komma", key=f"k{number}", locale=page.locale))
    page.save()
    page.spoken_languages.create(language="ckb", mode="interpreter", note="nur (selten); nachts: nie")
    page.spoken_languages.create(language="ar")
    page.opening_hours.create(weekday=1, opens=time(9), closes=time(12, 30), note="(nach Anmeldung)")
    page.social_links.create(url="https://example.org/a")
    note(
        page,
        street="-Straße 5",
        postal_code="01067",
        place="=Bochum",
        municipality="Bochum",
        state="NW",
        latitude=51.4818,
        longitude=7.21620,
        precision="exact",
        phone="call (me) maybe",
        email="post@example.org",
        language="de-simple",
        open_data=True,
        consent="@Vorstand",
        confirmed_on=date(2026, 1, 2),
        term_months=6,
    )
    return organisation(number)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_changes_nothing_when_it_is_imported(bochum, kind):
    page = full(bochum)
    make(OrganisationPage, bochum, "leer", "Leer", member_number="2")
    before = page.latest_revision_id, page.entry.number
    result = bring_in(exported(kind), f"liste.{kind}")
    assert outcomes(result) == {2: "unchanged", 3: "unchanged"}
    assert (organisation("1").latest_revision_id, organisation("1").entry.number) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_exported_can_be_built_up_again(bochum, kind):
    full(bochum)
    note(organisation("1"), phone="+49 234 1234", postal_code="44787")
    content = exported(kind)
    organisation("1").delete()
    result = bring_in(content, f"liste.{kind}")
    assert [*outcomes(result).values()] == ["new"], [row.errors for row in result.rows.all()]
    page = organisation("1")
    assert (page.title, page.short_name, page.record.street) == ("=HYPERLINK()", "-", "-Straße 5")
    assert exported(kind)[:4] == content[:4]
    assert outcomes(check(content, f"liste.{kind}")) == {2: "unchanged"}


def test_no_cell_is_a_formula(bochum):
    full(bochum)
    for row in csv.reader(io.StringIO(exported().decode("utf-8-sig")), delimiter=";"):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for row in load_workbook(io.BytesIO(exported("xlsx"))).active:
        assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
        assert not [
            cell.value for cell in row if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
        ]


@pytest.mark.parametrize("text", ODD)
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text


def test_the_header_is_that_of_the_import(bochum):
    header = exported().decode("utf-8-sig").splitlines()[0]
    assert header == ";".join(column.header for column in COLUMNS)


def test_signs_that_no_file_can_hold_are_left_out(bochum):
    make(OrganisationPage, bochum, "eins", "Ei\x0bns", member_number="1")
    assert b"Ei ns" in exported()
    assert load_workbook(io.BytesIO(exported("xlsx"))).active["B2"].value == "Ei ns"


def test_its_cost_does_not_grow_with_the_list(bochum, django_assert_num_queries):
    bring_in(
        csv_of(*(f"{n};Verein {n};Bochum;Arabisch" for n in range(150)), header="Mitgliedsnummer;Name;Verbund;Sprachen")
    )
    with django_assert_num_queries(11):
        assert len([*export.rows(None)]) == 151


def test_the_command_writes_a_file(bochum, tmp_path, capsys):
    full(bochum)
    for name in ("liste.csv", "liste.xlsx"):
        call_command("export_organisations", tmp_path / name, network="bochum")
        assert outcomes(check((tmp_path / name).read_bytes(), name)) == {2: "unchanged"}
