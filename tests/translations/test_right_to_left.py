"""The translation editor in a real browser: an Arabic text stands from right to left, its source does not."""

import pytest

from tests.translations.work import edit_url, submit, target, translate, translation


@pytest.fixture
def arabic_editor(live_server, site, people, browser_page):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    translate(people["translator_ar"], translation(page, arabic), "هذا نص عربي {number}")
    cookie = people["translator_ar"].cookies["sessionid"]
    browser_page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    browser_page.goto(live_server.url + edit_url(target(page, arabic)))
    browser_page.wait_for_selector(".desk--ready")
    return browser_page


STYLE = "element => ({dir: element.dir, lang: element.lang, ...(({direction, textAlign}) => ({direction, textAlign}))(getComputedStyle(element))})"


def test_the_text_reads_from_right_to_left(arabic_editor):
    page = arabic_editor
    field = page.locator(".segment__field").first
    assert field.input_value().startswith("هذا نص عربي")
    assert field.evaluate(STYLE) == {"dir": "rtl", "lang": "ar", "direction": "rtl", "textAlign": "start"}
    assert page.get_by_text("Wer wir sind.").first.evaluate("element => [element.lang, element.dir]") == ["de", "ltr"]


def test_the_bar_offers_the_review(arabic_editor):
    page = arabic_editor
    assert page.locator(".translation-bar progress").get_attribute("value") == "3"
    page.get_by_role("button", name="Zur Prüfung einreichen").click()
    page.get_by_role("button", name="Zur Prüfung einreichen").click()
    page.wait_for_selector(".messages .success")
    assert page.locator(".translation-bar button").count() == 0
