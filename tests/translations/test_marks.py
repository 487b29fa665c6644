"""Links and formatting as marks that can be typed on a phone: there and back without loss, and without danger."""

import pytest

from translations.editor.marks import BrokenMarks, marks, shown, to_data, to_plain, to_text

SOURCE = 'Das <b>Haus</b> der <a id="a1">Kulturen</a> &amp; mehr<br/>und <a id="a2">Räume</a>'
TEXT = "Das ‹b›Haus‹/b› der ‹1›Kulturen‹/1› & mehr\nund ‹2›Räume‹/2›"


def test_there_and_back():
    assert to_text(SOURCE) == TEXT
    assert to_data(TEXT, SOURCE, is_rich=True) == SOURCE
    assert [mark.name for mark in marks(SOURCE)] == ["b", "1", "2"]
    assert to_plain(SOURCE) == "Das Haus der Kulturen & mehr\nund Räume"


def test_angle_brackets_and_arabic_digits_will_do():
    assert to_data("<b>بيت</b> ‹١›الثقافات‹/١›", SOURCE, is_rich=True) == '<b>بيت</b> <a id="a1">الثقافات</a>'


@pytest.mark.parametrize(
    "text",
    [
        "‹1›ohne Ende",
        "ohne Anfang‹/1›",
        "‹b›über‹1›kreuz‹/b›‹/1›",
        "‹3›unbekannt‹/3›",
        "‹i›unbekannt‹/i›",
        "‹1›Link ‹2›im‹/2› Link‹/1›",
        "‹b›‹b›zweimal‹/b›‹/b›",
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(text):
    with pytest.raises(BrokenMarks) as broken:
        to_data(text, SOURCE, is_rich=True)
    assert "‹" in str(broken.value)


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<b onclick="x">y',
    "</textarea><script>",
    "‹script›",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("is_rich", [True, False])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_becomes_html(attack, is_rich):
    try:
        data = to_data(attack, SOURCE, is_rich=is_rich)
    except BrokenMarks:
        return
    assert "<" not in data
    assert to_text(data) == attack
    assert "<script" not in shown(data)


@pytest.mark.parametrize("stored", ["<script>alert(1)</script>", '<p onclick="x">y</p>', "<a id='x\"'>y</a>"])
def test_damaged_rows_are_shown_as_text(stored):
    assert "<script" not in shown(stored)
    assert "onclick" not in shown(stored) or "&lt;p" in shown(stored)


def test_plain_fields_know_no_marks():
    assert to_data("a ‹b›c‹/b› <d> & e", "x", is_rich=False) == "a ‹b›c‹/b› &lt;d&gt; &amp; e"


def test_direction_overrides_and_control_characters_are_taken_out():
    assert to_data(" a\u202eb\x07c\u200fd\r\ne ", "x", is_rich=False) == "abc\u200fd<br/>e"
