from itertools import islice

from demo.loader import texts
from demo.loader.invention import invented


def test_the_same_number_gives_the_same_organisation():
    assert list(invented(40)) == list(islice(invented(400), 40))


def test_titles_and_addresses_are_unique():
    many = [*texts.read("de/profiles")["profile"], *invented(20_000)]
    assert len({entry["title"] for entry in many}) == len(many)
    assert len({(entry["network"], entry["slug"]) for entry in many}) == len(many)


def test_phone_numbers_reach_nobody():
    assert all(entry["phone"] in ("", *[f"030 23125 {n:03}" for n in range(1000)]) for entry in invented(50))


def test_no_placeholder_is_left():
    assert not any("{" in str(value) for entry in invented(300) for value in (entry["body"], entry["summary"]))


def test_texts_fit_their_fields():
    assert all(len(entry["summary"]) <= 300 for entry in invented(500))
