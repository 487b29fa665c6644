"""A volunteer without an account keeps a profile true, on a phone, from a mail."""

import re
import time

import pytest
from playwright.sync_api import expect

from core.languages import LANGUAGE_NAMES
from tests.journeys.mails import link_in, mail_to
from tests.journeys.visits import TELL_VIOLATIONS, TOO_WIDE, barriers

PHONE = {"width": 360, "height": 740}
BOCHUM = "/de/organisationen/beispielverbund-bochum/beispielverein-brueckenschlag-bochum/"
MANNHEIM = "/de/organisationen/beispielverbund-mannheim/beispielzentrum-rueckenwind/"
MAILBOX = {BOCHUM: "brueckenschlag@example.org", MANNHEIM: "rueckenwind@example.org"}


@pytest.fixture
def phone(browser, address):
    """Without scripts: whatever works here works for everybody."""
    context = browser.new_context(
        base_url=address, viewport=PHONE, locale="de-DE", reduced_motion="reduce", java_script_enabled=False
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def checker(browser, address):
    """Looks at the same pages with scripts, as axe needs them."""
    context = browser.new_context(base_url=address, viewport=PHONE, locale="de-DE", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.add_init_script(TELL_VIOLATIONS)
    yield page
    context.close()


def ask_for_link(phone, running_site, profile: str) -> str:
    """From the profile over the form to the mailbox; gives the link in the mail."""
    phone.goto(profile)
    phone.locator('main a[href$="/link/"]').click()
    phone.locator("[name=email]").fill(MAILBOX[profile])
    phone.locator("main form button").click()
    expect(phone.locator("main form")).to_have_count(0)
    return link_in(mail_to(running_site, MAILBOX[profile]), "/profil/")


def assert_sound(checker, address: str) -> None:
    checker.goto(address)
    assert checker.evaluate(TOO_WIDE) == []
    assert barriers(checker) == []
    assert checker.complaints == []


def test_a_volunteer_confirms_a_profile_from_the_mail(phone, checker, running_site):
    link = ask_for_link(phone, running_site, MANNHEIM)
    for language in ("de", "ar"):
        assert_sound(checker, link.replace("/de/", f"/{language}/"))
        for tail in ("verbergen/", "aufgeloest/"):
            assert_sound(checker, link.replace("/de/", f"/{language}/") + tail)
    phone.goto(link)
    phone.locator("form.upkeep-main button").click()
    expect(phone).to_have_url(re.compile(r"/danke/$"))
    thanks = phone.locator("main").inner_text()
    phone.reload()
    assert phone.locator("main").inner_text() == thanks
    assert phone.goto(link).status == 410
    expect(phone.locator('main a[href$="/link/"]')).to_be_visible()
    phone.goto(MANNHEIM)
    expect(phone.locator(".confirmed")).to_contain_text(time.strftime("%Y"))
    assert phone.context.cookies() == []


def test_a_volunteer_changes_phone_and_hours_from_the_mail(phone, checker, running_site):
    link = ask_for_link(phone, running_site, BOCHUM)
    for language in ("de", "ar"):
        assert_sound(checker, link.replace("/de/", f"/{language}/") + "aendern/")

    phone.goto(link)
    phone.locator(".languages summary").click()
    phone.locator(".languages").get_by_role("link", name=LANGUAGE_NAMES["ar"], exact=True).click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    phone.locator('main a[href$="/aendern/"]').click()
    rows = phone.locator(".upkeep-hours").count()
    phone.locator("[name=phone]").fill("+49 234 987654")
    phone.locator("button[name=more][value=hours]").click()
    expect(phone.locator("[name=phone]")).to_have_value("+49 234 987654")
    assert phone.locator(".upkeep-hours").count() > rows
    phone.locator(f"[name=hours-{rows}-weekday]").select_option("6")
    phone.locator(f"[name=hours-{rows}-opens]").fill("10:00")
    phone.locator(f"[name=hours-{rows}-closes]").fill("13:30")
    send = phone.locator("main form button").last
    send.click()
    error = phone.locator('[role=alert] a[href="#id_consent"]')
    expect(error).to_be_visible()
    error.click()
    phone.locator("[name=consent]").check()
    send.click()
    expect(phone).to_have_url(re.compile(r"/ar/profil/.*/danke/$"))

    phone.goto(BOCHUM)
    expect(phone.get_by_text("987654")).to_have_count(0)
    told = mail_to(running_site, "koordination@").get_body(("plain",)).get_content()
    assert "Brückenschlag" in told
