"""A page is sent into translation, translated, published, changed at its source, and seen to be outdated."""

import re

from playwright.sync_api import expect

from tests.journeys.admin import choose_action, log_in, open_editor, open_translation, translate_next

TITLE = "Wohnen, Gesundheit, Sport: von Anfang an mit uns"
PATH = "aktuelles/von-anfang-an/"
ARABIC_TITLE = "منذ البداية معنا"
ARABIC = "نص عربي رقم {}"
CHANGED = "Diese Zusammenfassung ist neu."


def test_a_page_is_translated_published_and_outdated_when_its_source_changes(browser, browser_page, address):
    editor = log_in(browser, address, "redaktion")
    open_editor(editor, TITLE)
    number = re.search(r"/pages/(\d+)/edit/", editor.url)[1]
    editor.goto(f"/admin/localize/submit/page/{number}/")
    editor.get_by_label("العربية").check()
    editor.locator("main form").get_by_role("button", name="Absenden").click()
    expect(editor.locator(".messages .success")).to_be_visible()

    translator = log_in(browser, address, "uebersetzung-ar")
    open_translation(translator, TITLE)
    progress = translator.locator(".translation-bar progress")
    total = int(progress.get_attribute("max"))
    texts = [ARABIC_TITLE, *(ARABIC.format(place) for place in range(2, total + 1))]
    assert {tuple(translate_next(translator, text)) for text in texts} == {("ar", "rtl", "start")}
    translator.reload()
    expect(progress).to_have_attribute("value", str(total))
    expect(translator.get_by_role("button", name="Veröffentlichen")).to_have_count(0)
    translator.get_by_role("button", name="Zur Prüfung einreichen").click()
    translator.locator("form[action*='/review/'] button").click()
    expect(translator.locator(".messages .success")).to_be_visible()

    browser_page.goto(f"{address}/ar/{PATH}")
    expect(browser_page.locator("h1")).to_have_attribute("lang", "de")

    lead = log_in(browser, address, "sprachleitung-ar")
    open_translation(lead, TITLE)
    lead.locator(".translation-bar form[action*='/approve/'] button").click()
    expect(lead.get_by_role("link", name="Live-Seite")).to_be_visible()

    browser_page.goto(f"{address}/ar/{PATH}")
    expect(browser_page.locator("h1")).to_have_text(ARABIC_TITLE)
    expect(browser_page.locator("h1")).not_to_have_attribute("lang", "de")
    expect(browser_page.locator("h1")).to_have_css("direction", "rtl")

    open_editor(editor, TITLE)
    editor.get_by_role("textbox", name="Zusammenfassung").fill(CHANGED)
    choose_action(editor, "Veröffentlichen")
    browser_page.goto(f"{address}/de/{PATH}")
    expect(browser_page.get_by_text(CHANGED)).to_be_visible()
    browser_page.goto(f"{address}/ar/{PATH}")
    expect(browser_page.locator("h1")).to_have_text(ARABIC_TITLE)

    open_translation(translator, TITLE)
    expect(progress).to_have_attribute("value", str(total - 1))
    expect(translator.locator(".german").get_by_text(CHANGED)).to_be_visible()
    for person in (editor, translator, lead):
        person.close()
