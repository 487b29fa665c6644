"""Figures stay when people go; charts say the same to the eye and to a screen reader."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from campaigns.desk import places
from campaigns.desk.chart import Columns, Point, Shares, by_period, top_of_scale
from campaigns.models import DayFigures, SignUp
from tests.campaigns.desks import signed

FIGURES = "/admin/campaign-figures/"


def test_whoever_never_confirms_goes_within_seven_days_and_is_counted(desk):
    old, new = (signed(desk.first, email=f"{n}@example.org", confirmed=False) for n in range(2))
    # The run before was up to 25 hours ago.
    SignUp.objects.filter(pk=old.pk).update(requested_at=timezone.now() - timedelta(days=7) + timedelta(hours=24))
    SignUp.objects.filter(pk=new.pk).update(requested_at=timezone.now() - timedelta(days=5))
    call_command("purge_personal_data")
    assert [*SignUp.objects.all()] == [new]
    assert [(day.page_id, day.lapsed) for day in DayFigures.objects.all()] == [(desk.first.pk, 1)]


def test_signatures_of_a_campaign_that_nobody_handed_over_go_two_years_after_its_end(desk):
    signed(desk.first)
    signed(desk.second)
    today = timezone.localdate()
    type(desk.first).objects.filter(pk=desk.first.pk).update(
        starts_on=today - timedelta(days=900), ends_on=today - timedelta(days=729)
    )
    call_command("purge_personal_data")
    assert [row.campaign_id for row in SignUp.objects.all()] == [desk.second.pk]


def test_figures_are_of_own_campaigns(desk):
    DayFigures.count(desk.first.pk, "de", "confirmed", 31)
    DayFigures.count(desk.second.pk, "ar", "confirmed", 47)
    html = desk.mina.get(FIGURES).text
    assert "Deutsch" in html
    assert "العربية" not in html
    assert "العربية" not in desk.mina.get(f"{FIGURES}?campaign={desk.second.pk}").text
    assert "العربية" in desk.redaktion.get(f"{FIGURES}?campaign={desk.second.pk}").text
    assert desk.lead.get(FIGURES)["Location"] == "/admin/"


@pytest.mark.parametrize("query", ["?campaign=%00", "?campaign=99999999999999999999", "?campaign=x&campaign=", "?x=1"])
def test_odd_questions_show_all_of_ones_own(desk, query):
    DayFigures.count(desk.first.pk, "de", "confirmed")
    assert "Deutsch" in desk.mina.get(FIGURES + query).text


def test_figures_cost_the_same_whatever_the_number_of_days_and_campaigns(desk, django_assert_num_queries):
    DayFigures.count(desk.first.pk, "de", "confirmed")
    desk.redaktion.get(FIGURES)
    with CaptureQueriesContext(connection) as few:
        desk.redaktion.get(FIGURES)
    for number in range(200):
        DayFigures.objects.create(
            page=desk.second, day=timezone.localdate() - timedelta(days=number), language="de", confirmed=1
        )
    with django_assert_num_queries(len(few)):
        desk.redaktion.get(FIGURES)


@pytest.mark.parametrize(("days", "points"), [(1, 1), (61, 61), (62, 62), (63, 10), (400, 58), (900, 30)])
def test_long_times_are_told_in_weeks_and_months(days, points):
    first = date(2026, 1, 1)
    found = by_period({first: 1, first + timedelta(days=days - 1): 2})
    assert abs(len(found) - points) <= 1
    assert sum(point.value for point in found) in (3, 2)
    assert len({point.label for point in found}) == len(found)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (1, 1), (3, 5), (11, 20), (1_000_000, 1_000_000), (2_000_001, 5_000_000)]
)
def test_the_scale_ends_with_a_round_number(highest, top):
    assert top_of_scale(highest) == top


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_chart_has_a_name_a_description_and_a_table(language):
    with override(language):
        html = Columns("Bestätigt & <gezählt>", [Point("1.5.", 3), Point("2.5.", 0)], "x").render_html({})
    assert 'role="img"' in html
    assert '<title id="x-title">Bestätigt &amp; &lt;gezählt&gt;</title>' in html
    assert "<desc" in html
    assert html.count("<td>") == 4
    assert "style=" not in html


def test_time_runs_from_the_right_where_one_reads_from_there():
    points = [Point("1.5.", 3), Point("2.5.", 1)]
    german = Columns("x", points).get_context_data({})["columns"]
    with override("ar"):
        arabic = Columns("x", points).get_context_data({})["columns"]
    assert german[0].x < german[1].x
    assert arabic[0].x > arabic[1].x


def test_nothing_is_no_error():
    assert "svg" not in Columns("x", by_period({})).render_html({})
    assert "svg" not in Shares("x", [("Deutsch", 0)], "Sprache").render_html({})


@pytest.mark.parametrize(
    ("code", "state"),
    [
        *(("10115", "BE"), ("20095", "HH"), ("28195", "HB"), ("27568", "HB"), ("24103", "SH"), ("30159", "NI")),
        *(("38100", "NI"), ("44137", "NW"), ("34117", "HE"), ("55116", "RP"), ("66111", "SL"), ("70173", "BW")),
        *(("80331", "BY"), ("99084", "TH"), ("39104", "ST"), ("01067", "SN"), ("14467", "BB"), ("19053", "MV")),
        *(("89073", "BW"), ("89231", "BY"), ("07743", "TH"), ("96515", "TH"), ("63739", "BY"), ("37073", "NI")),
        *(("00000", ""), ("", ""), ("99999", "")),
    ],
)
def test_a_postal_code_lies_in_a_state(code, state):
    assert places.state_of(code) == state


def test_ranges_of_postal_codes_do_not_overlap():
    ranges = places.ranges()
    assert len({state for _first, _last, state in ranges}) == 16
    assert all(first <= last for first, last, _state in ranges)
    assert all(one[1] < other[0] for one, other in pairwise(ranges))
