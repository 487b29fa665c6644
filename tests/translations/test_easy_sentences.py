"""Where a sentence ends decides where readers of Leichte Sprache begin a new line."""

import pytest

from translations.easy.sentences import sentences


@pytest.mark.parametrize(
    "text",
    [
        "Wir helfen.|Kommen Sie!|Haben Sie Fragen?",
        "Wir sind z. B. am Montag da.|Kommen Sie.",
        "Das ist z. B. Sport.",
        "Das ist Dr. Müller.|Er hilft.",
        "Sie finden uns in der Goethe-Str. 5.|Das ist in Essen.",
        "Das Fest ist am 3. November 2026.|Es gibt Kuchen.",
        "Kommen Sie in den 2. Stock.|Dort ist das Büro.",
        "Das war im Jahr 2011.|Die Stadt hat Geld gegeben.",
        "Wir sind 14.|Das sind viele.",
        "Der Kurs geht bis zum 5. Mai.|Dann ist er aus.",
        "Er sagt: „Komm mit!“|Wir gehen.",
        "„Komm mit!“ sagt Anna.|Wir gehen.",
        "„Wer kommt?“, fragt er.",
        "Es gibt Tee, Kaffee usw.|Alles ist kostenlos.",
        "Das kostet 2.500 Euro.|Das ist viel.",
        "Es ist 9.30 Uhr.",
        "Sehen Sie auf www.example.org nach.|Dort steht alles.",
        "Wir heißen NeMO e. V. und sind viele.",
        "Warten Sie …|Gleich geht es los.",
        "Wirklich?!|Ja.",
        "Leichte Sprache heißt:|Die Sätze sind kurz.",
        "A. Yilmaz leitet die Gruppe.",
        "Das ist gut. (Und neu.)",
        "Was ist das? – Ein Haus.",
        "nur ein Stück Text",
    ],
)
def test_sentences(text):
    expected = text.split("|")
    if text.startswith("Das ist gut. ("):
        expected = ["Das ist gut.", "(Und neu.)"]
    if text.startswith("Was ist das?"):
        expected = ["Was ist das?", "– Ein Haus."]
    whole = text.replace("heißt:|", "heißt:\n").replace("|", " ")
    assert [whole[start:end] for start, end in sentences(whole)] == expected


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "?", "1.", ". ."])
def test_nothing_is_lost_and_nothing_hangs(text):
    found = "".join(text[start:end] for start, end in sentences(text))
    assert found.replace(" ", "") == text.replace(" ", "").replace("\n", "")
