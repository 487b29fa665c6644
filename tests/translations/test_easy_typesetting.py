"""Pages in Leichte Sprache: a line for every sentence, and a Mediopunkt that is seen but not read aloud."""

import pytest

from translations.easy.typesetting import by_sentence, with_points, without_points

S, E = '<span class="sentence">', "</span>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Eins. Zwei.</p>", f"<p>{S}Eins.{E} {S}Zwei.{E}</p>"),
        ("<p>Eins.<br/>Zwei.</p>", f"<p>{S}Eins.{E} {S}Zwei.{E}</p>"),
        ("<p>Nur ein Satz.</p>", "<p>Nur ein Satz.</p>"),
        ("<p>Das ist z. B. Sport. Gut.</p>", f"<p>{S}Das ist z. B. Sport.{E} {S}Gut.{E}</p>"),
        ("<p>Das ist <b>gut</b>. Ja.</p>", f"<p>{S}Das ist <b>gut</b>.{E} {S}Ja.{E}</p>"),
        ("<p><b>Eins. Zwei.</b> Drei.</p>", f"<p>{S}<b>Eins.</b>{E} {S}<b>Zwei.</b>{E} {S}Drei.{E}</p>"),
        ('<p><a href="/x">Eins.</a> Zwei.</p>', f'<p>{S}<a href="/x">Eins.</a>{E} {S}Zwei.{E}</p>'),
        ("<li>Eins. Zwei.<ul><li>Drei.</li></ul></li>", f"<li>{S}Eins.{E} {S}Zwei.{E}<ul><li>Drei.</li></ul></li>"),
        ("<p>Kaffee &amp; Tee. Gut.</p>", f"<p>{S}Kaffee &amp; Tee.{E} {S}Gut.{E}</p>"),
        ('<p lang="de">Eins. Zwei.</p>', '<p lang="de">Eins. Zwei.</p>'),
        ("<p>Eins. <svg><path/></svg> Zwei.</p>", "<p>Eins. <svg><path/></svg> Zwei.</p>"),
        ("<h2>Eins. Zwei.</h2>", "<h2>Eins. Zwei.</h2>"),
        ("<p>Eins. <b></b>Zwei.</p>", f"<p>{S}Eins.{E} {S}Zwei.{E}</p>"),
        ("<p>Offen. <b>Ende.</p>", f"<p>{S}Offen.{E} {S}<b>Ende.</b>{E}</p>"),
    ],
)
def test_every_sentence_has_a_line(html, expected):
    assert by_sentence(html) == expected


def test_the_point_is_a_decoration_between_letters():
    html = '<h1 aria-label="Sprach·kurs">Sprach·kurs · Essen</h1><img alt="Sprach·kurs">'
    assert with_points(html) == (
        '<h1 aria-label="Sprachkurs"><span>Sprach<span class="point"></span><wbr>kurs · Essen</span></h1><img alt="Sprachkurs">'
    )


def test_addresses_and_scripts_keep_what_they_are():
    html = '<a href="/a·b">x</a><script type="application/ld+json">{"name": "Sprach·kurs"}</script>'
    assert with_points(html) == '<a href="/a·b">x</a><script type="application/ld+json">{"name": "Sprachkurs"}</script>'


def test_titles_have_no_points():
    assert without_points("Bundes·verband NeMO · Start") == "Bundesverband NeMO · Start"


@pytest.mark.parametrize("html", ["", "<", "<p", "</p></b>", "<p><b><i>A. B.", "<p>A. B.</b></p>", "<p>\0. \0.</p>"])
def test_broken_html_stays_what_it_was_or_better(html):
    by_sentence(html)
    with_points(html)
