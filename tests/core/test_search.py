import pytest

from core.search import MAX_TERMS, normalise
from core.stems import stem


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("Sprachkurs Köln", "Sprachkurs Köln"),
        ('"', ""),
        (" ", ""),
        ("\x00", ""),
        ("a\x00b", "a b"),
        ("' OR 1=1 --", "OR 1 1"),
        ("\u202eكلمة", "كلمة"),
        ("\ud800x", "x"),
        ("*:& | !", ""),
    ],
)
def test_only_letters_and_digits_reach_the_index(typed, searched):
    assert normalise(typed) == searched


def test_long_queries_are_cut():
    assert len(normalise("wort " * 300).split()) == MAX_TERMS
    assert len(normalise("x" * 10_000)) == 200


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Beratung", "Beratungen"),
        ("de", "Sprachkurs", "Sprachkurse"),
        ("de", "Mädchen", "Madchen"),
        ("de-simple", "Sprach·kurs", "Sprachkurse"),
        ("en", "courses", "course"),
        ("tr", "kurslar", "kurs"),
        ("ru", "консультация", "консультации"),
        ("ar", "المنظمة", "منظمة"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, one, other):
    assert stem(one, language) == stem(other, language)


def test_a_language_without_stemmer_keeps_whole_words():
    assert stem("Консультація, мова", "uk") == "консультація мова"
