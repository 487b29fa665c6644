"""A reader asks for a language and says what is wrong: on a phone, without JavaScript, without an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.journeys.visits import barriers

UNTRANSLATED = "/ar/aktuelles/drei-wege/"
TRANSLATED = "/ar/projekte/kiwit/"
WITH_GAPS = "/ar/alle-bausteine/"


@pytest.fixture
def phone(browser, address):
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, java_script_enabled=False, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


@pytest.fixture
def found(browser, address):
    """Barriers that axe finds at an address; it needs scripts to look for them."""
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()

    def at(path):
        page.goto(path)
        return barriers(page)

    yield at
    context.close()


def test_a_reader_asks_for_a_language(phone, found):
    phone.goto(UNTRANSLATED)
    phone.locator(".wish button").click()
    phone.wait_for_url("**/danke/")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert found(phone.url) == []
    assert found(phone.url.removesuffix("danke/")) == []
    phone.locator(".way-back a").click()
    phone.wait_for_url(f"**{UNTRANSLATED}")


def test_a_reader_says_what_is_wrong(phone, found):
    phone.goto(TRANSLATED)
    phone.locator(".provenance-note").click()
    assert found(phone.url) == []
    phone.locator("main button").click()
    expect(phone.locator("[aria-invalid]")).to_be_visible()
    phone.locator("textarea").fill("الجملة الثانية غير صحيحة")
    phone.locator("main button").click()
    phone.wait_for_url("**/danke/")
    assert found(phone.url) == []
    phone.locator(".way-back a").click()
    phone.wait_for_url(f"**{TRANSLATED}")


def test_the_line_and_the_marks_are_printed_and_the_forms_are_not(phone):
    phone.goto(WITH_GAPS)
    assert phone.locator(".gap").count() > 10
    mark = phone.locator(".gap [lang=de][dir=ltr]").first
    phone.emulate_media(media="print")
    expect(mark).to_be_visible()
    expect(phone.locator(".provenance p").first).to_be_visible()
    expect(phone.locator(".provenance-note")).to_be_hidden()


def test_twenty_readers_at_the_same_moment_are_twenty(running_site):
    """Each on a phone of their own, behind one network address."""
    path = re.search(r'action="(\S+/wunsch/\S+)"', get(running_site.address + "/ar/barrierefreiheit/"))[1]

    def tap(number):
        request = Request(running_site.address + path, b"", {"User-Agent": f"phone {number}"}, method="POST")
        with urlopen(request, timeout=60) as answer:
            return answer.status, answer.url.endswith("/danke/")

    with ThreadPoolExecutor(20) as readers:
        assert {*readers.map(tap, range(20))} == {(200, True)}
    key = path.rstrip("/").rpartition("/")[2]
    rows = f"Demand.objects.filter(translation_key='{key}').values_list('count', flat=True)"
    question = f"from translations.models import Demand; print(list({rows}))"
    assert running_site.ask(question) == "[20]"


def get(address):
    with urlopen(address, timeout=60) as answer:
        return answer.read().decode()
