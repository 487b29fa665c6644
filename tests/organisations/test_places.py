"""Places are found by the names people give them, and distances are those of the globe."""

from math import acos, cos, degrees, radians, sin

import pytest

from organisations import gazetteer
from organisations.index import directory_index
from organisations.models import DirectoryPage, OrganisationPage, PostalCode
from organisations.places import EARTH_RADIUS, Location, centre_of, locate, within
from tests.site.world import make


def located(text):
    return locate(text, directory_index().position)


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


def organisation(directory, slug, latitude, longitude, **record):
    values = {"place": "Kassel", "state": "HE", "precision": "exact", "latitude": latitude, "longitude": longitude}
    return make(OrganisationPage, directory, slug, slug.title(), record=values | record)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Köln", "Köln, NW"),
        ("koeln", "Köln, NW"),
        ("KOLN", "Köln, NW"),
        ("Cologne", "Köln, NW"),
        ("Кёльн", "Köln, NW"),
        ("München", "München, BY"),
        ("Muenchen", "München, BY"),
        ("ميونخ", "München, BY"),
        ("Nürnberg", "Nürnberg, BY"),
        ("Halle", "Halle (Saale), ST"),
        ("Halle (Saale)", "Halle (Saale), ST"),
        ("Halle an der Saale", "Halle (Saale), ST"),
        ("Halle, NW", "Halle, NW"),
        ("Frankfurt", "Frankfurt am Main, HE"),
        ("Frankfurt/Main", "Frankfurt am Main, HE"),
        ("Frankfurt a. M.", "Frankfurt am Main, HE"),
        ("Frankfurt Oder", "Frankfurt (Oder), BB"),
        ("Freiburg im Breisgau", "Freiburg, BW"),
        ("Weiden i.d. OPf.", "Weiden, BY"),
        ("St. Augustin", "Sankt Augustin, NW"),
        ("Mülheim an der Ruhr", "Mülheim, NW"),
        ("Aach, Rheinland-Pfalz", "Aach, RP"),
        ("Aach, Rhineland-Palatinate", "Aach, RP"),
        (" aach ,rp", "Aach, RP"),
    ],
)
def test_a_place_is_found(text, found):
    assert gazetteer.find(text)[0].full_name == found


@pytest.mark.parametrize(
    "text", ["", " ", ",", ", NW", "Aach, XX", "ABCDE", "(", "am", "a" * 10_000, "\0", "🙂", "a " * 500]
)
def test_what_is_no_place_is_none(text, db):
    assert located(text) is None


def test_the_most_populous_is_taken_and_the_others_are_offered(db):
    aach = located("Aach")
    assert aach.state == "BW"
    assert [place.full_name for place in aach.namesakes] == ["Aach, RP"]
    assert located("Aach, RP").namesakes == ()


def test_a_slip_of_the_pen_is_understood():
    assert gazetteer.nearly("Braunschwieg")[0].name == "Braunschweig"


def test_a_place_is_named_so_that_it_is_found_again():
    for place in gazetteer.places()[::200]:
        name = gazetteer.name_near(place.name, place.latitude, place.longitude)
        assert (gazetteer.find(name)[0].name, gazetteer.find(name)[0].state) == (place.name, place.state)


def test_the_centre_of_a_place_is_that_of_its_state():
    assert centre_of("Aach", "RP") != centre_of("Aach", "BW")
    assert centre_of("Aach", "BE") is None


@pytest.mark.parametrize("text", ["38100", "D-38100", " 38100 Braunschweig", "d 38100"])
def test_an_imported_postal_code_is_exact(text, db):
    PostalCode.objects.create(code="38100", place="Braunschweig", state="NI", latitude=52.26, longitude=10.52)
    found = located(text)
    assert (found.name, found.latitude, found.exact) == ("38100 Braunschweig", 52.26, True)


@pytest.mark.parametrize("text", ["3810", "381000", "0123", "٣٨١٠٠", "-38100", "38 100"])
def test_a_postal_code_has_five_digits(text, db):
    PostalCode.objects.create(code="38100", place="Braunschweig", state="NI", latitude=52.26, longitude=10.52)
    assert located(text) is None


def test_an_unknown_postal_code_lies_among_those_that_begin_alike(directory):
    organisation(directory, "nah", 52.0, 10.0, postal_code="38102")
    organisation(directory, "auch", 52.2, 10.2, postal_code="38106")
    organisation(directory, "fern", 50.0, 9.0, postal_code="38999")
    organisation(directory, "geheim", 49.0, 9.0, postal_code="38100", precision="town")
    found = located("38100")
    assert (found.latitude, found.longitude, found.exact) == (pytest.approx(52.1), pytest.approx(10.1), False)
    assert located("38997").latitude == 50.0
    assert located("30000") is None


def test_what_is_not_public_does_not_help_to_find_a_postal_code(directory):
    page = organisation(directory, "weg", 52.0, 10.0, postal_code="38102")
    page.unpublish()
    assert located("38100") is None


def great_circle(a, b):
    """Another formula than the one under test."""
    one, two = map(radians, a), map(radians, b)
    (north, east), (other_north, other_east) = one, two
    cosine = sin(north) * sin(other_north) + cos(north) * cos(other_north) * cos(east - other_east)
    return EARTH_RADIUS * acos(min(1, cosine))


def test_distances_are_those_of_the_globe(directory):
    here = Location("Kassel", 51.3, 9.5)
    points = [(51.3, 9.5), (51.3, 9.64), (51.52, 9.5), (51.5, 9.8), (50.4, 9.4), (53.55, 10.0), (47.5, 13.0)]
    pages = [organisation(directory, f"o{number}", *point) for number, point in enumerate(points)]
    for radius in (5, 10, 25, 50, 100, 1000):
        expected = {
            page.pk: km
            for page, point in zip(pages, points, strict=True)
            if (km := great_circle((51.3, 9.5), point)) <= radius
        }
        found = within(here, radius)
        assert found.keys() == expected.keys()
        assert found == pytest.approx(expected, abs=0.01)


def test_the_edge_of_the_circle_is_within(directory):
    north = organisation(directory, "nord", 51.3 + degrees(24.999 / EARTH_RADIUS), 9.5)
    organisation(directory, "zu-weit", 51.3 + degrees(25.02 / EARTH_RADIUS), 9.5)
    assert [*within(Location("Kassel", 51.3, 9.5), 25)] == [north.pk]


def test_who_shows_no_place_is_near_nothing(directory):
    organisation(directory, "formular", 51.3, 9.5, precision="form")
    assert within(Location("Kassel", 51.3, 9.5), 100) == {}
