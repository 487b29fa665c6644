"""The panel of hints in a real browser: it follows what is typed, shows the place, and remembers what was put aside."""

import pytest
from django.urls import reverse

from tests.translations.work import edit_url, target
from translations.models import EasyText


@pytest.fixture
def text(site, people):
    page = site.pages["ueber-uns"]
    people["admin"].post(reverse("translations:easy_create", args=[page.pk]))
    text = target(page, site.locales["de-simple"])
    text.body = [("text", "<p>Wir helfen Ihnen. Das ist <b>nicht</b> teuer.</p>")]
    text.save_revision()
    return text


def test_hints_follow_what_is_typed(live_server, browser_page, people, text):
    browser_page.set_viewport_size({"width": 1440, "height": 900})
    cookie = people["translator_easy"].cookies["sessionid"].value
    browser_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    browser_page.goto(live_server.url + edit_url(text))
    browser_page.click("[data-side-panel-toggle=easy]")
    count = browser_page.locator("[data-easy-count]")
    hints = browser_page.locator("[data-easy-hints] > li")
    browser_page.locator("[data-easy-panel=checked]").wait_for()
    assert hints.count() == 0, "a negation in bold is as the rules want it"

    editor = browser_page.locator(".public-DraftEditor-content").first
    editor.click()
    browser_page.keyboard.press("Control+End")
    browser_page.keyboard.type(" Die Räume werden geputzt.")
    hints.filter(has_text="werden geputzt").wait_for()
    assert hints.count() == 1
    assert "1" in count.inner_text()
    assert [str(found) for found in places(browser_page, "easy-hint")] == ["werden geputzt"]

    hints.first.get_by_role("button").first.click()
    assert places(browser_page, "easy-place") == ["werden geputzt"]
    hints.first.get_by_role("button").nth(1).click()
    browser_page.locator("[data-easy-aside]:not([hidden])").wait_for()
    assert hints.count() == 0
    assert EasyText.objects.get(page=text).dismissed

    browser_page.fill("[name=title]", "Die Kooperation")
    hints.filter(has_text="Kooperation").wait_for()


def places(browser_page, name):
    return browser_page.evaluate("name => [...CSS.highlights.get(name)].map(range => range.toString())", name)
