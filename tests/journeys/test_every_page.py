"""Every kind of page in every language, as a browser meets it."""

import pytest
from django.apps import apps

from core.languages import LANGUAGE_NAMES, direction
from core.models import BasePage
from tests.journeys.places import PLACES, THOROUGHLY, places

in_every_language = pytest.mark.parametrize("language", LANGUAGE_NAMES)


def found(visits, language, look):
    return {name: fault for name, visit in visits(language).items() if (fault := look(visit))}


@in_every_language
def test_every_page_answers(visits, language):
    expected = {name: 404 if name == "not found" else 200 for name in places(language)}
    assert {name: visit.status for name, visit in visits(language).items()} == expected


@in_every_language
def test_the_frame_speaks_the_language_of_the_address(visits, language):
    spoken = (language, direction(language))
    assert found(visits, language, lambda visit: (visit.language, visit.direction) != spoken) == {}


@in_every_language
def test_nothing_is_asked_of_third_parties(visits, address, language):
    def foreign(visit):
        return [url for url in visit.requests if not url.startswith((address + "/", "data:"))]

    assert found(visits, language, foreign) == {}


@in_every_language
def test_no_cookie_is_set(visits, language):
    assert found(visits, language, lambda visit: visit.cookies) == {}


@in_every_language
def test_the_browser_has_no_complaints(visits, language):
    """Neither of scripts nor of what the Content-Security-Policy forbids."""
    assert found(visits, language, lambda visit: visit.complaints) == {}


@in_every_language
def test_nothing_that_a_page_needs_is_missing(visits, language):
    assert found(visits, language, lambda visit: visit.failures) == {}


@in_every_language
def test_no_page_scrolls_sideways(visits, language):
    """At 1280 pixels, at 200 % and at 320 pixels."""
    assert found(visits, language, lambda visit: visit.too_wide) == {}


@pytest.mark.parametrize("language", THOROUGHLY)
def test_no_page_has_barriers(visits, language):
    """Rules of WCAG 2.2 AA that axe can check, light and dark."""
    assert found(visits, language, lambda visit: visit.barriers) == {}


def test_every_page_type_has_a_place():
    assert {model.__name__ for model in apps.get_models() if issubclass(model, BasePage)} <= {*PLACES}
