"""Somebody on a phone finds help near them, in their language."""

import re

import pytest
from playwright.sync_api import expect

HELP = "Beispielverein Okerbrücke Braunschweig"


@pytest.fixture
def phone(browser, address):
    yield from opened(browser, address, {"width": 360, "height": 740})


@pytest.fixture
def desk(browser, address):
    yield from opened(browser, address, {"width": 1440, "height": 900})


@pytest.fixture
def without_scripts(browser, address):
    yield from opened(browser, address, {"width": 360, "height": 740}, java_script_enabled=False)


def opened(browser, address, viewport, **options):
    context = browser.new_context(base_url=address, reduced_motion="reduce", viewport=viewport, **options)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def loads(page):
    """Every document loaded from now on."""
    found = []
    page.on("domcontentloaded", lambda document: found.append(document.url))
    return found


def ask_at_home(page):
    """The language is chosen already."""
    page.goto("/ar/")
    expect(page.locator("#find-language")).to_have_value("ar")
    page.select_option("#find-service", "migrationssozialberatung")
    page.fill("#find-near", "38100")
    page.locator(".find .button").click()


def test_a_resident_finds_counselling_in_three_taps_and_calls_or_writes(phone):
    ask_at_home(phone)
    card = phone.locator(".result").filter(has_text=HELP)
    expect(card.locator("a[href^='tel:']")).to_be_visible()
    expect(card.locator(".distance")).to_contain_text(re.compile(r"\d"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    card.locator(".reach a:not([href^='tel:'])").click()
    expect(phone.locator("main form textarea")).to_be_visible()


def test_without_scripts_it_is_the_same(without_scripts):
    page = without_scripts
    ask_at_home(page)
    expect(page.locator(".result").filter(has_text=HELP)).to_be_visible()
    page.locator(".narrow > summary").click()
    page.locator(".facet[data-keep=language] input[value=tr]").or_(page.locator("#language-de")).first.check()
    page.locator(".narrow-show").click()
    expect(page.locator("#results")).to_be_visible()
    page.locator(".chosen-part").first.click()
    expect(page.locator("#results")).to_be_visible()


def test_the_list_changes_without_a_reload(desk):
    desk.goto("/de/organisationen/")
    everybody = desk.locator("#results").inner_text()
    loaded = loads(desk)
    desk.check("#language-ar")
    expect(desk).to_have_url(re.compile(r"/de/organisationen/\?language=ar$"))
    expect(desk.locator("#results")).not_to_have_text(everybody)
    expect(desk.locator("#said")).to_have_text(desk.locator("#results").inner_text())
    expect(desk.locator("#language-ar")).to_be_focused()
    speakers = desk.locator("#results").inner_text()
    desk.fill("#find-near", "38100")
    desk.press("#find-near", "Enter")
    expect(desk).to_have_url(re.compile(r"\?near=38100&language=ar$"))
    expect(desk.locator("#results")).to_be_focused()
    desk.go_back()
    expect(desk.locator("#results")).to_have_text(speakers)
    expect(desk.locator("#find-near")).to_have_value("")
    desk.go_back()
    expect(desk.locator("#results")).to_have_text(everybody)
    expect(desk.locator("#language-ar")).not_to_be_checked()
    assert loaded == []


def test_what_was_chosen_is_taken_back_with_a_click(desk):
    desk.goto("/de/organisationen/?language=ar&service=migrationssozialberatung")
    desk.locator(".chosen-part").filter(has_text="Arabisch").click()
    expect(desk).to_have_url(re.compile(r"\?service=migrationssozialberatung$"))
    expect(desk.locator("#language-ar")).not_to_be_checked()


def test_a_long_list_is_searched(desk):
    desk.goto("/de/organisationen/")
    field = desk.locator(".facet-find input").first
    expect(field).to_be_visible()
    choices = desk.locator(".facet").filter(has=field).locator("li:visible")
    before = choices.count()
    field.fill(choices.last.inner_text().split("\n")[0][:6])
    assert 0 < choices.count() < before
    field.press("Enter")
    expect(desk).to_have_url(re.compile(r"/de/organisationen/$"))


def test_an_unknown_place_is_said_by_the_field(desk):
    desk.goto("/de/organisationen/")
    desk.fill("#find-near", "Braunschwieg")
    desk.press("#find-near", "Enter")
    expect(desk.locator("#find-near")).to_have_attribute("aria-invalid", "true")
    desk.locator(".said").get_by_role("link", name=re.compile("Braunschweig")).click()
    expect(desk.locator("#find-near")).to_have_value(re.compile("Braunschweig"))
    expect(desk.locator(".result").first).to_be_visible()
