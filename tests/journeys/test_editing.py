"""Somebody writes, somebody else approves, everybody reads it."""

from playwright.sync_api import expect

from tests.journeys.admin import choose_action, log_in, open_editor

TITLE = "Drei Wege der Zusammenarbeit"
PATH = "/de/aktuelles/drei-wege/"
NEWS = "Diesen Satz hat das Projektteam geschrieben und die Redaktion freigegeben."


def test_what_project_staff_write_is_live_when_an_editor_approves_it(browser, browser_page, address):
    staff = log_in(browser, address, "projekt")
    open_editor(staff, TITLE)
    staff.get_by_role("textbox", name="Zusammenfassung").fill(NEWS)
    choose_action(staff, "In Redaktion gibt frei einreichen")

    browser_page.goto(address + PATH)
    expect(browser_page.locator("h1")).to_have_text(TITLE)
    expect(browser_page.get_by_text(NEWS)).to_have_count(0)

    editor = log_in(browser, address, "redaktion")
    editor.goto("/admin/")
    expect(editor.locator("main").get_by_role("link", name=TITLE).first).to_be_visible()  # waits for review
    open_editor(editor, TITLE)
    expect(editor.get_by_role("textbox", name="Zusammenfassung")).to_have_value(NEWS)
    choose_action(editor, "Freigeben und Veröffentlichen")

    browser_page.goto(address + PATH)
    expect(browser_page.get_by_text(NEWS)).to_be_visible()
    browser_page.goto(address + "/de/aktuelles/")
    expect(browser_page.get_by_text(NEWS)).to_be_visible()

    staff.close()
    editor.close()


def test_project_staff_cannot_publish(browser, address):
    staff = log_in(browser, address, "projekt")
    open_editor(staff, "Mehr als 520 Organisationen")
    staff.get_by_role("button", name="Mehr Aktionen").click()
    expect(staff.get_by_role("button", name="In Redaktion gibt frei einreichen")).to_be_visible()
    expect(staff.get_by_role("button", name="Veröffentlichen", exact=True)).to_have_count(0)
    staff.close()
