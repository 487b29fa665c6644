"""The map: every organisation with a public place is on it once, under a name, with a link that leads there."""

import gzip
import re
from copy import deepcopy
from datetime import date, timedelta
from math import hypot
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from organisations import gazetteer
from organisations.directory_search import DirectorySearch
from organisations.index import DirectoryIndex, Entry
from organisations.map.grid import APART
from organisations.map.names import cities, name_near
from organisations.map.outlines import outlines, project
from organisations.map.picture import DirectoryMap
from organisations.map.view import WHOLE, of_points, of_state
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage, SpokenLanguage
from organisations.states import STATES
from tests.site.world import make, note

CAPITALS = {
    "BW": "Stuttgart",
    "BY": "München",
    "BE": "Berlin",
    "BB": "Potsdam",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Wiesbaden",
    "MV": "Schwerin",
    "NI": "Hannover",
    "NW": "Düsseldorf",
    "RP": "Mainz",
    "SL": "Saarbrücken",
    "SN": "Dresden",
    "ST": "Magdeburg",
    "SH": "Kiel",
    "TH": "Erfurt",
}
NUMBER = re.compile(r"-?[\d.]+")


@pytest.fixture(scope="module")
def directory(lasting_site):
    """Three in Braunschweig, one in Kassel, one without a public place."""
    directory = DirectoryPage.objects.child_of(lasting_site).get()
    for number in range(3):
        place = {"place": "Braunschweig", "state": "NI"}
        spoken = [SpokenLanguage(language="tr" if number else "ar")]
        make(OrganisationPage, directory, f"bs-{number}", f"Löwe {number}", spoken_languages=spoken, record=place)
    make(OrganisationPage, directory, "kassel", "Herkules", record={"place": "Kassel", "state": "HE"})
    hidden = {"place": "Göttingen", "state": "NI", "precision": "form", "latitude": 51.5, "longitude": 9.9}
    make(OrganisationPage, directory, "nirgends", "Nirgends", record=hidden)
    return directory


@pytest.fixture
def two_towns(directory, db):
    return deepcopy(directory)


def asked(query="", language="de"):
    return DirectoryMap(DirectorySearch(QueryDict(query), language))


def names(query=""):
    return [mark.label for mark in asked(query).marks]


def rings(path):
    """The corners of each ring of an outline."""
    for ring in path.rstrip("z").split("z"):
        start, _letter, moves = ring.removeprefix("M").partition("l")
        x, y = (float(number) for number in start.split())
        corners, steps = [(x, y)], [float(number) for number in NUMBER.findall(moves)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        yield corners


def is_inside(point, path):
    x, y = point
    crossings = 0
    for corners in rings(path):
        for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
            crossings += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


def scattered(number):
    """An index of organisations all over Germany, each at a place of its own."""
    random, places = Random(7), gazetteer.places()
    due = date(2030, 1, 1)
    entries = {}
    for pk in range(1, number + 1):
        place = random.choice(places)
        latitude, longitude = (degrees + random.uniform(-0.05, 0.05) for degrees in (place.latitude, place.longitude))
        values = [("state", place.state)]
        entries[pk] = Entry(pk, "", f"{pk:06}", due, latitude, longitude, place.name, values)
    return DirectoryIndex(entries, 1, date(2029, 1, 1))


def map_of(index, query=""):
    search = DirectorySearch(QueryDict(query), "de")
    search.index = index
    return DirectoryMap(search)


# Where things lie


@pytest.mark.parametrize(("state", "capital"), CAPITALS.items())
def test_capitals_lie_in_their_states(state, capital):
    place = gazetteer.in_state(capital, state)
    point = project(place.latitude, place.longitude)
    holding = [code for code, outline in outlines().items() if is_inside(point, outline.fine)]
    assert holding == [state]


def test_there_is_an_outline_for_every_state():
    assert outlines().keys() == dict(STATES).keys()


@pytest.mark.parametrize("state", dict(STATES))
def test_a_state_fills_its_picture(state):
    view = of_state(state)
    box = outlines()[state].box
    assert view.box.left <= box.left
    assert view.box.bottom >= box.bottom
    assert 300 < view.height < 1000


def test_a_view_of_one_point_shows_its_surroundings():
    assert of_points([(400, 500)]).box.width > 50
    assert of_points([]) == WHOLE


def test_names_of_cities_do_not_lie_on_each_other():
    for view in [WHOLE, *(of_state(state) for state, _name in STATES)]:
        found = cities(view)
        assert found
        for number, (_name, x, y) in enumerate(found):
            assert all(abs(x - x2) > 150 or abs(y - y2) > 50 for _other, x2, y2 in found[:number])


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "asked_for"),
    [
        ("Braunschweig", 52.27, 10.53, "Braunschweig"),
        ("Neustadt", 48.81, 11.76, "Neustadt"),
        ("", 52.27, 10.53, ""),
        ("Gibt es nicht", 51.31, 9.48, ""),
    ],
)
def test_the_name_asked_for_leads_there(name, latitude, longitude, asked_for):
    found = gazetteer.find(name_near(name, latitude, longitude))[0]
    assert hypot(found.latitude - latitude, found.longitude - longitude) < 0.2
    assert name_near(name, latitude, longitude).startswith(asked_for)


# What is on the map


def test_one_dot_for_those_together_and_one_for_the_one_alone(two_towns):
    together, alone = names()
    assert together.startswith("Braunschweig: 3 ")
    assert alone == "Herkules"


def test_the_one_alone_leads_to_its_profile(two_towns):
    assert asked().marks[-1].address == "/de/organisationen/kassel/"


def test_those_together_lead_to_the_question_narrowed(two_towns, client):
    mark = asked("state=NI&state=HE").marks[0]
    assert re.fullmatch(r"\?near=Braunschweig&(radius=\d+&)?state=NI&state=HE#results", mark.address)
    found = client.get(f"/de/organisationen/{mark.address}").context["pages"]
    assert len(found) == mark.count


def test_a_dot_that_cannot_be_opened_further_leads_to_the_list(two_towns):
    assert asked("near=Braunschweig&radius=5").marks[0].address == "#results"


def test_the_map_follows_the_question(two_towns):
    assert names("language=ar") == ["Löwe 0"]
    assert len(names("language=tr")) == 1
    assert names("q=Herkules") == ["Herkules"]
    assert names("q=gibtesnicht") == []


def test_states_are_links_that_zoom_and_lead_back(two_towns, client):
    lower_saxony = next(state for state in asked("language=tr").states if state.address and "NI" in state.address)
    assert lower_saxony.count == 2
    page = client.get(f"/de/organisationen/{lower_saxony.address}")
    zoomed = asked(lower_saxony.address.removeprefix("?"))
    assert zoomed.state == "NI"
    assert [state.chosen for state in zoomed.states if not state.address] == [True]
    assert escape(zoomed.whole_country) in page.text
    assert asked(zoomed.whole_country.removeprefix("?")).view == WHOLE


def test_near_a_place_the_map_shows_the_circle_that_was_searched(two_towns):
    found = asked("near=Kassel&radius=50")
    assert abs(found.reach["x"] - 360) < 2
    assert found.reach["radius"] < 360
    assert [mark.label for mark in found.marks] == ["Herkules"]
    assert asked().reach is None


def test_who_shows_no_place_is_counted_but_not_drawn(two_towns, client):
    assert asked().unplaced == 1
    assert "Nirgends" not in names()
    assert "51.5" not in client.get("/de/organisationen/").text


def test_a_position_is_never_finer_than_what_was_released(two_towns):
    at = {"place": "Bochum", "state": "NW", "latitude": 51.52, "longitude": 7.3}
    page = make(OrganisationPage, two_towns, "eins", "Eins", record={**at, "precision": "exact"})
    exact = asked("state=NW").marks[0]
    note(page, precision="town")
    coarse = asked("state=NW").marks[0]
    assert (exact.x, exact.y) != (coarse.x, coarse.y)
    note(page, precision="form")
    assert asked("state=NW").marks == []


def test_positions_outside_germany_are_in_the_list_only(two_towns):
    page = make(OrganisationPage, two_towns, "wien", "Wien", record={"place": "Bochum", "state": "NW"})
    page.entry.latitude, page.entry.longitude = 48.2, 16.37
    page.entry.save()
    make(OrganisationPage, two_towns, "bochum", "Bochum", record={"place": "Bochum", "state": "NW"})
    assert asked("state=NW").unplaced == 1
    assert names("state=NW") == ["Bochum"]


def test_overdue_by_two_terms_is_off_the_map_unless_asked_for(two_towns):
    old = timezone.localdate() - timedelta(days=3 * 365)
    make(OrganisationPage, two_towns, "alt", "Alt", record={"place": "Bochum", "state": "NW", "confirmed_on": old})
    assert names("state=NW") == []
    assert names("state=NW&old=1") == ["Alt"]


def test_titles_are_text_and_nothing_else(two_towns, client):
    title = '"><script>alert(1)</script>&\u202eגaA'
    make(OrganisationPage, two_towns, "boese", title, record={"place": "Bochum", "state": "NW"})
    page = client.get("/de/organisationen/").text
    assert "<script>alert" not in page
    assert f'aria-label="{escape(title)}"' in page


def test_the_map_of_a_right_to_left_page_is_not_mirrored(two_towns, client):
    def drawing(language):
        page = client.get(f"/{language}/organisationen/").text
        return re.findall(r'<circle cx="\d+" cy="\d+" r="\d+"/>', page)

    assert drawing("ar") == drawing("de") != []


@pytest.mark.parametrize(
    "query",
    [
        {"near": "\0", "radius": "1e9"},
        {"near": "9" * 10_000, "state": "NI"},
        {"state": "XX", "radius": "-1"},
        {"state": ["NI", "HE", "NI"], "near": "Kassel", "radius": "10" * 30},
        {"near": "\u202eKassel", "page": "10" * 20},
        {"near": "Neustadt", "state": "NI", "sort": "distance"},
    ],
)
def test_whatever_is_asked_there_is_a_map(two_towns, client, query):
    page = client.get(f"/de/organisationen/?{urlencode(query, doseq=True)}")
    assert page.status_code == 200
    assert 'class="map-picture"' in page.text


# What it costs


@pytest.mark.parametrize("query", ["", "state=NW", "state=SL"])
def test_no_dot_lies_on_another(db, query):
    marks = map_of(scattered(3000), query).marks
    assert len(marks) > 1
    for number, mark in enumerate(marks):
        assert all(hypot(mark.x - other.x, mark.y - other.y) > APART - 2 for other in marks[:number])


def test_every_organisation_is_in_one_dot(db):
    found = map_of(scattered(3000))
    assert sum(mark.count for mark in found.marks) + found.unplaced == 3000


def test_the_weight_does_not_grow_with_the_directory(db):
    def weight(number, query=""):
        return len(
            gzip.compress(
                render_to_string("organisations/map.html", {"map": map_of(scattered(number), query)}).encode()
            )
        )

    assert weight(20_000) < 14_000
    assert weight(20_000, "state=NW") < 14_000
    assert weight(20_000) < 1.5 * weight(520)


def test_the_map_costs_one_query_for_titles_and_none_without_them(two_towns):
    names()  # the languages, which every page asks for, are known then
    search = DirectorySearch(QueryDict("language=tr"), "de")
    assert search.count == 2
    with CaptureQueriesContext(connection) as captured:
        assert len(DirectoryMap(search).marks) == 1
    assert len(captured) == 0
    everything = DirectorySearch(QueryDict(), "de")
    assert everything.count == 5
    with CaptureQueriesContext(connection) as captured:
        assert len(DirectoryMap(everything).marks) == 2
    assert len(captured) == 1


def test_a_locked_network_takes_its_members_off_the_map(two_towns):
    network = make(NetworkPage, two_towns, "geheim", "Geheim", city="Kassel", state="HE", live=False)
    make(OrganisationPage, network, "drin", "Drin", record={"place": "Kiel", "state": "SH"}, live=False)
    assert "Drin" not in names()
