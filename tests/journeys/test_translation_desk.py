"""A news item is requested in two languages, translated on phones, read by the leads, released in three languages at
once, changed, and up to date again. A reader sees how each text was made."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote

from playwright.sync_api import expect

from tests.journeys.admin import choose_action, log_in, translate_next

TITLE = "Fachtag der Verbünde in Kassel"
SLUG = "fachtag-der-verbuende-in-kassel"
SUMMARY = "Am Fachtag nehmen 14 Verbünde teil."
CHANGED = "Am Fachtag nehmen 15 Verbünde teil."
TEXTS = {
    "ar": ("يوم التخصص للشبكات في كاسل", "يشارك في هذا اليوم 14 شبكة.", "يشارك في هذا اليوم 15 شبكة."),
    "tr": ("Kassel'de birlikler günü", "Bu güne 14 birlik katılıyor.", "Bu güne 15 birlik katılıyor."),
}
PHONE = {"width": 360, "height": 740}


def test_from_the_request_to_three_languages_and_back_to_green(browser, browser_page, address):
    editor = log_in(browser, address, "redaktion")
    number = draft(editor)
    request(editor, number)
    release = plan(editor, number)
    translators = {code: log_in(browser, address, f"uebersetzung-{code}") for code in TEXTS}
    leads = {"ar": log_in(browser, address, "sprachleitung-ar"), "tr": log_in(browser, address, "admin")}

    for code, translator in translators.items():
        translator.set_viewport_size(PHONE)
        take(translator)
        for text in TEXTS[code][:2]:
            translate_next(translator, text)
        fits(translator)
    for code in TEXTS:
        assert browser_page.goto(f"{address}/{code}/aktuelles/{SLUG}/").status == 404
    for code, lead in leads.items():
        call_ready(lead, release, code)

    editor.goto(release)
    editor.locator("form[action$='/now/'] button").click()
    expect(editor.locator(".messages .success")).to_be_visible()
    expected = {"de": TITLE, **{code: texts[0] for code, texts in TEXTS.items()}}
    for code, title in expected.items():
        wait_for(browser_page, f"{address}/{code}/aktuelles/{SLUG}/", title)
    assert len({minute(browser_page, f"{address}/{code}/aktuelles/{SLUG}/") for code in expected}) == 1
    for code in TEXTS:
        browser_page.goto(f"{address}/{code}/aktuelles/{SLUG}/")
        expect(browser_page.locator(".provenance p").first).to_be_visible()
        expect(browser_page.locator(".provenance a[hreflang=de]")).to_have_attribute("href", f"/de/aktuelles/{SLUG}/")

    editor.goto(f"/admin/pages/{number}/edit/")
    editor.locator("[name=summary]").fill(CHANGED)
    choose_action(editor, "Veröffentlichen")
    assert states(editor) == {"ar": "outdated", "tr": "outdated"}
    for code, translator in translators.items():
        open_from_inbox(translator)
        assert differences(translator) == ("14", "15")
        translate_next(translator, TEXTS[code][2])
        hand_in(translator)
        approve(leads[code])
    assert states(editor) == {"ar": "current", "tr": "current"}
    for code in TEXTS:
        wait_for(browser_page, f"{address}/{code}/aktuelles/{SLUG}/", TEXTS[code][2], "main")
    for person in (editor, *translators.values(), *leads.values()):
        person.context.close()


def draft(editor) -> str:
    """A news item that is not public yet; gives its number."""
    editor.goto("/admin/pages/search/?q=Aktuelles")
    index = editor.locator("table a[href*='/edit/']").filter(has_text=re.compile("^\\s*Aktuelles\\s*$")).first
    parent = re.search(r"/pages/(\d+)/", index.get_attribute("href"))[1]
    editor.goto(f"/admin/pages/add/news/newspage/{parent}/")
    editor.locator("[name=title]").fill(TITLE)
    editor.locator("[name=summary]").fill(SUMMARY)
    editor.get_by_role("button", name="Entwurf speichern").click()
    editor.wait_for_url("**/edit/")
    return re.search(r"/pages/(\d+)/edit/", editor.url)[1]


def request(editor, number: str) -> None:
    """Of everybody in both languages, until next week, from the board."""
    editor.goto(f"/admin/translations/?q={quote(TITLE)}")
    act(editor, "request")
    expect(board_cell(editor, "ar")).to_have_class(re.compile("is-progress"))
    act(editor, "assign")


def act(editor, action: str) -> None:
    editor.goto(f"/admin/translations/?q={quote(TITLE)}")
    editor.locator("[name=row]").first.check()
    for code in TEXTS:
        editor.locator(f".board-actions [name=language][value={code}]").check()
    editor.locator("#board-action").select_option(action)
    editor.locator(".board-actions button").click()
    editor.locator("[name=confirmed] ~ button").click()
