"""What a calendar program makes of our calendars when it follows RFC 5545 to the letter."""

from datetime import UTC, datetime, time, timedelta

import pytest
from dateutil.rrule import rruleset, rrulestr
from django.utils import timezone
from icalendar import Calendar

from campaigns.models import DayLeftOut, EventDate, EventPage, ExtraDate
from tests.campaigns.events import BERLIN, DAY, HOUR, WEEK, event, in_days, long_ago, published

pytestmark = pytest.mark.django_db
AHEAD = timedelta(days=300)


def calendar(client, address="/de/termine/fest.ics"):
    return Calendar.from_ical(client.get(address).content)


def shown(client) -> set[tuple[datetime, datetime]]:
    """Beginning and end of all that takes place in the next months, by rule, exceptions and single instances."""
    entries = calendar(client).walk("VEVENT")
    single = {(entry["UID"], entry["RECURRENCE-ID"].dt): entry for entry in entries if "RECURRENCE-ID" in entry}
    found = set()
    for entry in entries:
        if "RECURRENCE-ID" in entry:
            continue
        length = entry["DTEND"].dt - entry["DTSTART"].dt
        for start in beginnings(entry):
            instead = single.get((entry["UID"], start), entry)
            times = (instead["DTSTART"].dt, instead["DTEND"].dt) if instead is not entry else (start, start + length)
            if instead["STATUS"] == "CONFIRMED":
                found.add(tuple(moment.astimezone(UTC) for moment in times))
    return {(start, end) for start, end in found if start > timezone.now()}


def beginnings(entry) -> list[datetime]:
    start, moments = entry["DTSTART"].dt, rruleset()
    moments.rdate(start)
    if "RRULE" in entry:
        moments.rrule(rrulestr(entry["RRULE"].to_ical().decode(), dtstart=start))
    for name, add in (("RDATE", moments.rdate), ("EXDATE", moments.exdate)):
        for moment in entry[name].dts if name in entry else []:
            add(moment.dt)
    return [*moments.between(start, timezone.now() + AHEAD, inc=True)]


def written(page) -> set[tuple[datetime, datetime]]:
    rows = EventDate.objects.filter(event=page, starts_at__gt=timezone.now(), starts_at__lte=timezone.now() + AHEAD)
    return {*rows.taking_place().values_list("starts_at", "ends_at")}


def test_a_series_that_goes_on_at_another_time(site, client):
    page = event(site, starts_at=in_days(-14), rule="FREQ=WEEKLY")
    published(page, starts_at=page.starts_at + HOUR, ends_at=page.ends_at + HOUR)
    assert shown(client) == written(page)


def test_a_series_that_goes_on_on_another_weekday(site, client):
    page = event(site, starts_at=in_days(-14), rule="FREQ=WEEKLY")
    published(page, starts_at=in_days(8), ends_at=in_days(8) + 2 * HOUR)
    assert shown(client) == written(page)
    assert len(written(page)) > 30
    past = [entry for entry in calendar(client).walk("VEVENT") if entry["DTSTART"].dt < timezone.now()]
    assert {entry["DTSTART"].dt for entry in past} >= {in_days(-14), in_days(-7)}
    assert len({entry["UID"] for entry in calendar(client).walk("VEVENT")}) == len(past) + 1


def test_a_date_before_the_series_begins(site, client):
    page = event(site, rule="FREQ=WEEKLY;COUNT=4")
    page.extra_dates = [ExtraDate(day=in_days(5).date())]
    page.save_revision().publish()
    assert shown(client) == written(page)
    assert len(written(page)) == 5


def test_a_series_with_everything(site, client):
    page = event(site, starts_at=in_days(-7, hour=22), hours=6, rule="FREQ=WEEKLY")
    page.days_left_out = [DayLeftOut(first_day=in_days(7).date(), last_day=in_days(15).date())]
    page.extra_dates = [ExtraDate(day=in_days(9).date()), ExtraDate(day=in_days(10).date(), starts=time(9))]
    page.save_revision().publish()
    moved, off = EventDate.objects.filter(event=page, starts_at__gt=in_days(20))[:2]
    EventDate.objects.filter(pk=moved.pk).update(starts_at=moved.starts_at + DAY, ends_at=moved.ends_at + 2 * DAY)
    EventDate.objects.filter(pk=off.pk).update(cancelled_at=timezone.now())
    assert shown(client) == written(page)


@pytest.mark.parametrize("hour", [2, 3])
def test_nights_in_which_the_clocks_change(site, client, hour):
    page = event(site, starts_at=in_days(1, hour=hour).replace(minute=30), rule="FREQ=DAILY", hours=4)
    assert shown(client) == written(page)


def test_dates_without_a_rule(site, client):
    page = event(site)
    page.extra_dates = [ExtraDate(day=in_days(9).date()), ExtraDate(day=in_days(3).date())]
    page.save_revision().publish()
    assert shown(client) == written(page)
    assert len(written(page)) == 3


def test_a_series_that_is_cancelled_later_keeps_what_took_place(site, client):
    page = event(site, starts_at=in_days(-14), rule="FREQ=WEEKLY")
    published(page, is_cancelled=True)
    master, *instances = calendar(client).walk("VEVENT")
    assert master["STATUS"] == "CANCELLED"
    assert {entry["STATUS"]: entry["RECURRENCE-ID"].dt for entry in instances}["CONFIRMED"] < timezone.now()
    assert not shown(client)


def test_an_event_that_is_over_was_not_cancelled(site, client):
    page = event(site, starts_at=in_days(-7))
    published(page, is_cancelled=True)
    (entry,) = calendar(client).walk("VEVENT")
    assert entry["STATUS"] == "CONFIRMED"


def test_what_ends_when_it_begins_has_no_end(site, client):
    event(site, hours=0)
    (entry,) = calendar(client).walk("VEVENT")
    assert "DTEND" not in entry


def test_control_characters_are_in_no_text(site, client):
    page = event(site, location_name="Haus\x0bHof")
    published(page, title="Fest\x0bam Abend\u2028", summary="Eins.\r\nZwei.\rDrei.\x85")
    raw = client.get("/de/termine/fest.ics").content.decode()
    assert {character for character in raw if not character.isprintable()} == {"\r", "\n"}
    assert raw.count("\r") == raw.count("\n") == raw.count("\r\n")
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert entry["DESCRIPTION"].startswith("Eins.\nZwei. Drei.")


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("America/New_York", datetime(2027, 1, 1, 1, tzinfo=UTC)),  # still the old year there
        ("Europe/Berlin", datetime(2050, 6, 1, 18, tzinfo=BERLIN)),
        ("Asia/Dubai", datetime(2027, 6, 1, 18, tzinfo=UTC)),
        ("Europe/Dublin", datetime(2027, 6, 1, 18, tzinfo=UTC)),
        ("Etc/UTC", datetime(2027, 6, 1, 18, tzinfo=UTC)),
    ],
)
def test_the_clock_of_each_zone_is_described_from_the_first_day_on(site, client, zone, start):
    page = event(site, starts_at=start, time_zone=zone, rule="FREQ=MONTHLY;COUNT=6")
    page = long_ago(page)
    (described,) = calendar(client).walk("VTIMEZONE")
    clock = described.to_tz(lookup_tzid=False)
    for row in EventDate.objects.filter(event=page):
        for moment in (row.starts_at, row.ends_at):
            wall = moment.astimezone(page.zone).replace(tzinfo=None)
            assert wall.replace(tzinfo=clock).astimezone(UTC) == moment
    onsets = [part["DTSTART"].dt for part in described.subcomponents]
    assert min(onsets) <= start.astimezone(page.zone).replace(tzinfo=None)


def test_all_that_rfc_5545_and_5546_ask_for_is_there(site, client):
    page = event(site, rule="FREQ=WEEKLY;COUNT=6")
    EventDate.objects.filter(event=page, starts_at__gt=in_days(20)).update(note="Anderer Raum")
    found = calendar(client)
    assert {found[name] for name in ("VERSION", "METHOD")} == {"2.0", "PUBLISH"}
    assert found["PRODID"]
    zones = {zone["TZID"] for zone in found.walk("VTIMEZONE")}
    for entry in found.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "SEQUENCE"} <= entry.keys()
        assert "ATTENDEE" not in entry
        assert entry["DTSTAMP"].to_ical().endswith(b"Z")
        for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
            assert name not in entry or entry[name].params["TZID"] in zones
    assert EventPage.objects.get(pk=page.pk).rule.endswith("COUNT=6")
    assert WEEK * 5 + in_days(7) >= max(start for start, _end in shown(client))
