"""What the checks find without understanding the languages."""

import pytest
from django.utils.translation import override

from translations.editor.checks import Severity, check

LINK = 'Mehr im <a id="a1">Bericht</a>'


def codes(source, target, language="ar", **options):
    return [finding.code for finding in check(source, target, language=language, **options)]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("14 Netzwerke", "14 شبكة", "ar"),
        ("14 Netzwerke", "١٤ شبكة", "ar"),
        ("1.234,5 Euro", "1,234.5 euros", "en"),
        ("1.234,5 Euro", "١٬٢٣٤٫٥ يورو", "ar"),
        ("1.000 Menschen", "1 000 человек", "ru"),
        ("12.500 Menschen", "12\u00a0500 osób", "pl"),
        ("am 24.11.2026", "24 ноября 2026 года", "ru"),
        ("am 24.11.2026", "on 11/24/2026", "en"),
        ("um 14:30 Uhr", "at 2:30 pm", "en"),
        ("um 14 Uhr", "at 2 pm", "en"),
        ("vierzehn Netzwerke", "14 networks", "en"),
        ("2020–2024", "2020-2024 yılları", "tr"),
    ],
)
def test_numbers_are_the_same_in_any_writing(source, target, language):
    assert codes(source, target, language) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [("14 Netzwerke", "41 networks"), ("9 Länder", "states"), ("1.500 Euro", "15,000 euros"), ("3,5 Mio.", "35 m")],
)
def test_other_numbers_are_seen(source, target):
    assert "number" in codes(source, target, "en")


def test_a_number_is_named():
    with override("en"):
        message = check("14 Netzwerke", "networks", language="en")[0].message
    assert message == "The German text says 14, the translation does not."


def test_a_lost_link_and_lost_emphasis():
    assert codes(LINK, "المزيد في التقرير") == ["link"]
    assert codes(LINK, 'المزيد في <a id="a1">التقرير</a>') == []
    assert codes("Das <b>Haus</b>", "البيت") == ["mark"]


def test_damaged_markup_is_an_error():
    for target in ('<a id="a7">x</a> نص', "<script>x</script> نص", '<b class="x">نص</b>'):
        found = check(LINK, target, language="ar")
        assert (found[0].code, found[0].severity) == ("markup", Severity.ERROR)


def test_placeholders_stay():
    found = check("Hallo {name}, %(count)s", "مرحبا {name}", language="ar")
    assert [(f.code, f.severity) for f in found] == [("placeholder", Severity.ERROR)]


def test_too_long_for_its_field():
    found = check("Kurz", "x" * 301, language="en", limit=300)
    assert found[0].is_error
    assert "301" in found[0].message


@pytest.mark.parametrize(
    ("target", "language"), [("Only Latin here", "ar"), ("Only Latin", "ru"), ("Всё по-русски", "tr")]
)
def test_the_wrong_script(target, language):
    assert "script" in codes("Irgendein Satz", target, language)


def test_names_may_stay_latin():
    assert codes("Das Haus der Kulturen KIWIT", "بيت الثقافات KIWIT") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [("KIWIT", "KIWIT"), ("Das Projekt KIWIT", "KIWIT"), ("Kultur macht stark", "Kultur macht stark")],
)
def test_a_text_that_is_nothing_but_a_name_is_not_in_the_wrong_script(source, target):
    assert codes(source, target, kept=["Kultur macht stark"]) == []


def test_a_percentage_is_no_placeholder():
    assert codes("zu 100 %sicher, mit 5 %der Stimmen", "100 5 صوت") == []
    assert codes("doppelt (siehe (1))", "مضاعف (1))") == ["brackets"]
    assert codes("doppelt (siehe (1))", "مضاعف (انظر (1))") == []


def test_look_alike_letters_and_letters_of_the_neighbour():
    assert "script" in codes("Haus", "дoм", "ru")  # with a Latin o
    assert "script" in codes("Wir", "Мы вместе", "uk")


def test_identical_to_german_unless_it_is_a_name():
    assert codes("Wir sind viele.", "Wir sind viele.", "en") == ["identical"]
    assert codes("NEMO", "NEMO", "en") == []
    assert codes("https://example.org", "https://example.org", "en") == []
    assert codes("Samofa", "Samofa", "en", kept=["Samofa"]) == []


def test_left_empty():
    assert codes("Text", "") == codes("Text", "  <br/> ") == ["empty"]


def test_spaces_and_brackets():
    assert codes("Ein Haus (neu)", "A house  (new", "en") == ["spaces", "brackets"]
    assert codes("Ein Haus", "A house ((new))", "en") == ["brackets"]


def test_addresses_stay():
    assert codes("Mail an a@example.org", "Mail to b@example.org", "en") == ["address"]
    assert codes("Siehe „https://example.org/a“, dann los", "انظر https://example.org/a، ثم انطلق") == []


@pytest.mark.parametrize(
    "text", ["", "\x00", "9" * 5000, "‹" * 500, "\u202e" * 50, "²③", "٣٤٫", "1.2.3.4.5.6", "<" * 99]
)
def test_nothing_brings_it_down(text):
    for source, target in ((text, "x"), ("x", text), (text, text)):
        check(source, target, language="ar", limit=10)
