"""The office writes an issue, sees it in every language, sends it; readers of three languages get it, each their own."""

import re
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.journeys.admin import log_in
from tests.journeys.mails import link_in, mail_to, mails_to
from tests.journeys.visits import TOO_WIDE, barriers

PHONE = {"width": 360, "height": 740}
SUBJECT = "Neues zum Ausprobieren"
GREETINGS = {"ar": ("جديد للتجربة", "أهلًا بكم"), "tr": ("Denemek için yenilikler", "Merhaba")}
SUBJECTS = {"de": SUBJECT, "ar": GREETINGS["ar"][0], "tr": GREETINGS["tr"][0]}
NEWS = "Mehr als 520 Organisationen"
READERS = """
from campaigns.models import Subscriber
for language in ("de", "ar", "tr"):
    print(Subscriber.objects.to_write_to().filter(language=language).order_by("pk").first().email)
print(*Subscriber.objects.to_write_to().values_list("email", flat=True))
"""


def write(editor) -> None:
    editor.goto("/admin/newsletter-issues/new/")
    editor.locator("[name=subject]").fill(SUBJECT)
    editor.locator("[name=introduction]").fill("Guten Tag,\n\nbitte lesen.")
    editor.locator("#id_items-OPEN_MODAL").click()
    modal = editor.locator(".modal-body")
    modal.locator("[name=q]").fill(NEWS)
    modal.locator("tr", has_text=NEWS).locator("[type=checkbox]").first.check()
    modal.get_by_role("button", name="Auswahl bestätigen").click()
    expect(modal).to_have_count(0)
    for number, (language, (subject, introduction)) in enumerate(GREETINGS.items()):
        editor.locator("#id_translations-ADD").click()
        editor.locator(f"[name=translations-{number}-language]").select_option(language)
        editor.locator(f"[name=translations-{number}-subject]").fill(subject)
        editor.locator(f"[name=translations-{number}-introduction]").fill(introduction)
    editor.locator("main form [type=submit]").first.click()
    expect(editor.locator(".issue-frame")).to_be_visible()


def content(message: EmailMessage, kind: str = "plain") -> str:
    return message.get_body((kind,)).get_content()


@pytest.fixture
def phone(browser, address):
    context = browser.new_context(base_url=address, viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_a_newsletter_goes_out_in_three_languages(browser, phone, address, running_site):
    *first, everybody = running_site.ask(READERS).splitlines()
    readers = dict(zip(SUBJECTS, first, strict=True))
    editor = log_in(browser, address, "redaktion")
    write(editor)
    screen = editor.url

    for language, direction in (("ar", "rtl"), ("tr", "ltr")):
        editor.goto(f"{screen}?language={language}")
        mail = editor.frame_locator(".issue-frame")
        expect(mail.locator("html")).to_have_attribute("dir", direction)
        expect(mail.locator("h1")).to_have_text(SUBJECTS[language])

    editor.locator("button[name=language][value=tr]").click()
    mail_to(running_site, "redaktion@example.org", about=SUBJECTS["tr"])
    assert SUBJECTS["tr"] not in "".join(str(each["Subject"]) for each in mails_to(running_site, readers["tr"]))

    editor.goto(screen)
    editor.locator("[name=when][value=now]").check()
    editor.locator("form:has([name=when]) [type=submit]").click()
    expect(editor.locator(".w-status--primary")).to_be_visible(timeout=60_000)  # the bar has reloaded the page

    for language, reader in readers.items():
        message = next(each for each in mails_to(running_site, reader) if each["Subject"] == SUBJECTS[language])
        assert f'<html lang="{language}"' in content(message, "html")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for reader in everybody.split():
        subjects = [each["Subject"] for each in mails_to(running_site, reader)]
        assert sum(subject in SUBJECTS.values() for subject in subjects) == 1, reader

    arabic = next(each for each in mails_to(running_site, readers["ar"]) if each["Subject"] == SUBJECTS["ar"])
    phone.goto(link_in(arabic, "/ar/newsletter/neues-"))
    expect(phone.locator("h1")).to_have_text(SUBJECTS["ar"])
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    assert phone.evaluate(TOO_WIDE) == []
    assert barriers(phone) == []

    phone.goto(link_in(arabic, "/newsletter/abmelden/"))
    phone.locator("main form button").click()
    left = running_site.ask(
        f"from campaigns.models import *; print(Subscriber.objects.filter(email='{readers['ar']}').exists())"
    )
    assert left == "False"
    editor.close()


def test_twenty_forms_and_twenty_clicks_at_once_are_one_reader(running_site):
    """With the server's own threads, on whichever database it runs."""
    form, address = running_site.address + "/de/newsletter/anmelden/", "ungeduldig@example.net"
    with urlopen(form, timeout=60) as page:
        version = re.search(r'name="consent_version" value="(\w+)"', page.read().decode())[1]
    typed = urlencode({"email": address, "consent": "on", "consent_version": version}).encode()

    def post(where, body):
        with urlopen(Request(where, body, method="POST"), timeout=120) as answer:
            return answer.status, answer.url

    with ThreadPoolExecutor(20) as fingers:
        assert {*fingers.map(lambda _tap: post(form, typed), range(20))} == {(200, form + "gesendet/")}
        link = link_in(mail_to(running_site, address), "/newsletter/anmelden/")
        assert {*fingers.map(lambda _tap: post(link, b"action=confirm"), range(20))} == {(200, link)}
    mail_to(running_site, address, number=2)
    assert len(mails_to(running_site, address)) == 2  # the question and the thanks
    found = f"Subscriber.objects.reachable().filter(email='{address}').count()"
    assert running_site.ask(f"from campaigns.models import Subscriber; print({found})") == "1"
