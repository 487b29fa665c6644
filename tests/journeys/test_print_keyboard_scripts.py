"""On paper, by keyboard, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.places import PLACES
from tests.journeys.visits import barriers


@pytest.fixture
def open_page(browser, address):
    """`open_page("/de/", width=360)`: a page in a fresh profile of the given kind."""
    contexts = []

    def open_one(path, width=1280, **options):
        size = {"width": width, "height": 800}
        contexts.append(browser.new_context(base_url=address, viewport=size, reduced_motion="reduce", **options))
        contexts[-1].set_default_timeout(15_000)
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def focused(page):
    return page.locator(":focus")


def press_until(page, key, locator, limit=40):
    """Somebody who cannot see where the focus is going next gives up at some point."""
    for _press in range(limit):
        page.keyboard.press(key)
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{limit} times {key} did not lead to {locator}")


# --- On paper ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["de", "ar"])
def test_on_paper_there_is_a_code_that_leads_back(open_page, language):
    page = open_page(f"/{language}/{PLACES['OrganisationPage']}")
    expect(page.locator(".handout")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".handout svg.qr")).to_be_visible()
    expect(page.locator(".handout")).to_contain_text(f"/{language}/{PLACES['OrganisationPage']}")
    for frame in (".head", ".foot", ".breadcrumbs", ".skip"):
        expect(page.locator(frame)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main .facts a[href^='tel:']").first).to_be_visible()


def test_on_paper_the_page_is_black_on_white(open_page):
    page = open_page("/de/projekte/kiwit/", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# --- By keyboard ------------------------------------------------------------------------------------------------------
def test_the_first_tab_leads_past_the_frame(open_page):
    page = open_page("/de/projekte/kiwit/")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_attribute("href", "#content")
    expect(focused(page)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_menu_of_a_phone_works_by_keyboard_alone(open_page, language):
    page = open_page(f"/{language}/", width=360)
    button, panel = page.locator(".phone-menu summary"), page.locator(".phone-menu .panel")
    expect(panel).to_be_hidden()
    press_until(page, "Tab", button)
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(panel).to_be_visible()
    press_until(page, "Tab", panel.locator("a[href$='/projekte/']"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{language}/projekte/$"))


def test_languages_are_chosen_by_keyboard_alone(open_page):
    page = open_page("/de/projekte/kiwit/", width=360)
    press_until(page, "Tab", page.locator(".languages summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".languages .panel")).to_be_visible()
    assert barriers(page) == []
    press_until(page, "Tab", page.locator(".languages a[hreflang=tr]"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tr/projekte/kiwit/$"))


def test_a_menu_closes_when_one_leaves_it(open_page):
    page = open_page("/de/")
    page.locator(".languages summary").click()
    expect(page.locator(".languages .panel")).to_be_visible()
    page.locator("h1").click()
    expect(page.locator(".languages .panel")).to_be_hidden()
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    press_until(page, "Tab", page.locator(".head-menu a").first)
    expect(page.locator(".languages .panel")).to_be_hidden()


def test_whatever_has_the_focus_shows_it(open_page):
    page = open_page("/de/organisationen/")
    shown = set()
    for _press in range(25):
        page.keyboard.press("Tab")
        shown.add(focused(page).evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"))
    assert not {look for look in shown if look.startswith("none") or look.endswith("0px")}


def test_the_accordion_opens_by_keyboard(open_page):
    page = open_page("/de/alle-bausteine/")
    first = page.locator(".accordion details").first
    press_until(page, "Tab", first.locator("summary"), limit=60)
    page.keyboard.press("Enter")
    expect(first.locator(".rich")).to_be_visible()


# --- Videos -----------------------------------------------------------------------------------------------------------
def test_the_video_is_asked_for_only_after_the_click(open_page):
    page = open_page("/de/alle-bausteine/")
    asked = []
    page.context.route(
        re.compile("vimeo|youtube"), lambda route: (asked.append(route.request.url), route.fulfill(body="film"))
    )
    page.reload()
    expect(page.locator("iframe")).to_have_count(0)
    assert asked == []
    page.locator(".video-start").click()
    expect(page.locator(".video iframe")).to_be_focused()
    assert [url.split("?")[0] for url in asked] == ["https://player.vimeo.com/video/1"]
    assert "dnt=1" in asked[0]


# --- Without JavaScript -----------------------------------------------------------------------------------------------
def test_without_scripts_menus_open_and_lead_on(open_page):
    page = open_page("/ar/projekte/kiwit/", width=360, java_script_enabled=False)
    page.locator(".phone-menu summary").click()
    expect(page.locator(".phone-menu .panel")).to_be_visible()
    page.locator(".languages summary").click()
    expect(page.locator(".phone-menu .panel")).to_be_hidden()
    page.locator(".languages a[hreflang=de]").click()
    expect(page).to_have_url(re.compile("/de/projekte/kiwit/$"))
    page.locator(".phone-menu summary").click()
    page.locator(".phone-menu a[href='/de/termine/']").click()
    expect(page).to_have_url(re.compile("/de/termine/$"))


def test_without_scripts_lists_are_filtered_and_searched(open_page):
    page = open_page("/de/organisationen/", java_script_enabled=False)
    before = page.locator("#results").inner_text()
    page.locator("input[name=language][value=ar]").check()
    page.locator("form.filters button").click()
    expect(page).to_have_url(re.compile("language=ar"))
    expect(page.locator("#results")).not_to_have_text(before)
    expect(page.locator("input[name=language][value=ar]")).to_be_checked()
    page.goto("/de/suche/")
    page.locator("main input[name=q]").fill("Demokratie")
    page.locator("main form button").click()
    expect(page.locator(".results li").first).to_be_visible()


def test_without_scripts_the_video_is_a_link(open_page):
    page = open_page("/de/alle-bausteine/", java_script_enabled=False)
    expect(page.locator(".video-start")).to_have_attribute("href", "https://vimeo.com/1")
    expect(page.locator(".accordion details .rich").first).to_be_hidden()
    page.locator(".accordion summary").first.click()
    expect(page.locator(".accordion details .rich").first).to_be_visible()


# --- Where editors come in --------------------------------------------------------------------------------------------
def test_the_login_of_the_admin_has_no_barriers(open_page):
    page = open_page("/admin/login/")
    assert barriers(page) == []
