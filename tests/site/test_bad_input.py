"""Whatever arrives is answered with less than 500, and with the page where one can make sense of it."""

import pytest
from django.db import transaction

from core.languages import LANGUAGE_NAMES
from tests.site.addresses import INDEXES, OTHERS, PARAMETERS, addresses, paths

NASTY = {
    "nothing": "",
    "blank": " ",
    "NUL": "a\x00b",
    "quote": "'",
    "double quote": '"',
    "open quote": '"wort',
    "wildcards": "%_*?",
    "backslash": "\\",
    "SQL": "'; DROP TABLE wagtailcore_page; --",
    "operators": "a & | ! ( ) <-> :*",
    "words of the index": "AND OR NOT NEAR",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% now %}",
    "override": "\u202etxet",
    "combining": "Z" + "\u0301" * 300,
    "emoji": "👩🏽‍🏫",
    "not a character": "\uffff\ufffe",
    "long": "x" * 10_000,
    "300 words": "wort " * 300,
    "line breaks": "a\r\nSet-Cookie: x=1",
    "number": "99999999999999999999",
    "minus": "-1",
    "float": "1e999",
    "Arabic digit": "٣",
    "superscript": "²",
}
# Lists in pages; a calendar has none, and that of something that is gone is empty, not everything.
LISTS = [path for path in PARAMETERS if not path.endswith(".ics")]
BYTES = [
    "%",
    "%zz",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%2e%2e%2f",
    "%0d%0aX:1",
    "%22",
    "%27",
    "+",
    "&&==",
    "q[]=1",
    "%F0%9F",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_every_parameter_takes_anything(world, client, nasty):
    """All at once; words by themselves, too, because they ask the search index."""
    wrong = {}
    for path, names in PARAMETERS.items():
        for asked in (names, ("q",)) if "q" in names else (names,):
            with transaction.atomic():
                answer = client.get(f"/ar/{path}", dict.fromkeys(asked, NASTY[nasty]))
            if answer.status_code != 200 or "Set-Cookie" in answer.headers:
                wrong[path, asked] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("query", BYTES)
def test_every_query_takes_any_bytes(world, client, query):
    answers = {}
    for path in PARAMETERS:
        for given in (query, f"q={query}&page={query}&{query}=1"):
            answers[path, given] = client.get(f"/de/{path}", QUERY_STRING=given).status_code
    assert {place: status for place, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("page", ["0", "-1", "1" + "0" * 20, "abc", "\x00", "1.5", " 1", "٣", ""])
def test_an_unusable_page_number_shows_the_nearest_page(world, client, page):
    for path in LISTS:
        answer = client.get(f"/de/{path}", {"page": page})
        assert answer.status_code == 200
        assert answer.context["pages"].number == 1


def test_a_page_after_the_last_shows_the_last(world, client):
    pages = client.get("/de/aktuelles/?page=9999").context["pages"]
    assert pages.number == pages.paginator.num_pages


@pytest.mark.parametrize(
    "path",
    [path for path in LISTS if path not in ("suche/", "organisationen/networkpage/", "kampagnen/")],
)
def test_a_filter_nobody_offers_changes_nothing(answers, client, path):
    every = [page.pk for page in answers[f"/de/{path}"].context["pages"]]
    for name in PARAMETERS[path]:
        if name not in ("q", "page"):
            answer = client.get(f"/de/{path}", {name: "gibt-es-nicht"})
            assert [page.pk for page in answer.context["pages"]] == every
            assert "gibt-es-nicht" not in answer.text


@pytest.mark.parametrize("path", ["", "aktuelles/", "organisationen/", "projekte/projectpage/"])
def test_an_unknown_parameter_changes_nothing(answers, client, path):
    asked = client.get(f"/ar/{path}?utm_source=x&fbclid=y&q[]=1&preview=1")
    plain = answers[f"/ar/{path}"]
    assert asked.content == plain.content
    assert asked.headers.get("Cache-Control") == plain.headers.get("Cache-Control")


@pytest.mark.parametrize("nasty", [name for name, text in NASTY.items() if text.strip()])
def test_every_path_takes_anything(world, client, nasty):
    from urllib.parse import quote

    text = quote(NASTY[nasty][:2000])
    prefixes = ("", "aktuelles/", "_util/")
    places = [place for path in prefixes for place in (f"/de/{path}{text}", f"/ar/{path}{text}/", f"/{text}/{path}")]
    for address in [*places, f"/de/termine/{text}.ics"]:
        answer = client.get(address)
        assert answer.status_code < 500
        assert "alert(1)</script>" not in answer.text


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe", b"\xed\xa0\x80", b"\x00", b"..", b"//", b"%2e%2e", b"\xc3\x28", b"\\", b"\n"]
)
def test_every_path_takes_any_bytes(world, client, raw):
    for prefix in (b"/de/", b"/ar/aktuelles/", b"/", b"/media/images/", b"/documents/1/", b"/static/"):
        path = (prefix + raw + b"/").decode("latin-1")
        answer = client.get("/", PATH_INFO=path)
        assert answer.status_code < 500


def test_what_is_searched_is_shown_as_text(world, client):
    answer = client.get("/de/suche/", {"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["suche/", "organisationen/"])
def test_a_search_for_nothing_is_no_search(answers, client, path):
    every = [page.pk for page in answers[f"/de/{path}"].context["pages"]]
    for nothing in (" ", '"', "\x00", "'", "()", "\u202e"):
        answer = client.get(f"/de/{path}", {"q": nothing})
        assert [page.pk for page in answer.context["pages"]] == every


def test_pages_are_for_reading(world, client):
    """A form sent to a page is not understood, and never an error of ours."""
    for address in [*addresses(["ar"]), *OTHERS]:
        answer = client.post(address, {"q": "x"})
        assert answer.status_code in (200, 403, 404, 405), address
        for method in ("put", "delete", "patch", "options", "trace"):
            assert getattr(client, method)(address).status_code < 500, address


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_head_answers_like_get_without_a_body(world, client, language):
    for path in ["", *(f"{slug}/" for slug in INDEXES), "suche/", "aktuelles/feed/"]:
        answer = client.head(f"/{language}/{path}")
        assert (answer.status_code, answer.content) == (200, b"")


def test_odd_headers_are_no_reason_to_fail(world, client):
    odd = {
        "Accept-Language": "x" * 5000,
        "Cookie": "sessionid=\x01; csrftoken=" + "y" * 300,
        "If-Modified-Since": "gestern",
        "If-None-Match": "x",
        "Range": "bytes=5-1",
        "Accept-Encoding": "gzip;q=x, *",
        "X-Forwarded-For": "'",
        "Referer": "\x7f",
    }
    for name, value in odd.items():
        for path in ("/", "/de/", "/de/suche/?q=x"):
            assert client.get(path, headers={name: value}).status_code < 400, name


def test_every_public_address_was_asked(answers):
    """The lists in addresses.py are as long as the site."""
    assert {answers[f"/de/{path}"].status_code for path in paths()} == {200}
