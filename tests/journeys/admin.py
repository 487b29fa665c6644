"""What people do in the real admin, in the words that they read there."""

from functools import cache
from urllib.parse import quote

from playwright.sync_api import expect

from demo.users import logins


def log_in(browser, address: str, username: str):
    """A new tab of the person's own browser."""
    return _logged_in(browser, address, username).new_page()


@cache
def _logged_in(browser, address: str, username: str):
    """Who has logged in stays so, and the browser remembers the admin's scripts."""
    context = browser.new_context(base_url=address, locale="de-DE", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/admin/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(next(login.password for login in logins() if login.username == username))
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_title("Dashboard - NeMO")
    page.close()
    return context


def open_editor(page, title: str) -> None:
    page.goto(f"/admin/pages/search/?q={quote(title)}")
    page.locator("table").get_by_role("link", name=title).first.click()
    expect(page.get_by_role("button", name="Mehr Aktionen")).to_be_visible()


def choose_action(page, name: str) -> None:
    """Of those beside "save draft"; the answer is a message."""
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messages .success")).to_be_visible()


def open_translation(page, title: str) -> None:
    page.goto(f"/admin/translations/?q={quote(title)}")
    page.locator(".board-cell a").first.click()
    expect(page.locator(".desk--ready")).to_be_visible()


def translate_next(page, text: str):
    """Fill in the first text that is still open, and wait until it has saved itself. Gives how the field is written in."""
    segment = page.locator(":is([data-state=open], [data-state=outdated])").first
    number = segment.get_attribute("id")
    field = segment.locator(".segment__field")
    field.fill(text)
    style = field.evaluate(
        "field => [field.lang, getComputedStyle(field).direction, getComputedStyle(field).textAlign]"
    )
    field.press("Control+Enter")
    expect(page.locator(f"#{number}")).to_have_attribute("data-state", "done")
    return style
