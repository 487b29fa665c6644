"""A spoken language has many names, and is found by each of them."""

import pytest

from core.languages import LANGUAGE_NAMES
from organisations.languages import SPOKEN, all_names, choices, codes_of, language_name
from organisations.models import DirectoryPage, OrganisationPage
from tests.site.world import make, note


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tigrinya", "ti"),
        ("Tigrinisch", "ti"),
        ("ትግርኛ", "ti"),
        ("tigrinja", "ti"),
        ("Farsi", "fa"),
        ("Persisch", "fa"),
        ("فارسی", "fa"),
        ("Persian", "fa"),
        ("Kurmancî", "ku"),
        ("Kurmandschi", "ku"),
        ("kurmanci", "ku"),
        ("Soranî", "ckb"),
        ("Sorani", "ckb"),
        ("Zentralkurdisch", "ckb"),
        ("Dari", "prs"),
        ("دری", "prs"),
        ("Romanes", "rom"),
        ("Romani", "rom"),
        ("Deutsche Gebärdensprache", "gsg"),
        ("DGS", "gsg"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("Русский", "ru"),
        ("росіиська".replace("и", "й"), "ru"),
        ("Türkçe", "tr"),
        ("turkce", "tr"),
        ("TÜRKÇE", "tr"),
        ("Ukrainisch", "uk"),
    ],
)
def test_a_language_is_found_by_any_of_its_names(name, code):
    assert code in codes_of(name)


def test_kurdish_means_all_kurdish_languages():
    assert {"ku", "ckb"} <= {*codes_of("Kurdisch")}


def test_kurmanji_and_sorani_are_told_apart_in_every_language():
    for language in LANGUAGE_NAMES:
        assert language_name("ku", language) != language_name("ckb", language)


def test_every_language_has_a_name_for_every_reader():
    for language in LANGUAGE_NAMES:
        names = [name for _code, name in choices(language)]
        assert len({*names}) == len(SPOKEN)
        assert not {*names} & {*SPOKEN}


def test_every_language_has_its_own_name():
    assert all(len(all_names(code)) > 1 for code in SPOKEN)


@pytest.mark.parametrize("text", ["", " ", "\0", "x" * 10_000, "Klingonisch", "‮", "ar\0"])
def test_what_is_no_language_has_no_code(text):
    assert codes_of(text) == []


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_words_find_speakers_by_any_name(site, client, language):
    directory = DirectoryPage.objects.child_of(site).get()
    page = make(OrganisationPage, directory, "eins", "Eins")
    for code in ("ti", "ku", "gsg"):
        page.spoken_languages.create(language=code)
    page.save()
    note(page)
    make(OrganisationPage, directory, "zwei", "Zwei")
    for words in [
        *all_names("ti"),
        "tigrinya",
        "TIGRINISCH",
        "Kurmancî",
        "kurmanci",
        "Deutsche Gebärdensprache",
        "DGS",
    ]:
        found = client.get(f"/{language}/organisationen/", {"q": words}).context["pages"]
        assert [page.title for page in found] == ["Eins"], words
