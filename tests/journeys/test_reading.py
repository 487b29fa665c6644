"""A visitor reads, in two languages."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.languages import LANGUAGE_NAMES
from tests.journeys.places import PLACES

UNTRANSLATED = "aktuelles/drei-wege/"
NOTICE = {"ar": "هذه الصفحة", "en": "This page is not available in your language yet"}


@pytest.fixture(scope="module")
def reading(browser, address):
    """One browser for all visits, as people have; letters and styles are fetched once."""
    context = browser.new_context(base_url=address, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def reader(reading):
    page = reading.new_page()
    yield page
    page.close()


def switch(page, code):
    page.locator(".languages summary").click()
    page.locator(".languages").get_by_role("link", name=LANGUAGE_NAMES[code], exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_a_page_is_read_in_two_languages(reader):
    reader.goto("/de/projekte/kiwit/")
    german = reader.locator("h1").inner_text()
    reader.goto("/de/")
    reader.locator(".head-menu").get_by_role("link", name="Projekte").click()
    reader.get_by_role("link", name=german).click()
    expect(reader.locator("h1")).to_have_text(german)
    switch(reader, "ar")
    expect(reader).to_have_url(re.compile(r"/ar/projekte/kiwit/$"))
    expect(reader.locator("h1")).to_have_css("direction", "rtl")
    expect(reader.locator(".summary")).to_contain_text(re.compile("[\u0621-\u064a]"))
    reader.locator(".head-menu a").first.click()
    expect(reader).to_have_url(re.compile(r"/ar/\w+/$"))


@pytest.mark.parametrize("name", PLACES)
def test_the_language_switch_lands_on_the_same_page(reader, name):
    reader.goto(f"/de/{PLACES[name]}")
    switch(reader, "ar")
    assert urlsplit(reader.url).path == urlsplit(f"/ar/{PLACES[name]}").path
    switch(reader, "de")
    assert urlsplit(reader.url).path == urlsplit(f"/de/{PLACES[name]}").path


def test_the_language_switch_keeps_filters_and_page(reader):
    reader.goto("/de/organisationen/?language=ar&page=1")
    switch(reader, "tr")
    expect(reader).to_have_url(re.compile(r"/tr/organisationen/\?language=ar$"))


@pytest.mark.parametrize("language", NOTICE)
def test_untranslated_text_is_marked_and_explained(reader, language):
    reader.goto(f"/{language}/{UNTRANSLATED}")
    for text in (reader.locator("h1"), reader.locator(".page-body > div").first):
        expect(text).to_have_attribute("lang", "de")
        expect(text).to_have_attribute("dir", "ltr")
        expect(text).to_have_css("direction", "ltr")
    expect(reader.locator(".notice-language")).to_be_visible()
    expect(reader.locator(".notice-language")).to_contain_text(NOTICE[language])
    assert reader.locator(".notice-language").evaluate("notice => notice.closest('[lang]').lang") == language


def test_translated_text_is_not_marked(reader):
    reader.goto("/ar/projekte/kiwit/")
    expect(reader.locator(".notice-language")).to_have_count(0)
    assert reader.locator("main .block").first.evaluate("block => block.closest('[lang]').lang") == "ar"


def test_a_phone_number_reads_from_left_to_right(reader):
    reader.goto(f"/ar/{PLACES['OrganisationPage']}")
    for phone in (".facts a[href^='tel:']", ".reach-number"):
        expect(reader.locator(f"main {phone}").first).to_have_css("direction", "ltr")


def test_a_page_that_does_not_exist_leads_on_and_to_no_other_404(reader):
    assert reader.goto("/ar/gibt-es/nicht/").status == 404
    expect(reader.locator("html")).to_have_attribute("dir", "rtl")
    main = reader.locator("main")
    expect(main.get_by_role("searchbox")).to_be_visible()
    expect(main.locator("a[href='/ar/']")).to_be_visible()
    expect(main.locator("a[href*='gibt-es']")).to_have_count(0)


def test_what_somebody_searches_is_found(reader):
    reader.goto("/de/")
    reader.locator(".tool-search").click()
    reader.locator("main").get_by_role("searchbox").fill("Braunschweig")
    reader.keyboard.press("Enter")
    reader.locator(f".results a[href='/de/{PLACES['StoryPage']}']").click()
    expect(reader).to_have_url(re.compile(f"/de/{PLACES['StoryPage']}$"))


def test_a_search_in_arabic_finds_arabic_and_untranslated_text(reader):
    reader.goto("/ar/suche/")
    reader.locator("main").get_by_role("searchbox").fill("الديمقراطية")
    reader.keyboard.press("Enter")
    expect(reader.locator(".results li").first).to_be_visible()
    reader.locator("main").get_by_role("searchbox").fill("Zusammenarbeit")
    reader.keyboard.press("Enter")
    expect(reader.locator(".results [lang=de]").first).to_be_visible()


def test_help_is_found_through_the_home_page(reader):
    reader.goto("/ar/")
    form = reader.locator("main form").first
    form.locator("select[name=language]").select_option("ar")
    form.get_by_role("button").click()
    expect(reader).to_have_url(re.compile(r"/ar/organisationen/\?.*language=ar"))
    expect(reader.locator("main .card").first).to_be_visible()


def test_a_search_without_result_says_so(reader):
    reader.goto("/de/suche/?q=xyzzy")
    expect(reader.locator("main")).to_contain_text("Nichts gefunden")
    reader.goto("/de/organisationen/?q=xyzzy")
    expect(reader.locator("main")).to_contain_text("Nichts gefunden")
