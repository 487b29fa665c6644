"""Postal codes come from GeoNames' file, one for each code, or nothing is changed."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from organisations.models import DirectoryPage, OrganisationPage, PostalCode
from organisations.places import locate
from tests.site.world import make

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "geonames-DE.txt"
REAL_FILE = Path(os.environ.get("GEONAMES_FILE") or BESIDE)
NO_REAL_FILE = f"The real file of postal codes is absent: {REAL_FILE.name}. Name it in GEONAMES_FILE to test with it."
KNOWN = {
    "38100": ("Braunschweig", "NI"),
    "44137": ("Dortmund", "NW"),
    "10115": ("Berlin", "BE"),
    "80331": ("München", "BY"),
    "70173": ("Stuttgart", "BW"),
    "30159": ("Hannover", "NI"),
    "06108": ("Halle", "ST"),
    "20095": ("Hamburg", "HH"),
    "50667": ("Köln", "NW"),
    "33602": ("Bielefeld", "NW"),
}


def line(code="38100", place="Braunschweig", state="NI", latitude="52.2647", longitude="10.5233", accuracy="4"):
    return "\t".join(["DE", code, place, "", state, "", "00", "", "", latitude, longitude, accuracy])


@pytest.fixture
def take_over(tmp_path, capsys, db):
    """Imports these lines; gives what the command says, and what it complains about."""

    def run(*lines, encoding="utf-8"):
        file = tmp_path / "DE.txt"
        file.write_text("\n".join(lines), encoding=encoding)
        call_command("import_postal_codes", str(file))
        return capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def real_file():
    if not REAL_FILE.is_file():
        print(NO_REAL_FILE)
        pytest.skip(NO_REAL_FILE)
    return REAL_FILE


def test_places_of_one_code_become_one_under_the_name_of_the_largest(take_over):
    take_over(
        line("38100", "Klein Stöckheim", latitude="52.2"),
        line("38100", "Braunschweig", latitude="52.4"),
        line("38102", "Braunschweig Riddagshausen"),
    )
    assert PostalCode.objects.get(pk="38100").place == "Braunschweig"
    assert PostalCode.objects.get(pk="38100").latitude == pytest.approx(52.3)
    assert PostalCode.objects.get(pk="38102").place == "Braunschweig"


def test_an_unknown_place_keeps_the_name_given_most_often(take_over):
    take_over(line(place="Nirgendsdorf"), line(place="Anderswohausen"), line(place="Anderswohausen"))
    assert PostalCode.objects.get().place == "Anderswohausen"


def test_codes_of_companies_are_left_out(take_over):
    take_over(line(), line("38099", accuracy="1"), line("38098", "Muster Versand GmbH"), line("38097", "Bank AG"))
    assert [code.pk for code in PostalCode.objects.all()] == ["38100"]


@pytest.mark.parametrize(
    "bad",
    [
        line(code="0123"),
        line(code="٣٨١٠٠"),
        line(state=""),
        line(latitude="nan"),
        line(latitude="48.2", longitude="16.4"),
        line(latitude="x"),
        line(place=""),
        line(place="L" * 500),
        line().replace("DE", "AT", 1),
        "kurz",
    ],
)
def test_a_bad_line_is_named_by_number_and_left_out(take_over, bad):
    said = take_over(line("38100"), bad, line("38102"))
    assert PostalCode.objects.count() == 2
    (told,) = said.err.splitlines()
    assert "2" in told


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe" * 999, b"a;b;c\n" * 50, b"\n\n", "Stra\u00dfe".encode("latin-1")]
)
def test_another_file_changes_nothing(content, tmp_path, db):
    PostalCode.objects.create(code="38100", place="Braunschweig", state="NI", latitude=52, longitude=10)
    file = tmp_path / "anders.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_postal_codes", str(file))
    assert PostalCode.objects.count() == 1


def test_a_file_that_is_not_there_is_named(tmp_path, db):
    with pytest.raises(CommandError, match=r"fehlt\.txt"):
        call_command("import_postal_codes", str(tmp_path / "fehlt.txt"))


def test_repeated_it_changes_nothing_and_what_is_gone_goes(take_over):
    take_over(line("38100"), line("38102"))
    before = list(PostalCode.objects.values())
    take_over(line("38100"), line("38102"), encoding="utf-8-sig")
    assert list(PostalCode.objects.values()) == before
    take_over(line("38102"))
    assert [code.pk for code in PostalCode.objects.all()] == ["38102"]


def test_who_shows_a_district_moves_into_its_middle(take_over, site):
    page = make(
        OrganisationPage,
        DirectoryPage.objects.child_of(site).get(),
        "eins",
        "Eins",
        record={"place": "Braunschweig", "state": "NI", "postal_code": "38124", "precision": "district"},
    )
    said = take_over(line("38124", latitude="52.2111", longitude="10.5111"))
    page.entry.refresh_from_db()
    assert (page.entry.latitude, page.entry.longitude) == (52.2111, 10.5111)
    assert "1" in said.out


def test_the_real_file(real_file, capsys, db):
    call_command("import_postal_codes", str(real_file))
    said = capsys.readouterr()
    assert PostalCode.objects.count() > 8000
    for code, (place, state) in KNOWN.items():
        found = PostalCode.objects.get(pk=code)
        assert (found.place, found.state) == (place, state)
        town = locate(f"{place}, {state}", ())
        assert abs(found.latitude - town.latitude) < 0.1
        assert abs(found.longitude - town.longitude) < 0.15
    assert len(said.err.splitlines()) == 1  # Jungholz: an Austrian village with a German code
    assert not PostalCode.objects.filter(pk="28335").exists()  # a university's own
