"""Project staff build a campaign in three languages; it is signed on a phone, counted, exported, and its data goes.

Stands behind most journeys by its name: by then the clock of the running site has struck.
"""

import csv
import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.languages import LANGUAGE_NAMES
from tests.journeys.admin import choose_action, log_in, translate_next
from tests.journeys.mails import link_in, mail_to
from tests.journeys.visits import TOO_WIDE, barriers

TITLE = "Ein Haus für alle Vereine"
SLUG = "ein-haus-fur-alle-vereine"
TEXTS = {
    "summary": "Die Vereine der Stadt teilen sich drei Zimmer. Wir bitten um ein Haus.",
    "ask": "Die Stadt stellt ein Haus bereit.",
    "form_intro": "Wer unterschreibt, wird gezählt.",
    "consent_text": "Meine Angaben dürfen gespeichert werden, um mich zu zählen.",
    "confirmation_text": "Bitte bestätige, dass du dabei bist.",
    "thank_you_text": "Danke, dass du dabei bist.",
    "share_text": "Mach mit:",
}
WORDS = {"ar": "نص الحملة رقم {}", "tr": "Kampanya metni {}"}
OURS_IN_ARABIC = "نص الحملة رقم"
TRANSLATORS = {"ar": "uebersetzung-ar", "tr": "uebersetzung-tr"}
LEADS = {"ar": "sprachleitung-ar", "tr": "admin"}
NAME, EMAIL = "ليلى حداد", "leyla.haddad@example.org"
RUNS = "from core.models import RetentionRun; print(RetentionRun.objects.exclude(finished_at=None).count())"
LATER = """
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from campaigns.models import CampaignPage, SignUp
page = CampaignPage.objects.get(slug="{slug}", locale__language_code="de")
CampaignPage.objects.filter(pk=page.pk).update(handed_over_on=timezone.localdate() - timedelta(days={days}))
call_command("purge_personal_data", verbosity=0)
print("kept:", SignUp.objects.filter(campaign=page).count(), "counted:", page.tally.confirmed)
"""


@pytest.fixture
def phone(browser, address):
    """In Arabic, without scripts: whatever works here works for everybody."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": 360, "height": 740},
        locale="ar",
        has_touch=True,
        is_mobile=True,
        java_script_enabled=False,
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


@pytest.fixture
def checker(browser, address):
    context = browser.new_context(viewport={"width": 320, "height": 740}, locale="ar", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()

    def is_sound(at: str) -> None:
        page.goto(at)
        assert page.evaluate(TOO_WIDE) == []
        assert barriers(page) == []

    yield is_sound
    context.close()


def build(staff) -> str:
    """A draft with everything it needs, submitted; gives its number."""
    staff.goto("/admin/pages/search/?q=Kampagnen")
    index = staff.locator("table a[href*='/edit/']").filter(has_text=re.compile(r"^\s*Kampagnen\s*$")).first
    parent = re.search(r"/pages/(\d+)/", index.get_attribute("href"))[1]
    staff.goto(f"/admin/pages/add/campaigns/campaignpage/{parent}/")
    staff.locator("[name=title]").press_sequentially(TITLE)
    for name, text in TEXTS.items():
        staff.locator(f"[name={name}]").fill(text)
    staff.locator("[name=goal]").fill("500")
    staff.locator("[name=starts_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    staff.get_by_role("button", name="Entwurf speichern").click()
    staff.wait_for_url("**/edit/")
    number = re.search(r"/pages/(\d+)/edit/", staff.url)[1]
    choose_action(staff, "In Redaktion gibt frei einreichen")
    return number


def translate(browser, address, code: str) -> None:
    """The last text is the address or the like: whatever is open is filled in."""
    translator = log_in(browser, address, TRANSLATORS[code])
    open_in(translator, code)
    total = int(translator.locator(".translation-bar progress").get_attribute("max"))
    for place in range(total):
        translate_next(translator, WORDS[code].format(place + 1))
    translator.reload()
    translator.get_by_role("button", name="Zur Prüfung einreichen").click()
    translator.locator("form[action*='/review/'] button").click()
    expect(translator.locator(".messages .success")).to_be_visible()
    translator.close()
    lead = log_in(browser, address, LEADS[code])
    open_in(lead, code)
    lead.locator(".translation-bar form[action*='/approve/'] button").click()
    expect(lead.get_by_role("link", name="Live-Seite")).to_be_visible()
    lead.close()


def open_in(page, code: str) -> None:
    """From the board, where some see several languages and some one."""
    page.goto(f"/admin/translations/?q={TITLE}")
    cells = page.locator(f".board-cell:has(.board-cell__language:text-is('{LANGUAGE_NAMES[code]}'))")
    (cells if cells.count() else page.locator(".board-cell")).locator("a").first.click()
    expect(page.locator(".desk--ready")).to_be_visible()


def sign(phone, checker) -> None:
    phone.goto(f"/ar/kampagnen/{SLUG}/")
    checker(phone.url)
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    form = phone.locator("form.sign-up")
    if not form.count():
        phone.locator("main a[href$='/mitmachen/']").first.click()
    phone.locator("[name=name]").fill(NAME)
    phone.locator("[name=email]").fill(EMAIL)
    phone.locator("[name=postal_code]").fill("٤٤١٣٧")
    phone.locator("[name=comment]").fill("نريد بيتًا لنا جميعًا")
    phone.locator("form.sign-up button").tap()
    expect(phone.locator('[role=alert] a[href="#id_consent"]')).to_be_visible()
    expect(phone.locator("[name=name]")).to_have_value(NAME)
    phone.locator("[name=consent]").check()
    phone.locator("form.sign-up button").tap()
    phone.wait_for_url("**/gesendet/")
    checker(phone.url)


def confirm(phone, checker, running_site) -> None:
    """Nobody is counted before the button behind the mail."""
    link = link_in(in_arabic(mail_to(running_site, EMAIL)), "/mitmachen/")
    checker(link)
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text(NAME)
    is_counted(phone, "0٠")
    phone.goto(link)
    phone.locator("button[value=confirm]").tap()
    expect(phone.locator("button[value=confirm]")).to_have_count(0)
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.locator(".taking-part > p").first).to_contain_text(OURS_IN_ARABIC)
    expect(phone.locator(".share-ways a")).to_have_count(4)
    in_arabic(mail_to(running_site, EMAIL, 2))


def in_arabic(mail):
    """In the frame of the site and the words of the campaign, and without a word that was typed."""
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert 'lang="ar" dir="rtl"' in html
    assert OURS_IN_ARABIC in text
    assert NAME not in text + html
    return mail


def is_counted(phone, digits: str) -> None:
    """In every language of the campaign."""
    for language in ("de", "tr", "ar"):
        phone.goto(f"/{language}/kampagnen/{SLUG}/")
        expect(phone.locator(".progress .big")).to_have_text(re.compile(f"^[{digits}]$"))


def wait_for_the_clock(running_site) -> None:
    """A site that serves itself has purged of its own accord when it has run for a minute."""
    deadline = time.monotonic() + 120
    while int(running_site.ask(RUNS)) == 0:
        assert time.monotonic() < deadline
        time.sleep(1)


def test_a_campaign_is_built_signed_counted_exported_and_purged(
    phone, checker, running_site, browser, address, tmp_path
):
    staff = log_in(browser, address, "projekt")
    number = build(staff)
    editor = log_in(browser, address, "redaktion")
    editor.goto(f"/admin/pages/{number}/edit/")
    choose_action(editor, "Freigeben und Veröffentlichen")
    editor.goto(f"/admin/localize/submit/page/{number}/")
    for code in WORDS:
        editor.get_by_label(LANGUAGE_NAMES[code]).check()
    editor.locator("main form").get_by_role("button", name="Absenden").click()
    expect(editor.locator(".messages .success")).to_be_visible()
    for code in WORDS:
        translate(browser, address, code)

    staff.goto(f"/admin/pages/{number}/edit/")
    ready = staff.locator(".launch-check li").filter(has=staff.locator(".icon-check"))
    for language in ("Deutsch", LANGUAGE_NAMES["tr"], LANGUAGE_NAMES["ar"]):
        expect(ready.filter(has_text=language)).to_have_count(1)
    expect(ready).to_have_count(3)

    phone.goto(f"/ru/kampagnen/{SLUG}/")  # not translated, so not offered
    expect(phone.locator("main form.sign-up")).to_have_count(0)
    sign(phone, checker)
    confirm(phone, checker, running_site)
    is_counted(phone, "1١")

    staff.goto("/admin/sign-ups/?moderated=waiting")
    expect(staff.locator("main").get_by_text(NAME)).to_be_visible()
    staff.goto("/admin/campaign-figures/")
    expect(staff.locator(".desk-chart svg").first).to_be_visible()
    staff.goto("/admin/sign-ups/")
    with staff.expect_download() as download:
        staff.evaluate("location.href = '/admin/sign-ups/?export=csv'")
    download.value.save_as(tmp_path / "list.csv")
    rows = [*csv.reader((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";")]
    assert [row[1:4] for row in rows[1:]] == [[NAME, EMAIL, "44137"]]
    staff.goto("/admin/exports/")
    expect(staff.locator("main tbody tr")).to_have_count(1)

    wait_for_the_clock(running_site)
    assert "kept: 1" in running_site.ask(LATER.format(slug=SLUG, days=150))
    assert "kept: 0 counted: 1" in running_site.ask(LATER.format(slug=SLUG, days=190))
    is_counted(phone, "1١")
    staff.goto("/admin/sign-ups/")
    expect(staff.locator("main").get_by_text(NAME)).to_have_count(0)
    for person in (staff, editor):
        person.close()
