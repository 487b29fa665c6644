"""What the registered are told: once each, in their language, and nobody else learns the join link."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from campaigns.models import EventDate, EventPage, ExtraDate, Registration
from campaigns.registering import mails, telling, turnout
from tests.campaigns import guests
from tests.campaigns.events import in_days
from tests.campaigns.guests import DAY, HOUR, come, link, mails_to, press, register

JOIN = "https://treffen.example.org/geheim"


@pytest.fixture
def page(site):
    return guests.event(site, online_url=JOIN)


def move(page, by):
    page.starts_at += by
    page.ends_at += by
    page.save()


def tick():
    call_command("mail_registered")


def calendar_of(message):
    ((name, content, kind),) = message.attachments
    assert (name, kind) == ("termin.ics", "text/calendar; method=PUBLISH")
    return Calendar.from_ical(content)


def entry(message):
    return calendar_of(message).walk("VEVENT")[0]


def test_only_the_registered_get_the_join_link(client, site, page):
    page.capacity = 1
    page.save()
    register(client, page)
    assert JOIN not in client.get(link()).text
    assert JOIN in press(client, link(), "confirm").text
    assert JOIN in mail.outbox[-1].body
    assert JOIN in entry(mail.outbox[-1]).to_ical().decode().replace("\r\n ", "")
    come(client, page, "wartet@example.org")
    for message in mails_to("wartet@example.org"):
        assert JOIN not in str(message.message())
    assert JOIN not in client.get(link()).text
    assert client.get(f"{link()}termin.ics").status_code == 404
    for path in (f"/de/termine/{page.slug}/", f"/de/termine/{page.slug}.ics", guests.address(page)):
        assert JOIN not in client.get(path).text.replace("\r\n ", "")


def test_the_calendar_file_is_behind_the_link_as_well(client, page):
    come(client, page)
    answer = client.get(f"{link()}termin.ics")
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.content).walk("VEVENT")[0]["uid"] == entry(mail.outbox[-1])["uid"]


def public(client, page):
    return Calendar.from_ical(client.get(f"/de/termine/{page.slug}.ics").content).walk("VEVENT")[0]


def test_the_file_of_an_only_date_takes_the_place_of_the_public_one(client, page):
    come(client, page)
    mine, theirs = entry(mail.outbox[-1]), public(client, page)
    assert (mine["uid"], mine["sequence"]) == (theirs["uid"], theirs["sequence"])
    assert mine["dtstamp"].dt >= theirs["dtstamp"].dt
    EventPage.objects.filter(pk=page.pk).update(first_published_at=timezone.now() - 9 * DAY)
    move(EventPage.objects.get(pk=page.pk), DAY)
    tick()
    told = entry(mail.outbox[-1])
    assert told["uid"] == mine["uid"]
    assert told["sequence"] == public(client, page)["sequence"] > mine["sequence"]


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=3", ""])
def test_each_of_several_dates_is_an_entry_of_its_own_and_stays_it(client, site, rule):
    page = guests.event(site, rule=rule, capacity=9, starts_at=in_days(9))
    if not rule:
        page.extra_dates = [ExtraDate(day=timezone.localdate(page.starts_at) + n * DAY) for n in (1, 2)]
        page.save()
    for number, date in enumerate(page.dates.all()):
        shown = guests.version_at(client, path := f"/de/termine/{page.slug}/anmelden/{date.pk}/")
        client.post(path, guests.TYPED | {"email": f"nr{number}@example.org", "consent_version": shown})
        press(client, link(), "confirm")
    before = [entry(mails_to(f"nr{number}@example.org")[-1]) for number in range(3)]
    assert len({told["uid"] for told in before}) == 3
    assert public(client, page)["uid"] not in {told["uid"] for told in before}
    move(EventPage.objects.get(pk=page.pk), HOUR)
    tick()
    after = [entry(mails_to(f"nr{number}@example.org")[-1]) for number in range(3)]
    assert [told["uid"] for told in after] == [told["uid"] for told in before]
    assert [told["dtstart"].dt for told in after] == [told["dtstart"].dt + HOUR for told in before]


def test_the_file_is_whole_by_rfc_5545_and_5546(client, page):
    come(client, page)
    found = calendar_of(mail.outbox[-1])
    (zone,) = found.walk("VTIMEZONE")
    (told,) = found.walk("VEVENT")
    assert found["method"] == "PUBLISH"
    assert {"uid", "dtstamp", "dtstart", "dtend", "organizer", "summary", "sequence"} <= {key.lower() for key in told}
    assert told["dtstart"].params["TZID"] == zone["TZID"]
    part = next(
        part
        for part in message_from_bytes(mail.outbox[-1].message(policy=SMTP).as_bytes()).walk()
        if part.get_content_type() == "text/calendar"
    )
    assert (part.get_param("method"), part.get_content_charset(), part.get_filename()) == (
        "PUBLISH",
        "utf-8",
        "termin.ics",
    )
    content = part.get_payload(decode=True)
    assert content.count(b"\n") == content.count(b"\r\n") > 20
    assert client.get(f"{link()}termin.ics")["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"


def test_times_of_another_zone_are_told_with_it(client, site):
    start = datetime(timezone.now().year + 1, 6, 1, 18, tzinfo=ZoneInfo("Asia/Tokyo"))
    page = guests.event(site, starts_at=start, time_zone="Asia/Tokyo")
    assert "Asia/Tokyo" in client.get(guests.address(page)).text
    register(client, page)
    assert "Asia/Tokyo" in client.get(link()).text
    press(client, link(), "confirm")
    for text in (mail.outbox[-1].body, mail.outbox[-1].alternatives[0].content):
        assert "18:00" in text
        assert "Asia/Tokyo" in text


def test_times_of_here_are_told_without_a_zone(client, page):
    come(client, page)
    assert "Berlin" not in mail.outbox[-1].body


def test_a_moved_date_is_told_once_in_each_language(client, page):
    guests.in_arabic(page)
    come(client, page, "de@example.org")
    register(client, page, "ar", email="ar@example.org")
    press(client, link(), "confirm")
    register(client, page, email="nie@example.org")
    tick()
    before = len(mail.outbox)
    move(page, DAY)
    for _minute in range(3):
        tick()
    told = mail.outbox[before:]
    assert sorted(message.to[0] for message in told) == ["ar@example.org", "de@example.org"]
    arabic = next(message for message in told if message.to == ["ar@example.org"])
    assert "ورشة عمل" in arabic.body
    assert 'dir="rtl"' in arabic.alternatives[0].content
    assert entry(arabic)["dtstart"].dt == page.starts_at.replace(microsecond=0)


def test_what_does_not_concern_the_guests_is_not_told(client, page):
    come(client, page)
    before = len(mail.outbox)
    page.title, page.capacity = "Anders", 90
    page.save()
    tick()
    assert len(mail.outbox) == before


@pytest.mark.parametrize("change", [{"location_name": "Anderes Haus"}, {"online_url": "https://neu.example.org/"}])
def test_another_place_is_told(client, page, change):
    come(client, page)
    for name, value in change.items():
        setattr(page, name, value)
    page.save()
    tick()
    assert next(iter(change.values())) in mail.outbox[-1].body


def test_a_cancelled_date_is_told_to_all_who_are_registered_or_wait(client, site):
    page = guests.event(site, capacity=1)
    come(client, page, "a@example.org")
    come(client, page, "b@example.org")
    before = len(mail.outbox)
    EventDate.objects.update(cancelled_at=timezone.now())
    for _minute in range(2):
        tick()
    told = {message.to[0]: message for message in mail.outbox[before:]}
    assert {*told} == {"a@example.org", "b@example.org"}
    assert len(mail.outbox) == before + 2
    assert entry(told["a@example.org"])["status"] == "CANCELLED"
    assert client.get(link(told["a@example.org"])).status_code == 200
    assert press(client, link(told["a@example.org"]), "cancel").status_code == 200


def remind_at(page, before):
    """As if the event began so soon, and everybody had registered long ago."""
    Registration.objects.update(reminded_for=None)
    start = timezone.now() + before
    page.starts_at, page.ends_at = start, start + HOUR
    page.save()
    Registration.objects.update(told=telling.state(EventDate.objects.get()))


def test_the_registered_are_reminded_once_the_day_before(client, site):
    page = guests.event(site, capacity=1)
    come(client, page, "a@example.org")
    come(client, page, "wartet@example.org")
    register(client, page, email="nie@example.org")
    remind_at(page, 30 * HOUR)
    before = len(mail.outbox)
    tick()
    assert len(mail.outbox) == before
    remind_at(page, 23 * HOUR)
    for _minute in range(3):
        tick()
    assert [message.to for message in mail.outbox[before:]] == [["a@example.org"]]


def test_who_registers_on_the_last_day_is_not_reminded(client, site):
    page = guests.event(site, starts_at=timezone.now() + 5 * HOUR)
    come(client, page)
    before = len(mail.outbox)
    tick()
    assert len(mail.outbox) == before


def test_a_date_that_was_moved_is_reminded_of_anew(client, page):
    come(client, page)
    remind_at(page, 23 * HOUR)
    tick()
    move(page, 3 * DAY)
    tick()
    before = len(mail.outbox)
    page.starts_at = timezone.now() + 20 * HOUR
    page.ends_at = page.starts_at + HOUR
    page.save()
    tick()
    assert len(mail.outbox) == before + 1  # told that it is sooner: that is the reminder


def test_a_command_killed_on_the_way_leaves_nobody_out_and_writes_to_nobody_twice(client, site, monkeypatch):
    page = guests.event(site, capacity=9)
    for number in range(5):
        come(client, page, f"nr{number}@example.org")
    remind_at(page, 23 * HOUR)
    before = len(mail.outbox)
    write, written = mails.reminder, []

    def dies(registration, address):
        written.append(registration.pk)
        if len(written) in (2, 4):
            raise KeyboardInterrupt
        return write(registration, address)

    monkeypatch.setattr(mails, "reminder", dies)
    for _run in range(2):
        with pytest.raises(KeyboardInterrupt):
            tick()
    tick()
    assert sorted(message.to[0] for message in mail.outbox[before:]) == [f"nr{n}@example.org" for n in range(5)]


def test_lists_go_thirty_days_after_the_event_and_the_numbers_stay(client, site):
    page = guests.event(site, capacity=5, largest_group=3)
    come(client, page, "a@example.org", people="3")
    register(client, page, "ar", email="b@example.org")
    press(client, link(), "confirm")
    date = EventDate.objects.get()
    Registration.objects.filter(email="a@example.org").update(came=2)
    turnout.note_walk_ins(date, 4)
    EventDate.objects.update(starts_at=timezone.now() - 28 * DAY - HOUR, ends_at=timezone.now() - 28 * DAY)
    call_command("purge_personal_data")
    assert Registration.objects.count() == 2
    EventDate.objects.update(starts_at=timezone.now() - 31 * DAY - HOUR, ends_at=timezone.now() - 31 * DAY)
    for _night in range(2):
        call_command("purge_personal_data")
    assert not Registration.objects.exists()
    kept = turnout.figures(date)
    assert (kept.registered, kept.came, kept.walk_ins, kept.guests) == (4, 2, 4, 6)
    assert kept.languages == {"de": 3, "ar": 1}


def test_what_nobody_confirmed_goes_after_seven_days(client, page):
    register(client, page)
    Registration.objects.update(requested_at=timezone.now() - timedelta(days=8))
    call_command("purge_personal_data")
    assert not Registration.objects.exists()


def test_the_mail_is_one_that_mail_programs_read(client, page):
    come(client, page)
    parts = [part.get_content_type() for part in message_from_bytes(mail.outbox[-1].message().as_bytes()).walk()]
    assert {"text/plain", "text/html", "text/calendar"} <= {*parts}
    assert mail.outbox[-1].extra_headers["Auto-Submitted"] == "auto-generated"
