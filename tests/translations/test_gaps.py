"""German passages in a served page are marked; everything else stays byte for byte."""

import re

import pytest

from translations.gaps import mark

MARK = '<span class="gap"><span class="visually-hidden">in German: </span><span lang="de" dir="ltr">'
WHOLE = MARK.replace('"gap"', '"gap gap-whole"')
END = "</span></span>"


def marked(content, *gaps, language="en"):
    html = f'<head><title>Wir sind viele.</title></head><main id="content">{content}</main><footer>Wir sind viele.</footer>'
    answer = mark(html, list(gaps), language)
    before, after = html.split(content)
    assert answer.startswith(before)
    assert answer.endswith(after)
    inside = answer[len(before) : len(answer) - len(after)]
    for mark_of in (WHOLE, MARK):
        bare = inside.replace(mark_of, "\x01")
        inside_bare = re.sub("\x01(.*?)</span></span>", r"\1", bare, flags=re.S)
        if "\x01" in bare and "</span></span>" not in content:
            assert inside_bare.replace(WHOLE, "").replace(END, "") == content
    return inside


@pytest.mark.parametrize(
    ("content", "gap", "expected"),
    [
        ("<p>Wir sind viele.</p>", "Wir sind viele.", f"<p>{WHOLE}Wir sind viele.{END}</p>"),
        ("<p>\n Wir  sind\nviele. </p>", "Wir sind viele.", f"<p>\n {WHOLE}Wir  sind\nviele.{END} </p>"),
        (
            "<p>Wir <b>sind</b> <a href='/x'>viele</a>.</p>",
            "Wir sind viele.",
            f"<p>{WHOLE}Wir <b>sind</b> <a href='/x'>viele</a>.{END}</p>",
        ),
        ("<p><b>Wir sind viele.</b></p>", "Wir sind viele.", f"<p>{WHOLE}<b>Wir sind viele.</b>{END}</p>"),
        ("<p>Eins<br/>zwei drei</p>", "Eins zwei drei", f"<p>{WHOLE}Eins<br/>zwei drei{END}</p>"),
        ("<ul><li>Eins</li><li>One</li></ul>", "Eins", f"<ul><li>{WHOLE}Eins{END}</li><li>One</li></ul>"),
        ("<h2>Über &amp; unter</h2>", "Über & unter", f"<h2>{WHOLE}Über &amp; unter{END}</h2>"),
        (
            "<p>Er sagt &#x27;ja&#x27; heute</p>",
            "Er sagt 'ja' heute",
            f"<p>{WHOLE}Er sagt &#x27;ja&#x27; heute{END}</p>",
        ),
        (
            '<a class="button" href="/x">Mehr lesen<svg><use href="#a"/></svg></a>',
            "Mehr lesen",
            f'<a class="button" href="/x">{MARK}Mehr lesen{END}<svg><use href="#a"/></svg></a>',
        ),
        (
            "<figcaption><strong>Name</strong><br>Vorsitz</figcaption>",
            "Vorsitz",
            f"<figcaption><strong>Name</strong><br>{MARK}Vorsitz{END}</figcaption>",
        ),
        (
            "<li>Zahl der Netzwerke (source)</li>",
            "Zahl der Netzwerke",
            f"<li>{MARK}Zahl der Netzwerke{END} (source)</li>",
        ),
        (
            '<figure><img src="/a.jpg" alt="Ein Haus am See"></figure>',
            "Ein Haus am See",
            '<figure><img lang="de" dir="ltr" src="/a.jpg" alt="Ein Haus am See"></figure>',
        ),
    ],
)
def test_a_german_passage_is_marked(content, gap, expected):
    assert marked(content, gap) == expected


@pytest.mark.parametrize(
    "content",
    [
        "<p>We are many.</p>",
        "<p>Wir sind viele, viele.</p>",
        '<p title="Wir sind viele.">We</p>',
        "<p><!-- Wir sind viele. --></p>",
        '<script type="application/ld+json">{"x": "Wir sind viele."}</script>',
        "<svg><title>Wir sind viele.</title></svg>",
        "<select><option>Wir sind viele.</option></select>",
        "<textarea>Wir sind viele.</textarea>",
        '<div lang="de" dir="ltr"><p>Wir sind viele.</p></div>',
        '<p><a data-x="Wir sind viele.>" href="/x">x</a></p>',
        "<p>5 < 6</p>",
    ],
)
def test_what_is_no_german_passage_stays(content):
    assert marked(content, "Wir sind viele.") == content


def test_short_texts_are_not_looked_for_inside_others():
    assert marked("<p>Die Post die kommt</p>", "Die") == "<p>Die Post die kommt</p>"


def test_numbers_are_the_same_in_every_language():
    assert marked("<li>2024</li>", "2024") == "<li>2024</li>"


def test_several_passages_and_several_times():
    answer = marked("<p>Eins</p><p>Two</p><p>Drei</p><p>Eins</p>", "Eins", "Drei")
    assert answer.count('class="gap gap-whole"') == 3


def test_the_explanation_is_in_the_language_of_the_page():
    assert "بالألمانية: " in marked("<p>Eins</p>", "Eins", language="ar")


def test_odd_html_is_no_reason_to_fail():
    for odd in ("<", "<p", "</p>", "<b></p></b>", "<p><b>Eins", "\u202eEins", "<script>Eins", "&#x110000;", "<!--"):
        mark(f"<main>{odd}</main>", ["Eins"], "ar")
    assert mark("Eins", ["Eins"], "ar") == "Eins"
    long = "<p>" + "<b>Eins</b> " * 5000 + "</p>"
    assert mark(f"<main>{long}</main>", ["Eins"], "ar").count('class="gap"') == 5000
