import pytest

from core.collation import plain, sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Abend", "Ärzte", "Azubi", "Straße", "Strasser", "Zebra"]),
        ("tr", ["cam", "çam", "ılık", "ilk", "şeker", "zil"]),
        ("pl", ["Lublin", "łódka", "mama", "źródło", "żaba"]),
        ("uk", ["гора", "ґанок", "дім", "ївга", "яма"]),
        ("ru", ["ёлка", "ель", "жук"]),
    ],
)
def test_words_stand_where_readers_look_for_them(language, words):
    assert sorted(set(words), key=lambda word: sort_key(word, language)) == words


def test_sorting_tells_equal_letters_apart_so_that_the_order_never_changes():
    assert sort_key("Öl", "de") != sort_key("Ol", "de")


def test_plain_names_hold_no_accents():
    assert plain("Ärztinnen für Łódź & Straße") == "arztinnen fur łodz & strasse"
