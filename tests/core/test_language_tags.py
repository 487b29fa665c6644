from types import SimpleNamespace

from django.test import RequestFactory

from core.templatetags.language_tags import language_url, parent_url

PROJECT = SimpleNamespace(url_path="/start/projekte/kiwit/")


def at(address, **context):
    return {"request": RequestFactory().get(address), **context}


def test_the_switch_stays_on_the_page():
    assert language_url(at("/de/projekte/kiwit/", page=PROJECT), "ar") == "/ar/projekte/kiwit/"


def test_the_switch_keeps_filters_and_page_of_a_listing():
    pages = SimpleNamespace(query="service=msb&", number=2)
    assert language_url(at("/de/x/", page=PROJECT, pages=pages), "tr") == "/tr/projekte/kiwit/?service=msb&page=2"


def test_the_switch_leaves_unknown_parameters_behind():
    assert language_url(at("/de/projekte/kiwit/?anything=1", page=PROJECT), "tr") == "/tr/projekte/kiwit/"


def test_views_that_are_no_pages_swap_the_prefix():
    assert language_url(at("/de/suche/"), "de-simple") == "/de-simple/suche/"


def test_an_address_without_language_leads_home():
    assert language_url(at("/nowhere/to/be/found"), "en") == "/en/"


def test_a_path_is_quoted():
    assert language_url(at('/de/a"><b/'), "en") == "/en/a%22%3E%3Cb/"


def test_the_page_above_is_read_off_the_address():
    assert parent_url(PROJECT) == "/de/projekte/"
