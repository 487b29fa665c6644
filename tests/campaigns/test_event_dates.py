"""An event's dates follow its rule and keep whoever registered for them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from campaigns.events import dates
from campaigns.events.recurrence import Rule, read
from campaigns.models import (
    ConsentText,
    DayLeftOut,
    EventDate,
    EventIndexPage,
    EventPage,
    ExtraDate,
    Registration,
)
from tests.campaigns.events import BERLIN, DAY, HOUR, WEEK, event, in_days, long_ago, published, starts
from tests.site.world import translate

pytestmark = pytest.mark.django_db


def local_times(page):
    return {moment.astimezone(BERLIN).time() for moment in starts(page)}


# --- The rule ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270715",
        "FREQ=MONTHLY;BYDAY=2TU;COUNT=10",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY",
    ],
)
def test_a_rule_is_stored_as_it_is_read(text):
    assert str(read(text)) == text


def test_the_weekday_of_a_month_is_that_of_the_first_date():
    rule = Rule("MONTHLY", position=1)
    assert str(rule.beginning(datetime(2026, 12, 8, tzinfo=UTC))) == "FREQ=MONTHLY;BYDAY=2TU"
    assert str(rule.beginning(datetime(2026, 12, 29, tzinfo=UTC))) == "FREQ=MONTHLY;BYDAY=-1TU"


def test_the_last_day_belongs_to_the_series():
    times = Rule("WEEKLY", until=date(2026, 12, 15)).times(datetime(2026, 12, 1, 18, tzinfo=UTC).replace(tzinfo=None))
    assert [moment.day for moment in times] == [1, 8, 15]


# --- Writing ----------------------------------------------------------------------------------------------------------
def test_an_event_has_one_date_and_a_translation_none(site):
    page = event(site)
    arabic = translate(page, EventIndexPage.objects.get(locale__language_code="ar"), "حفل")
    assert starts(page) == [page.starts_at]
    assert starts(arabic) == []


def test_a_weekly_18_00_stays_18_00_when_the_clocks_change(site):
    page = event(site, rule="FREQ=WEEKLY;COUNT=52")
    assert len(starts(page)) == 52
    assert local_times(page) == {time(18)}
    assert {moment.utcoffset() for moment in (start.astimezone(BERLIN) for start in starts(page))} == {HOUR, 2 * HOUR}


def test_a_time_in_the_hour_that_does_not_exist_is_an_hour_later(site):
    start = datetime(2027, 3, 27, 2, 30, tzinfo=BERLIN)
    page = event(site, starts_at=start, rule="FREQ=DAILY;COUNT=3")
    assert [f"{moment.astimezone(BERLIN):%H:%M}" for moment in starts(page)] == ["02:30", "03:30", "02:30"]


def test_days_are_left_out_and_added(site):
    page = event(site, rule="FREQ=WEEKLY;COUNT=5")
    first = timezone.localdate(page.starts_at)
    page.days_left_out = [DayLeftOut(first_day=first + WEEK, last_day=first + 2 * WEEK)]
    page.extra_dates = [ExtraDate(day=first + DAY), ExtraDate(day=first + 2 * DAY, starts=time(23), ends=time(1))]
    page.save_revision().publish()
    offsets = [(timezone.localdate(start) - first).days for start in starts(page)]
    assert offsets == [0, 1, 2, 21, 28]
    late = EventDate.objects.get(event=page, starts_at__date=first + 2 * DAY)
    assert late.ends_at - late.starts_at == 2 * HOUR


def test_an_event_whose_every_day_is_left_out_still_has_a_date(site):
    page = event(site)
    page.days_left_out = [DayLeftOut(first_day=timezone.localdate(page.starts_at))]
    page.save_revision().publish()
    assert starts(page) == [page.starts_at]


def test_a_draft_changes_no_date(site):
    page = event(site)
    page.starts_at += WEEK
    page.ends_at += WEEK
    page.save_revision()
    assert starts(page) == [page.starts_at - WEEK]


def test_an_endless_series_is_written_a_year_ahead_and_then_by_the_command(site, monkeypatch):
    page = event(site, rule="FREQ=WEEKLY")
    before = starts(page)
    assert timezone.now() + 390 * DAY < before[-1] < timezone.now() + dates.AHEAD
    later = timezone.now() + 10 * WEEK
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    call_command("write_event_dates")
    call_command("write_event_dates")
    after = starts(page)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 10


def test_a_long_series_that_began_years_ago_gets_the_dates_of_its_last_year(site):
    page = event(site, starts_at=in_days(-7 * 52 * 9), rule="FREQ=WEEKLY")
    assert timezone.now() - 367 * DAY < starts(page)[0]
    assert starts(page)[-1] > timezone.now() + 390 * DAY


# --- Changes ----------------------------------------------------------------------------------------------------------
def pks(page):
    return [*EventDate.objects.filter(event=page).order_by("starts_at").values_list("pk", flat=True)]


def test_another_time_of_day_keeps_the_dates(site):
    page = event(site, rule="FREQ=WEEKLY;COUNT=5")
    before = pks(page)
    published(page, starts_at=page.starts_at + HOUR, ends_at=page.ends_at + HOUR)
    assert pks(page) == before
    assert local_times(page) == {time(19)}
    assert not any(row.is_moved for row in EventDate.objects.all())


def test_a_single_date_that_was_moved_stays_where_it_is(site):
    page = event(site, rule="FREQ=WEEKLY;COUNT=3")
    row = EventDate.objects.filter(event=page)[1]
    row.starts_at, row.ends_at = row.starts_at + DAY, row.ends_at + DAY
    row.save()
    published(page, starts_at=page.starts_at + HOUR, ends_at=page.ends_at + HOUR)
    moved = EventDate.objects.get(pk=row.pk)
    assert moved.starts_at == row.starts_at
    assert moved.original_start == row.original_start + HOUR


def test_what_lies_behind_stays_as_it_was(site):
    page = event(site, starts_at=in_days(-14), rule="FREQ=WEEKLY;COUNT=6")
    past = [*EventDate.objects.filter(event=page).over().values_list("pk", "starts_at", "ends_at")]
    published(page, starts_at=page.starts_at + HOUR, ends_at=page.ends_at + 2 * HOUR, rule="FREQ=WEEKLY;COUNT=3")
    assert [*EventDate.objects.filter(event=page).over().values_list("pk", "starts_at", "ends_at")] == past


def test_the_one_date_of_an_event_is_the_same_after_a_move_and_knows_when_it_was_to_be(site):
    page = long_ago(event(site))
    (row,) = pks(page)
    moved = published(page, starts_at=page.starts_at + 3 * DAY, ends_at=page.ends_at + 3 * DAY)
    (date,) = EventDate.objects.filter(event=page)
    assert (date.pk, date.starts_at, date.original_start) == (row, moved.starts_at, page.starts_at)
    back = published(page, starts_at=page.starts_at, ends_at=page.ends_at)
    assert not EventDate.objects.get(event=back).is_moved


def test_a_slip_of_the_pen_moves_nothing(site):
    page = published(event(site))
    published(page, starts_at=page.starts_at + DAY, ends_at=page.ends_at + DAY)
    assert not EventDate.objects.get(event=page).is_moved


def register(date) -> Registration:
    consent = ConsentText.objects.create(page=date.event, language="de", digest="0" * 64, text="Ich stimme zu.")
    email = "thi@example.org"
    values = {"name": "Thi", "email": email, "email_key": email, "language": "de", "consent": consent}
    return Registration.objects.create(date=date, confirmed_at=timezone.now(), **values)


def test_a_date_that_is_no_longer_planned_goes_but_not_from_under_those_who_registered(site):
    page = event(site, rule="FREQ=WEEKLY;COUNT=4")
    free, taken = EventDate.objects.filter(event=page)[2:]
    registration = register(taken)
    page = published(page, rule="FREQ=WEEKLY;COUNT=2")
    assert not EventDate.objects.filter(pk=free.pk).exists()
    assert EventDate.objects.get(pk=taken.pk).is_cancelled
    assert Registration.objects.get(pk=registration.pk).date_id == taken.pk
    published(page, rule="FREQ=WEEKLY;COUNT=4")
    assert not EventDate.objects.get(pk=taken.pk).is_cancelled


def test_whoever_registered_moves_with_the_one_date_of_an_event(site):
    page = long_ago(event(site))
    registration = register(EventDate.objects.get(event=page))
    moved = published(page, starts_at=page.starts_at + 3 * DAY, ends_at=page.ends_at + 3 * DAY)
    assert Registration.objects.get(pk=registration.pk).date.starts_at == moved.starts_at


def test_deleting_an_event_takes_its_dates_along(site):
    page = event(site, rule="FREQ=WEEKLY;COUNT=4")
    register(EventDate.objects.filter(event=page)[0])
    EventPage.objects.get(pk=page.pk).delete()
    assert not EventDate.objects.exists()


def test_a_cancelled_event_cancels_what_is_to_come_and_brings_back_only_that(site):
    page = event(site, starts_at=in_days(-6), rule="FREQ=WEEKLY;COUNT=4")
    single = EventDate.objects.filter(event=page).to_come()[1]
    EventDate.objects.filter(pk=single.pk).update(cancelled_at=timezone.now())
    page = published(page, is_cancelled=True)
    assert not EventDate.objects.filter(event=page).to_come().taking_place().exists()
    assert EventDate.objects.filter(event=page).over().taking_place().count() == 1
    published(page, is_cancelled=False)
    assert [row.pk for row in EventDate.objects.filter(event=page).exclude(cancelled_at=None)] == [single.pk]


# --- What cannot be ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": in_days(6)}, "ends_at"),
        ({"starts_at": datetime(1999, 1, 1, tzinfo=BERLIN)}, "starts_at"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO", "starts_at": datetime(2027, 6, 1, tzinfo=BERLIN)}, "rule"),
        ({"price_kind": "amount"}, "price"),
        ({"price_kind": "sliding", "price": 9, "highest_price": 5}, "highest_price"),
        ({"registers_here": True, "registration_url": "https://example.org/"}, "registration_url"),
    ],
)
def test_what_cannot_be_is_refused(site, values, field):
    page = event(site)
    for name, value in values.items():
        setattr(page, name, value)
    if "starts_at" in values:
        page.ends_at = page.starts_at + timedelta(hours=2)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert field in refused.value.message_dict
