"""What has changed between two German sentences, and what that means for the translation that is there."""

from translations.editor.differences import (
    Change,
    changed_numbers,
    differences,
    drawn,
    similarity,
    with_changed_numbers,
    with_changes_marked,
)

OLD, NEW = "Der Verband hat 14 Netzwerke.", "Der Verband hat 16 Netzwerke."


def changes(old, new):
    return [(piece.change, piece.text) for piece in differences(old, new) if piece.change != Change.SAME]


def test_a_changed_number_is_one_change():
    assert changes(OLD, NEW) == [(Change.REMOVED, "14"), (Change.ADDED, "16")]
    assert changed_numbers(OLD, NEW) == [("14", "16")]


def test_words_in_a_row_change_together():
    assert changes("Wir sind sehr viele hier.", "Wir sind nur wenige hier.") == [
        (Change.REMOVED, "sehr viele"),
        (Change.ADDED, "nur wenige"),
    ]


def test_added_and_removed_alone():
    assert changes("Wir sind da.", "Wir sind immer da.") == [(Change.ADDED, "immer ")]
    assert changes("", "Neu") == [(Change.ADDED, "Neu")]
    assert changes("Gleich", "Gleich") == []


def test_marks_are_words_of_their_own():
    assert changes("‹1›Haus‹/1› da", "‹1›Häuser‹/1› da") == [(Change.REMOVED, "Haus"), (Change.ADDED, "Häuser")]


def test_it_is_told_to_those_who_hear_the_page_and_never_becomes_html():
    html = drawn(differences("<b>alt</b>", "<i>neu</i>"))
    assert "<del" in html
    assert "<ins" in html
    assert "sr-only" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_the_number_changes_in_the_translation_too():
    assert with_changed_numbers("The federation has 14 networks.", OLD, NEW) == "The federation has 16 networks."
    assert with_changed_numbers("لدى الاتحاد ١٤ شبكة.", OLD, NEW) == "لدى الاتحاد ١٦ شبكة."


def test_it_stays_with_people_where_more_has_changed():
    assert with_changed_numbers("14 and 14", OLD, NEW) is None
    assert with_changed_numbers("fourteen", OLD, NEW) is None
    assert with_changed_numbers("The federation has 14 networks.", OLD, "Der Verband hat 16 Gruppen.") is None


def test_the_outdated_number_is_marked_in_the_translation():
    assert with_changes_marked("لدى الاتحاد ١٤ شبكة", OLD, NEW) == "لدى الاتحاد <mark>١٤</mark> شبكة"
    assert "<script>" not in with_changes_marked("<script>", OLD, NEW)


def test_similar_is_what_a_translator_would_call_so():
    assert similarity(OLD, OLD) == 1
    assert 0.9 < similarity(OLD, NEW) < 1
    assert similarity("Das lokale Netzwerk berät.", "Die lokalen Netzwerke beraten.") > 0.6
    assert similarity(OLD, "Bitte melden Sie sich bis Freitag an.") < 0.5
