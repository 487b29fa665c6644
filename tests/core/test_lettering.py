"""Text in pictures reads as it does in a browser, on every machine: order, joined letters, all scripts, no overflow."""

import random
from itertools import groupby

import pytest
from bidi import get_display
from PIL import Image, ImageChops

from core.lettering.fonts import EM, font, typefaces
from core.lettering.lines import Style, fit, missing, shape
from core.lettering.order import levels, runs_right_to_left, visual
from core.lettering.painting import paint, paint_line

PLAIN, ARABIC = Style(), Style(right_to_left=True, leading=1.4)
SIZES = (80, 60, 40)
LONG = {
    "de": "Bundesprogramm „Demokratie leben!“: wie Verbünde kommunale Integrationspolitik mitgestalten " * 4,
    "ar": "لماذا نحتاج إلى قانون جديد لمشاركة المنظمات؟ هذا عنوان طويل جداً " * 6,
    "ru": "Больше договорённостей между муниципалитетами и организациями мигрантов " * 5,
    "tr": "Göçmen örgütleri için daha güçlü işbirliği ve bağlayıcı anlaşmalar " * 5,
}


def numbers(text, style=ARABIC):
    return [glyph.number for glyph in shape(text, style).glyphs]


def ink(line, size=60):
    """The drawn line, and its box."""
    image = Image.new("L", (1200, 200), 0)
    paint_line(image, line, size, (100, 120), "white")
    return image


def as_seen(text, right_to_left):
    found, start, runs = levels(text, right_to_left), 0, []
    for level, group in groupby(found):
        end = start + len([*group])
        part = text[start:end]
        runs.append((level, part[::-1] if level % 2 else part))
        start = end
    return "".join(visual(runs))


def test_order_is_that_of_another_implementation_for_any_mixture():
    chance = random.Random(5)
    signs = "abאבمن12٣() [],.-:/%+ !«»"
    for _ in range(3000):
        text = "".join(chance.choices(signs, k=chance.randint(1, 14))).strip()
        for right_to_left in (False, True):
            assert as_seen(text, right_to_left) == get_display(text, base_dir="LR"[right_to_left]), [*text]


def test_control_signs_turn_nothing():
    assert levels("a\u202eb\u2067c\u200fd", False)[-1] == 0
    assert levels("", True) == []


def test_arabic_letters_take_the_form_of_their_place():
    alone, word = numbers("ب"), numbers("ببب")
    assert len({*alone, *word}) == 4


def test_arabic_stands_from_the_right_to_the_left():
    """The first letter of the word is the last glyph, and the furthest to the right."""
    line = shape("بم", ARABIC)
    assert [glyph.x for glyph in line.glyphs] == sorted(glyph.x for glyph in line.glyphs)
    final_m = numbers("ـم")[0]
    assert line.glyphs[0].number == final_m


def test_lam_and_alef_join_to_one_sign():
    assert len(numbers("لا")) < 2 or numbers("لا") != [numbers("ا")[0], numbers("ل")[0]]


def test_marks_sit_on_their_letters_and_take_no_room():
    assert shape("بُ", ARABIC).width == shape("ب", ARABIC).width


def test_latin_inside_arabic_is_seen_at_the_left_as_it_is_written():
    whole, name = ink(shape("أهلا KIWIT", ARABIC)), ink(shape("KIWIT", PLAIN))
    box = name.getbbox()
    assert ImageChops.difference(whole.crop(box), name.crop(box)).getbbox() is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("KIWIT (2025–2027) في", "في KIWIT (2025–2027)"[::1]),
        ("في 14 مدينة", None),
    ],
)
def test_numbers_inside_arabic_read_from_the_left(text, seen):
    line = shape(text, ARABIC)
    digits = [number for sign in text if sign.isdigit() for number in numbers(sign, PLAIN)]
    in_order = [glyph.number for glyph in sorted(line.glyphs, key=lambda glyph: glyph.x) if glyph.number in digits]
    assert in_order == digits


def test_brackets_after_a_latin_name_close_at_the_right_side():
    """What enclosed numbers after a name is no part of the Arabic line."""
    assert levels("مع KIWIT (2025)", True)[-1] == 2


@pytest.mark.parametrize(
    "text",
    ["ığüşöçİ", "źdźbło Łódź", "Ёлка, ґанок, їжак", "Nguyễn Thị", "ژگپچکی", "كوردی ڵ ۆ", "Ελλάδα", "Straße „so“ – …"],
)
def test_letters_of_every_language_of_the_site_are_there(text):
    assert missing(text) == []
    assert 0 not in numbers(text, PLAIN)


def test_letters_that_no_font_has_are_named_and_left_out():
    assert missing("ქართული Verein 💜") == ["ქ", "ა", "რ", "თ", "უ", "ლ", "ი", "💜"]
    assert shape("💜", PLAIN).width == 0


def test_bold_is_bolder():
    assert shape("Wort", Style(weight=800)).width > shape("Wort", PLAIN).width


def test_every_font_of_the_pages_is_readable():
    assert len(typefaces()) == 7
    assert all(font(number, 800).face.upem for number in range(7))


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("box", [(700, 360), (300, 90), (1000, 50)])
def test_a_long_text_is_cut_with_an_ellipsis_and_stays_inside(language, box):
    width, height = box
    style = Style(weight=800, right_to_left=language == "ar", leading=1.4 if language == "ar" else 1.15)
    setting = fit(LONG[language], style, width, height, SIZES)
    assert setting.texts[-1].endswith("…")
    assert len(setting.texts) == 1 or setting.height <= height
    assert max(line.width for line in setting.lines) * setting.size / EM <= width + 1
    image = Image.new("L", (width + 400, height + 400), 0)
    paint(image, setting, (200, 200, 200 + width), "white")
    left, _top, right, _bottom = image.getbbox()
    assert left >= 190
    assert right <= 210 + width


def test_a_short_text_takes_the_largest_size():
    assert fit("Kurz", PLAIN, 600, 200, SIZES).size == 80


def test_a_text_that_fits_is_complete():
    text = "Mehr Verbindlichkeit in der Zusammenarbeit"
    assert " ".join(fit(text, PLAIN, 600, 300, SIZES).texts) == text


def test_lines_are_of_about_the_same_length():
    first, second = fit("eins zwei drei vier fünf sechs sieben acht", PLAIN, 520, 150, (60,)).lines
    assert abs(first.width - second.width) < 0.4 * first.width


def test_a_word_that_is_too_long_is_broken_and_complete():
    word = "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselloch"
    texts = fit(word, PLAIN, 500, 400, (60,)).texts
    assert "".join(text.removesuffix("-") for text in texts) == word
    assert len(texts) > 1


def test_a_soft_hyphen_shows_where_the_line_breaks_and_only_there():
    texts = fit("Bundes\u00adverbands\u00adkonferenz", PLAIN, 330, 400, (60,)).texts
    assert texts[0].endswith("-")
    assert shape("Bundes\u00adverband", PLAIN).width == shape("Bundesverband", PLAIN).width


@pytest.mark.parametrize("text", ["", " ", "\u00ad", "\u200f\u202e", "💜", "…", "a\u0301" * 50, "-", "\u0301"])
def test_odd_texts_are_no_reason_to_fail(text):
    setting = fit(text, ARABIC, 300, 100, SIZES)
    paint(Image.new("RGB", (400, 300)), setting, (0, 0, 300), "white")


def test_direction_of_a_name_is_that_of_its_first_letter():
    assert runs_right_to_left("123 جمعية e. V.")
    assert not runs_right_to_left("Verein جمعية")
    assert not runs_right_to_left("2025")
