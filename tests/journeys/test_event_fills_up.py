"""An event with two places fills up, somebody cancels from their mail, and the waiting list moves."""

from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.journeys.admin import log_in
from tests.journeys.mails import link_in, mail_to
from tests.journeys.visits import TOO_WIDE, barriers

EVENT = "termine/kleine-runde/"
LINK = "/anmeldung/"


@pytest.fixture
def phone(browser, address):
    """Without scripts: whatever works here works for everybody."""
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, java_script_enabled=False, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


@pytest.fixture
def checker(browser, address):
    """Looks at the same pages with scripts, as axe needs them."""
    context = browser.new_context(
        base_url=address, viewport={"width": 320, "height": 740}, locale="de-DE", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()

    def is_sound(at: str) -> None:
        page.goto(at)
        assert page.evaluate(TOO_WIDE) == []
        assert barriers(page) == []

    yield is_sound
    context.close()


def come(phone, checker, running_site, language: str, name: str) -> str:
    """From the event's page to the button behind the mail; gives the link."""
    email = f"{name}@example.org"
    phone.goto(f"/{language}/{EVENT}")
    phone.locator(".registration a.button").click()
    checker(phone.url)
    phone.locator("[name=name]").fill(name.title())
    phone.locator("[name=email]").fill(email)
    phone.locator("[name=consent]").check()
    phone.locator("main form button").first.click()
    phone.wait_for_url("**/gesendet/")
    checker(phone.url)
    link = link_in(mail_to(running_site, email), LINK)
    assert f"/{language}/" in link
    checker(link)
    phone.goto(link)
    phone.locator("button[value=confirm]").click()
    expect(phone.locator("button[value=confirm]")).to_have_count(0)
    return link


def test_an_event_fills_up_somebody_cancels_and_the_waiting_list_moves(phone, checker, running_site, browser, address):
    for language in ("de", "ar"):
        checker(f"/{language}/{EVENT}".replace("/", f"{address}/", 1))
    links = {name: come(phone, checker, running_site, language, name) for language, name in
             (("ar", "ayla"), ("de", "bruno"), ("de", "chiara"), ("ar", "dalia"))}  # fmt: skip
    phone.goto(f"/de/{EVENT}")
    expect(phone.locator(".registration-waiting-list")).to_be_visible()

    booked = mail_to(running_site, "ayla@example.org", 2)
    assert [part.get_content_type() for part in booked.iter_attachments()] == ["text/calendar"]
    assert 'dir="rtl"' in booked.get_body(("html",)).get_content()
    assert not [*mail_to(running_site, "chiara@example.org", 2).iter_attachments()]  # waits

    mine = link_in(booked, LINK)
    checker(mine)
    phone.goto(mine)
    phone.locator("summary").last.click()
    phone.locator("button[value=cancel]").click()
    expect(phone.locator("button[value=cancel]")).to_have_count(0)
    for used in (mine, links["ayla"]):
        assert phone.goto(used).status == 404

    moved_up = mail_to(running_site, "chiara@example.org", 3)
    assert [part.get_content_type() for part in moved_up.iter_attachments()] == ["text/calendar"]
    phone.goto(link_in(moved_up, LINK))
    expect(phone.locator("a[href$='termin.ics']")).to_be_visible()
    checker(phone.url)

    staff = log_in(browser, address, "redaktion")
    staff.goto("/admin/registrations/lists/")
    staff.get_by_role("link", name="Kleine Runde").click()
    rows = staff.locator("form tbody tr")
    for name in ("Bruno", "Chiara"):
        expect(rows.filter(has_text=name)).to_have_count(1)
    expect(staff.locator("ol li").filter(has_text="Dalia")).to_be_visible()
    rows.filter(has_text="Bruno").get_by_role("checkbox").check()
    staff.get_by_role("button", name="Speichern").click()
    expect(staff.locator(".messages .success")).to_be_visible()
    expect(rows.filter(has_text="Bruno").get_by_role("checkbox")).to_be_checked()
    staff.close()


FIFTY = """
from datetime import timedelta
from django.utils import timezone
from campaigns.models import ConsentText, EventPage, Registration
from campaigns.registering import links
page = EventPage.objects.get(slug="letzter-platz")
consent, _new = ConsentText.objects.get_or_create(page=page, language="de", digest="x", defaults={"text": "Ja."})
for number in range(50):
    email = f"nr{number}@last.example"
    row = Registration.objects.create(date=page.dates.get(), name="Gast", email=email, email_key=email, language="de", consent=consent)
    print(links.make(row))
"""
COUNT = """
from campaigns.models import EventDate, Registration
date = EventDate.objects.get(event__slug="letzter-platz")
print(Registration.objects.seated().filter(date=date).count(), date.taken)
"""


def test_fifty_press_the_button_at_once_for_the_last_place(running_site):
    """With the server's own threads, on whichever database it runs."""

    def press(link):
        try:
            with urlopen(Request(link, b"action=confirm", method="POST"), timeout=120) as answer:
                return answer.status
        except HTTPError as error:
            return error.code

    links = running_site.ask(FIFTY).splitlines()
    with ThreadPoolExecutor(50) as guests:
        assert sorted(guests.map(press, links)) == [200] + [409] * 49
    assert running_site.ask(COUNT) == "1 1"
