"""The editor as translators use it: with a keyboard alone, on a phone, and while the connection fails."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import StringSegment, StringTranslation

from tests.translations.work import change_source, edit_url, submit, target, translation


@pytest.fixture
def desk(live_server, site, people, browser_page):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    change_source(
        page, body=[("text", "<p>Mehr im <a href='https://example.org/'>Bericht</a>.</p><p>Noch ein Satz.</p>")]
    )
    submit(people["editor"], page, arabic)
    cookie = people["translator_ar"].cookies["sessionid"]
    browser_page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    browser_page.goto(live_server.url + edit_url(target(page, arabic)))
    expect(browser_page.locator(".desk--ready")).to_be_visible()
    browser_page.work = translation(page, arabic)
    return browser_page


def texts(desk):
    rows = StringTranslation.objects.filter(context__object_id=desk.work.source.object_id, locale__language_code="ar")
    return sorted(rows.values_list("data", flat=True))


def segment(desk, number):
    return desk.locator(".segment[data-state]:not([data-state=link])").nth(number)


def field(desk, number):
    return segment(desk, number).locator(".segment__field")


def test_with_the_keyboard_alone(desk):
    desk.keyboard.press("Alt+ArrowDown")
    expect(field(desk, 0)).to_be_focused()
    desk.keyboard.type("من نحن")
    desk.keyboard.press("Control+Enter")
    expect(segment(desk, 0)).to_have_attribute("data-state", "done")
    expect(field(desk, 1)).to_be_focused()
    desk.keyboard.press("F2")
    expect(field(desk, 1)).to_have_value("Wer wir sind.")
    desk.keyboard.press("Control+s")
    expect(segment(desk, 1).locator("[data-status]")).not_to_be_empty()
    expect(segment(desk, 1).locator(".finding")).to_have_count(1)  # still German
    expect(desk.locator("[data-announcement]")).not_to_be_empty()
    desk.keyboard.press("Alt+ArrowDown")
    expect(field(desk, 2)).to_be_focused()
    desk.keyboard.press("Alt+ArrowUp")
    expect(field(desk, 3)).to_be_focused()  # round the corner: nothing before it is open
    desk.keyboard.press("Tab")
    expect(field(desk, 3)).not_to_be_focused()
    expect(desk.locator("[data-done]")).to_have_text("2")
    assert texts(desk) == ["Wer wir sind.", "من نحن"]


def test_what_cannot_be_saved_is_kept_and_saved_later(desk):
    desk.route("**/texts/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    field(desk, 3).fill("جملة أخرى")
    field(desk, 3).press("Control+s")
    expect(segment(desk, 3).locator(".segment__status--failed")).to_be_visible()
    assert texts(desk) == []
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.unroute("**/texts/**")
    desk.reload()
    expect(field(desk, 3)).to_have_value("جملة أخرى")
    field(desk, 3).press("Control+Enter")
    expect(segment(desk, 3)).to_have_attribute("data-state", "done")
    assert texts(desk) == ["جملة أخرى"]


def test_nobody_is_overwritten_without_being_asked(desk, people):
    row = StringSegment.objects.get(source=desk.work.source, string__data="Noch ein Satz.")
    address = reverse("translations:save_text", args=[desk.work.pk, row.pk])
    people["lead_ar"].post(address, {"text": "جملة القائدة"})
    field(desk, 3).fill("جملة المترجمة")
    field(desk, 2).focus()
    expect(segment(desk, 3).locator(".conflict .offer__text")).to_have_text("جملة القائدة")
    field(desk, 3).press("End")
    desk.keyboard.type("!")
    field(desk, 2).focus()
    assert texts(desk) == ["جملة القائدة"]
    segment(desk, 3).locator("[data-mine]").click()
    expect(segment(desk, 3)).to_have_attribute("data-state", "done")
    assert texts(desk) == ["جملة المترجمة!"]


def test_on_a_phone_a_link_is_put_around_words_with_a_tap(desk):
    desk.set_viewport_size({"width": 360, "height": 740})
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    assert field(desk, 2).bounding_box()["y"] > segment(desk, 2).locator(".german").bounding_box()["y"] + 20
    field(desk, 2).fill("المزيد في التقرير")
    field(desk, 2).evaluate("field => field.setSelectionRange(10, 17)")
    segment(desk, 2).locator(".chip--mark").click()
    expect(field(desk, 2)).to_have_value("المزيد في ‹1›التقرير‹/1›")
    field(desk, 2).press("Control+s")
    expect(desk.locator("[data-overall]")).to_have_text(desk.locator(".desk").get_attribute("data-all-saved"))
    assert texts(desk) == ['المزيد في <a id="a1">التقرير</a>']
    desk.set_viewport_size({"width": 1440, "height": 900})
    boxes = [segment(desk, 2).locator(selector).bounding_box() for selector in (".german", ".segment__field")]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
