"""The office brings the whole member list in, with five mistakes in it, mends them and brings it in again.

Stands last by its name: afterwards the directory holds ten times as much as the other journeys expect.
"""

import re

from playwright.sync_api import expect

from tests.journeys.admin import log_in

ROWS = 520
HEADER = "Mitgliedsnummer;Name;Verbund;Kurzbeschreibung;PLZ;Ort;Bundesland;Telefon;Dienstleistungen;Sprachen"
NETWORKS = ("Bochum", "Kassel", "Dresden", "Hannover")
# By row of the file, what is wrong there.
MISTAKES = {
    17: ("PLZ", lambda cells: cells | {"PLZ": "3810"}),
    101: ("Verbund", lambda cells: cells | {"Verbund": "Beispielverbund Entenhausen"}),
    240: ("Sprachen", lambda cells: cells | {"Sprachen": "Klingonisch"}),
    333: ("Name", lambda cells: cells | {"Name": ""}),
    519: ("Bundesland", lambda cells: cells | {"Bundesland": "Transsilvanien"}),
}
PATIENCE = 120_000  # ms; a task worker does it


def member(number: int) -> dict[str, str]:
    city = NETWORKS[number % len(NETWORKS)]
    values = (
        f"J-{number:04}",
        f"Beispielverein Jahresliste {number}",
        f"Beispielverbund {city}",
        "Beratung und Begegnung.",
        "",
        city,
        "",
        "030 23125 500",
        "Migrationssozialberatung (MSB)",
        "Arabisch, Deutsch",
    )
    return dict(zip(HEADER.split(";"), values, strict=True))


def file_of(members: list[dict[str, str]]) -> dict:
    lines = [HEADER, *('"' + '";"'.join(cells.values()) + '"' for cells in members)]
    return {"name": "mitglieder.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("cp1252")}


def upload(page, members):
    page.goto("/admin/organisations/imports/")
    page.locator("input[type=file]").set_input_files(file_of(members))
    page.get_by_role("button", name="Hochladen und prüfen").click()
    wait_for_worker(page)


def wait_for_worker(page):
    """The page says by itself when the work is done."""
    expect(page).to_have_url(re.compile(r"/imports/\d+/$"))
    expect(page.get_by_role("link", name="Andere Datei hochladen")).to_be_visible(timeout=PATIENCE)


def test_the_yearly_list_is_mended_applied_and_changes_nothing_twice(browser, address):
    office = log_in(browser, address, "redaktion")
    right = [member(number) for number in range(1, ROWS + 1)]
    wrong = [MISTAKES[row][1](cells) if row in MISTAKES else cells for row, cells in enumerate(right, start=2)]

    upload(office, wrong)
    expect(office.get_by_role("alert")).to_contain_text("5 Zeilen")
    expect(office.get_by_role("button", name="Jetzt übernehmen")).to_have_count(0)
    office.goto(office.url.partition("?")[0] + "?outcome=error")
    for row, (column, _mistake) in MISTAKES.items():
        expect(office.locator("tr", has_text=str(row)).filter(has_text=column).first).to_be_visible()
    assert found(office, address) == 0

    upload(office, right)
    office.get_by_role("button", name="Jetzt übernehmen").click()
    wait_for_worker(office)
    expect(office.locator("main")).to_contain_text(f"{ROWS} Zeilen")
    assert found(office, address) == ROWS

    upload(office, right)
    expect(office.get_by_role("button", name="Jetzt übernehmen")).to_have_count(0)
    expect(office.get_by_role("alert")).to_have_count(0)
    assert found(office, address) == ROWS
    office.close()


def found(page, address: str) -> int:
    """How many of the list the public finds."""
    answer = page.request.get(f"{address}/de/organisationen/?q=Jahresliste")
    assert answer.ok
    return int((answer.text().partition('id="results"')[2].partition(">")[2].split() or ["0"])[0].partition("<")[0])
