"""A news item is requested in two languages, translated on phones, read by the leads, released in three languages at
once, changed, and up to date again. A reader sees how each text was made."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote

from django.utils import timezone
from playwright.sync_api import expect

from core.languages import LANGUAGE_NAMES
from tests.journeys.admin import choose_action, log_in, translate_next

TITLE = "Fachtag der Verbünde in Kassel"
PATH = "aktuelles/fachtag-der-verbunde-in-kassel/"
SUMMARY = "Am Fachtag nehmen 14 Verbünde teil."
CHANGED = "Am Fachtag nehmen 15 Verbünde teil."
TEXTS = {
    "ar": ("يوم التخصص للشبكات في كاسل", "يشارك في هذا اليوم 14 شبكة.", "يشارك في هذا اليوم 15 شبكة."),
    "tr": ("Kassel'de birlikler günü", "Bu güne 14 birlik katılıyor.", "Bu güne 15 birlik katılıyor."),
}
BOARD = f"/admin/translations/?q={quote(TITLE)}"
PHONE = {"width": 360, "height": 740}


def test_from_the_request_to_three_languages_and_back_to_green(browser, browser_page, address):
    editor = log_in(browser, address, "redaktion")
    number = draft(editor)
    request(editor)
    release = plan(editor, number)
    translators = {code: log_in(browser, address, f"uebersetzung-{code}") for code in TEXTS}
    leads = {"ar": log_in(browser, address, "sprachleitung-ar"), "tr": log_in(browser, address, "admin")}

    for code, translator in translators.items():
        translator.set_viewport_size(PHONE)
        take(translator)
        for text in TEXTS[code][:2]:
            translate_next(translator, text)
        assert translator.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert browser_page.goto(f"{address}/de/{PATH}").status == 404
    for lead in leads.values():
        lead.goto(release)
        lead.locator("[name=action][value=ready]").click()
        expect(lead.locator(".messages .success")).to_be_visible()

    editor.goto(release)
    editor.locator("form[action$='/now/'] button").click()
    public = {"de": TITLE, **{code: texts[0] for code, texts in TEXTS.items()}}
    for code, title in public.items():
        until(lambda c=code, t=title: read(browser_page, f"{address}/{c}/{PATH}", "h1") == t, browser_page)
    live_at = moments(editor, release)
    assert max(live_at) - min(live_at) <= timedelta(minutes=1)
    for code in TEXTS:
        browser_page.goto(f"{address}/{code}/{PATH}")
        expect(browser_page.locator(".provenance p").first).to_be_visible()
        expect(browser_page.locator(".provenance a[hreflang=de]")).to_have_attribute("href", f"/de/{PATH}")

    editor.goto(f"/admin/pages/{number}/edit/")
    editor.locator("[name=summary]").fill(CHANGED)
    choose_action(editor, "Veröffentlichen")
    assert states(editor) == {"ar": "outdated", "tr": "outdated"}
    for code, translator in translators.items():
        take(translator)
        changes = [translator.locator(f".earlier {tag}").first.inner_text() for tag in ("del", "ins")]
        assert [change.split()[-1] for change in changes] == ["14", "15"]
        translate_next(translator, TEXTS[code][2])
        hand_in(translator)
        approve(leads[code])
    until(lambda: states(editor) == {"ar": "current", "tr": "current"}, editor)
    for code, texts in TEXTS.items():
        assert texts[2] in read(browser_page, f"{address}/{code}/{PATH}", "main")
    for person in (editor, *translators.values(), *leads.values()):
        person.close()


def read(page, url: str, selector: str) -> str:
    page.goto(url)
    return page.locator(selector).first.inner_text()


def draft(editor) -> str:
    """A news item that is not public yet; gives its number."""
    editor.goto("/admin/pages/search/?q=Aktuelles")
    index = editor.locator("table a[href*='/edit/']").filter(has_text=re.compile("^\\s*Aktuelles\\s*$")).first
    parent = re.search(r"/pages/(\d+)/", index.get_attribute("href"))[1]
    editor.goto(f"/admin/pages/add/news/newspage/{parent}/")
    editor.locator("[name=title]").press_sequentially(TITLE)
    editor.locator("[name=summary]").press_sequentially(SUMMARY)
    editor.get_by_role("button", name="Entwurf speichern").click()
    editor.wait_for_url("**/edit/")
    return re.search(r"/pages/(\d+)/edit/", editor.url)[1]


def request(editor) -> None:
    """In both languages, on the board."""
    editor.goto(BOARD)
    editor.locator("[name=row]").first.check()
    for code in TEXTS:
        editor.locator(f".board-actions [name=language][value={code}]").check()
    editor.locator("#board-action").select_option("request")
    editor.locator(".board-actions button").click()
    editor.locator("form:has([name=confirmed]) button").click()
    editor.wait_for_url("**/jobs/*/")
    until(lambda: states(editor) == {"ar": "progress", "tr": "progress"}, editor)


def states(page) -> dict[str, str]:
    page.goto(BOARD)
    cells = {
        code: page.locator(f".board-cell:has(.board-cell__language:text-is('{LANGUAGE_NAMES[code]}'))")
        for code in TEXTS
    }
    return {code: re.search(r"is-(?!match)(\w+)", cell.get_attribute("class"))[1] for code, cell in cells.items()}


def until(condition, page) -> None:
    """What tasks do takes a moment."""
    for _try in range(60):
        if condition():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"It did not happen: {page.url}")


def plan(editor, number: str) -> str:
    """A release of the page in both languages; gives its address."""
    editor.goto(f"/admin/translations/releases/new/?page={number}")
    editor.locator("[name=name]").fill("Fachtag")
    editor.locator("[name=go_live_at]").fill(f"{timezone.localtime() + timedelta(days=2):%Y-%m-%d %H:%M}")
    for code in TEXTS:
        language = f"fieldset:has(> legend bdi:text-is('{LANGUAGE_NAMES[code]}'))"
        editor.locator(f"{language} [value=required]").check()
    editor.locator(".release-form > button").click()
    editor.wait_for_url(re.compile(r"/releases/\d+/$"))
    return editor.url


def take(translator) -> None:
    """ "I take this", and into the editor."""
    translator.goto("/admin/translations/inbox/language/")
    task(translator).locator("form[action$='/take/'] button").click()
    expect(translator.locator(".messages .success")).to_be_visible()
    translator.goto("/admin/translations/inbox/")
    task(translator).locator("h3 a").click()
    expect(translator.locator(".desk--ready")).to_be_visible()


def task(page):
    return page.locator(".inbox__task").filter(has_text=TITLE)


def hand_in(translator) -> None:
    translator.locator("[name=then][value=submit]").click()
    translator.locator("form[action*='/review/'] button").click()
    expect(translator.locator(".messages .success")).to_be_visible()


def approve(lead) -> None:
    lead.goto("/admin/translations/inbox/review/")
    task(lead).locator("h3 a").click()
    lead.locator(".translation-bar form[action*='/approve/'] button").click()
    expect(lead.locator(".translation-bar form[action*='/approve/']")).to_have_count(0)


def moments(editor, release: str) -> list[datetime]:
    """When each language went live, cut off to the minute."""
    editor.goto(release)
    texts = editor.locator(".release-table td .release-quiet").all_inner_texts()
    return [datetime.strptime(text.strip(), "%d.%m.%Y %H:%M") for text in texts]  # noqa: DTZ007 - only compared
