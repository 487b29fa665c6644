"""Files as offices have them, and files that somebody has made to do harm."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from organisations.member_list import reading, workbook
from organisations.member_list.problems import Refused
from organisations.models import DirectoryPage, MemberImport, NetworkPage
from tests.organisations.member_lists import bring_in, check, csv_of, errors, organisation, outcomes, saved, xlsx_of
from tests.site.world import make

HEADER = ["Mitgliedsnummer", "Name", "Verbund", "PLZ", "Gründungsjahr", "Bestätigt am", "Telefon", "Offene Daten"]


@pytest.fixture
def bochum(site):
    return make(NetworkPage, DirectoryPage.objects.child_of(site).get(), "bochum", "Verbund Bochum")


def table(content, name="liste.csv"):
    (sheet,) = reading.sheets(name, content)
    return [cells for _number, cells in sheet.rows()]


def refused(content, name="liste.xlsx"):
    with pytest.raises(Refused) as error:
        for sheet in reading.sheets(name, content):
            list(sheet.rows())
    return str(error.value)


def repacked(content, **parts):
    """The workbook with other parts; `None` takes one away."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


MARCH = datetime(2026, 3, 1)  # noqa: DTZ001 - as a spreadsheet has it
SHEET = "xl/worksheets/sheet1.xml"
START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_text_is_read_as_it_was_meant(encoding, sign):
    content = f"Name{sign}Straße\r\nÜbung{sign}“Große\nStraße 5“\r\n".replace("“", '"')
    assert table(content.encode(encoding)) == [("Name", "Straße"), ("Übung", "Große\nStraße 5")]


def test_windows_signs_and_other_scripts():
    assert table("Name;Ort\n„Café“ – 5 €;X\n".encode("cp1252"))[1] == ("„Café“ – 5 €", "X")
    assert table("Name;Ort\nجمعية;Bremen\n".encode())[1] == ("جمعية", "Bremen")
    assert table(b"sep=,\nName,Ort\nA;B,C\n") == [("Name", "Ort"), ("A;B", "C")]


@pytest.mark.parametrize(
    "content", [b'Name;Ort\n"offen;X\nY;Z\n', b"Name;Ort\n\x00\x00;\x00\n" + b"x;" * 20, b"\xff\xfea"]
)
def test_what_is_no_table_is_refused(content):
    assert refused(content, "liste.csv")


def test_limits_are_named(monkeypatch):
    assert "30" in refused(b"x" * (reading.MAX_BYTES + 1), "liste.csv")
    assert "200" in refused(b"Name;Ort\n" + b"x;" * 500, "liste.csv")
    monkeypatch.setattr(reading, "MAX_ROWS", 50)
    assert "50" in refused(b"Name;Ort\n" + b"x;y\n" * 200, "liste.csv")
    assert "50" in refused(xlsx_of(*(["x", "y"] for _ in range(200))))


def test_excel_cells_become_what_people_see(bochum):
    rows = [
        HEADER,
        [17.0, "Eins", "Bochum", 1067, 1999.0, MARCH, None, True],
        [18, "Zwei", "Bochum", "44787", 1999, date(2026, 3, 1)],
    ]
    content = xlsx_of(*rows[:1], [*rows[1][:7], False], rows[2])
    assert errors(bring_in(content, "liste.xlsx")) == {}
    page = organisation("17")
    assert (page.record.postal_code, page.founded, page.record.confirmed_on) == ("01067", 1999, date(2026, 3, 1))
    assert outcomes(check(content, "liste.xlsx")) == {2: "unchanged", 3: "unchanged"}


def test_a_phone_number_that_has_become_a_number_is_an_error(bochum):
    assert errors(check(xlsx_of(HEADER, ["1", "Eins", "Bochum", None, None, None, 2341234]), "liste.xlsx")) == {
        2: ["phone"]
    }


def test_header_may_stand_lower_and_in_any_order(bochum):
    content = xlsx_of(
        ["Mitgliederliste", None],
        ["Stand: heute"],
        [],
        ["VERBUND", "Farbe", " name ", "Mitglieds-Nr."],
        ["Bochum", "rot", "Eins", "1"],
    )
    result = check(content, "liste.xlsx")
    assert (outcomes(result), result.rows.get().title) == ({5: "new"}, "Eins")
    assert "Farbe" in result.message


def test_missing_columns_are_named(bochum):
    result = check(csv_of("Eins;Bochum", header="Name;Verbund"))
    assert result.state == MemberImport.FAILED
    assert "Mitgliedsnummer" in result.message
    assert bytes(result.content) == b""


def test_columns_that_mean_the_same_are_refused(bochum):
    result = check(csv_of("1;Eins;Zwei", header="Mitgliedsnummer;Name;Verein"))
    assert result.state == MemberImport.FAILED
    assert "Verein" in result.message


def test_the_list_may_be_on_another_sheet(bochum):
    def add(book):
        sheet = book.create_sheet("Liste")
        sheet.append(["Mitgliedsnummer", "Name", "Verbund"])
        sheet.append(["1", "Eins", "Bochum"])

    assert outcomes(check(xlsx_of(["Notizen"], ["nichts"], change=add), "liste.xlsx")) == {2: "new"}


def test_wrong_sheets_are_named(bochum):
    result = check(
        xlsx_of(["Kasse", "Betrag"], ["Januar", 5], title="Kasse 2026", change=lambda b: b.create_sheet("Leer")),
        "l.xlsx",
    )
    assert result.state == MemberImport.FAILED
    assert "Kasse 2026" in result.message


def test_merged_cells_are_named_by_row_and_column(bochum):
    content = xlsx_of(
        ["Liste 2026", None, None],
        ["Mitgliedsnummer", "Name", "Verbund"],
        ["1", "Eins", "Bochum"],
        ["2", "Zwei", None],
        ["3", "Drei", "Bochum"],
        change=lambda book: [book.active.merge_cells(cells) for cells in ("A1:C1", "C3:C4")],
    )
    assert errors(check(content, "liste.xlsx")) == {3: ["network"], 4: ["network"]}


def test_a_formula_counts_by_its_result(bochum):
    content = xlsx_of(["Mitgliedsnummer", "Name", "Verbund"], ["1", '=CONCAT("Ei","ns")', "Bochum"])
    assert errors(check(content, "liste.xlsx")) == {2: ["title"]}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(SHEET).decode()
    assert "<v/>" in sheet or "<v />" in sheet or "<v></v>" in sheet
    solved = (
        sheet.replace('<c r="B2"', '<c r="B2" t="str"').replace("<v/>", "<v>Eins</v>").replace("<v />", "<v>Eins</v>")
    )
    solved = solved.replace("<v></v>", "<v>Eins</v>")
    result = check(repacked(content, **{SHEET: solved}), "liste.xlsx")
    assert result.rows.get().values["title"] == "Eins"


def test_a_million_columns_are_refused():
    cells = "".join(f"<c><v>{number * 7919}</v></c>" for number in range(300_000))
    content = repacked(xlsx_of(["Name"]), **{SHEET: f"{START}<row>{cells}</row>{END}"})
    assert "200" in refused(content)
    far = f'{START}<row r="1"><c r="XFD1"><v>1</v></c></row>{END}'
    assert "200" in refused(repacked(xlsx_of(["Name"]), **{SHEET: far}))
    same = f'{START}<row r="1">{"".join('<c r="A1"><v>1</v></c>' for _ in range(50_000))}</row>{END}'
    assert refused(repacked(xlsx_of(["Name"]), **{SHEET: same}))


def test_cells_far_below_cost_nothing(bochum):
    content = xlsx_of(
        ["Mitgliedsnummer", "Name", "Verbund"], ["1", "Eins", "Bochum"], change=lambda b: b.active.cell(900_000, 2, "x")
    )
    assert errors(check(content, "liste.xlsx")) == {900_000: ["member_number", "network"]}


@pytest.mark.parametrize(
    "sheet",
    [
        f"{START}<row r='0'/>{END}",
        f"{START}<row r='x'/>{END}",
        f"{START}<row r='99999999999999999999'/>{END}",
        f"{START}<row r='1'><c r='1A'><v>1</v></c></row>{END}",
        f"{START}<row r='1'><c t='s'><v>99999</v></c></row>{END}",
        f"{START}<row r='1'><c t='n'><v>x</v></c></row>{END}",
        f"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>{START}<row><c t='str'><v>&a;</v></c></row>{END}",
        START,
        "",
        "<html/>",
    ],
)
def test_a_broken_workbook_is_refused_or_empty(sheet, bochum):
    result = check(repacked(xlsx_of(["Name"]), **{SHEET: sheet}), "liste.xlsx")
    assert result.state == MemberImport.FAILED
    assert result.message


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "[Content_Types].xml", SHEET, "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
)
def test_a_workbook_without_a_part_never_fails_otherwise(part, bochum):
    content = repacked(xlsx_of(["Mitgliedsnummer", "Name", "Verbund"], ["1", "Eins", "Bochum"]), **{part: None})
    assert check(content, "liste.xlsx").state in (MemberImport.FAILED, MemberImport.CHECKED)


def test_bombs_macros_and_old_files_are_refused(monkeypatch):
    good = xlsx_of(["Name"])
    assert refused(repacked(good, **{"xl/sharedStrings.xml": b"<a>" + b" " * 50_000_000}))
    assert refused(repacked(good, **{"xl/vbaProject.bin": b"x"}))
    assert refused(good, "liste.xlsm")
    assert refused(reading.OLD_EXCEL + b"x" * 600, "liste.xls")
    assert "assw" in refused(reading.OLD_EXCEL + reading.ENCRYPTED)
    assert refused(b"%PDF-1.7", "liste.pdf")
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1000)
    assert refused(good)


@pytest.mark.parametrize("place", range(0, 5000, 250))
def test_a_damaged_workbook_is_never_a_crash(bochum, place):
    content = bytearray(xlsx_of(["Mitgliedsnummer", "Name", "Verbund"], ["1", "Eins", "Bochum"]))
    content[place % len(content)] ^= 0xFF
    assert check(bytes(content), "liste.xlsx").state in (MemberImport.FAILED, MemberImport.CHECKED)


def test_what_openpyxl_wrote_it_reads_again():
    book = load_workbook(io.BytesIO(xlsx_of(["Name"], ["Eins"])))
    assert table(saved(book), "liste.xlsx") == [("Name",), ("Eins",)]
