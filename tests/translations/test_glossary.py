"""Terms are found in German text as people write it, and translations are held to them."""

import pytest

from translations.glossary import matches, violations
from translations.inflection import is_form, is_in_compound
from translations.models import GlossaryTerm, GlossaryTranslation


def term(name, rule="use", variants="", instead="", **translations):
    created = GlossaryTerm.objects.create(term=name, rule=rule, variants=variants, instead=instead)
    for language, text in translations.items():
        text, _, better = text.partition("→")
        GlossaryTranslation.objects.create(
            glossary_term=created, language=language, text=text.strip(), instead=better.strip()
        )
    return created


@pytest.fixture
def words(db):
    term(
        "Migrantenorganisation", variants="Migrant*innenorganisation; MO", en="migrant organisation", tr="göçmen örgütü"
    )
    term("Verbund", en="network", tr="ağ; birlik")
    term("Bundesverband NeMO", "keep")
    term("NeMO", "keep")
    term("Samo.fa", "keep")
    term("Verein", en="association", ar="جمعية")
    term("Leichte Sprache", en="Easy German")
    term(
        "Ausländer",
        "avoid",
        instead="Menschen mit Einwanderungsgeschichte",
        en="foreigner → person with a history of immigration",
    )


def found(text, language="en"):
    return [(match.term, text[match.start : match.end]) for match in matches(text, language)]


INFLECTED = {
    "Migrantenorganisation": ["Migrantenorganisationen", "Migrantenorganisation"],
    "Verbund": ["Verbünde", "Verbünden", "Verbunds", "Verbundes"],
    "Kommune": ["Kommunen"],
    "Verein": ["Vereine", "Vereinen", "Vereins"],
    "Träger": ["Trägern", "Trägers"],
    "Stadt": ["Städte", "Städten"],
    "institutionelle": ["institutioneller", "institutionellen"],
    "Migrant*innenorganisation": [
        "Migrant:innenorganisationen",
        "Migrantinnenorganisation",
        "Migrant_innenorganisation",
    ],
}
UNRELATED = {
    "Verbund": ["verbunden", "Verbundenheit", "Bund"],
    "Kommune": ["Kommunismus", "Kommunikation", "Kommunion"],
    "Verein": ["Vereinigung", "Vereinbarung", "Vereinsamung", "Vereint", "vereinen"],
    "Träger": ["trägt", "Trägheit"],
    "Stadt": ["Stadion", "Statt"],
}
COMPOUNDS = {
    "Verein": ["Vereinsarbeit", "Sportverein", "Sportvereine"],
    "Verband": ["Dachverband", "Verbandsarbeit"],
    "Träger": ["Projektträger"],
    "Migrantenorganisation": ["Dachmigrantenorganisationen", "Migrantenorganisationsarbeit"],
}


@pytest.mark.parametrize("word", INFLECTED)
def test_inflected_words_are_recognised(word):
    assert [token for token in INFLECTED[word] if not is_form(token, word)] == []


@pytest.mark.parametrize("word", UNRELATED)
def test_words_that_only_look_alike_are_not(word):
    assert [token for token in UNRELATED[word] if is_form(token, word, True) or is_in_compound(token, word)] == []


@pytest.mark.parametrize("word", COMPOUNDS)
def test_compounds_are_recognised(word):
    assert [token for token in COMPOUNDS[word] if not is_in_compound(token, word)] == []


def test_terms_are_found_where_they_stand(words):
    text = "Viele Migrantenorganisationen sind in einem Verbund verbunden."
    assert found(text) == [("Migrantenorganisation", "Migrantenorganisationen"), ("Verbund", "Verbund")]


def test_the_longest_term_wins(words):
    assert found("Der Bundesverband NeMO und NeMOs Vereine") == [
        ("Bundesverband NeMO", "Bundesverband NeMO"),
        ("NeMO", "NeMO"),
        ("Verein", "Vereine"),
    ]


def test_abbreviations_and_other_spellings_lead_to_the_term(words):
    assert found("Migrant*innenorganisationen (MO), im Monat") == [
        ("Migrantenorganisation", "Migrant*innenorganisationen"),
        ("Migrantenorganisation", "MO"),
    ]


def test_phrases_are_found_inflected(words):
    assert found("Texte in Leichter Sprache, nicht in leichter, einfacher Sprache") == [
        ("Leichte Sprache", "Leichter Sprache")
    ]


def test_markup_is_not_taken_for_words(words):
    assert found('<a id="Verein">Der <b>Verein</b></a> Samo.fa.') == [("Verein", "Verein"), ("Samo.fa", "Samo.fa")]


def test_a_match_says_what_is_wanted(words):
    wanted = {match.term: match.wanted for match in matches("Verbund Verein Ausländer Samo.fa", "en")}
    assert wanted == {
        "Verbund": "network",
        "Verein": "association",
        "Ausländer": "person with a history of immigration",
        "Samo.fa": "Samo.fa",
    }
    assert [match.wanted for match in matches("Verein", "ru")] == [""]


@pytest.mark.parametrize(
    ("source", "target", "language", "codes"),
    [
        ("Die Vereine", "The associations", "en", []),
        ("Die Vereine", "The clubs", "en", ["term-missing"]),
        ("Der Verein", "الجمعية", "ar", []),
        ("Vereine", "والجمعيات", "ar", []),
        ("Migrantenorganisationen", "göçmen örgütlerinin", "tr", []),
        ("Der Verbund", "Birliğin üyeleri", "tr", []),
        ("Samo.fa hilft", "Samo.fa helps", "en", []),
        ("Samo.fa hilft", "Together helps", "en", ["term-changed"]),
        ("Menschen", "foreigners live here", "en", ["term-avoided"]),
        ("Menschen", "foreign policy", "en", []),
        ("Sportverein", "sports club", "en", []),
        ("Die MO", "The MO", "en", []),
        ("Verein", "общество", "ru", []),
        ("<b>Verein</b>", "<b>associa</b>tion", "en", []),
    ],
)
def test_translations_are_held_to_the_terms(words, source, target, language, codes):
    assert [violation.code for violation in violations(source, target, language)] == codes


def test_a_violation_says_what_would_be_right(words):
    [violation] = violations("Menschen", "foreigners", "en")
    assert "person with a history of immigration" in violation.message


def test_one_query_for_any_number_of_texts(words, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _number in range(20):
            matches("Verein und Verbund", "en")
            violations("Verein", "association", "tr")


def test_a_change_holds_at_once(words):
    assert found("Kommunen") == []
    created = term("Kommune", en="municipality")
    assert found("Kommunen") == [("Kommune", "Kommunen")]
    created.translations.get().delete()
    assert matches("Kommune", "en")[0].wanted == ""
    created.delete()
    assert found("Kommunen") == []


@pytest.mark.parametrize("text", ["", "\0", "<", "&amp;", "(" * 500, "Verein" * 300, "\u202eVerein\u202c", "*:_·"])
def test_odd_texts_do_no_harm(words, text):
    assert isinstance(matches(text, "en"), list)
    assert isinstance(violations(text, text, "de-simple"), list)
