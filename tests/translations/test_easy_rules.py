"""The rules of Leichte Sprache, measured on a corpus of sentences: what they find, and what they leave alone."""

from collections import Counter
from pathlib import Path

import pytest

from translations.easy.rules import Text, check, rules
from translations.easy.rules.check import of_sentence
from translations.easy.rules.words import parts

CORPUS = Path(__file__).parent / "easy_corpus" / "sentences.txt"
# At least so much of what a rule says must be right (precision), and so much of what is there must be found (recall).
PRECISION, RECALL = 0.9, 0.85


def corpus():
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            expected, sentence = line.split(" | ", 1)
            yield sentence, set() if expected == "-" else set(expected.split(","))


def measured():
    right, wrong, missed = Counter(), Counter(), Counter()
    faults = []
    for sentence, expected in corpus():
        found = {hint.rule for hint in of_sentence(sentence)}
        right.update(found & expected)
        wrong.update(found - expected)
        missed.update(expected - found)
        if found != expected:
            faults.append(f"{sentence}: {sorted(found)} instead of {sorted(expected)}")
    return right, wrong, missed, faults


def test_the_rules_keep_their_precision_and_recall(capsys):
    assert len(list(corpus())) >= 150
    right, wrong, missed, faults = measured()
    with capsys.disabled():
        print(f"\n{'rule':14}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>10}{'recall':>8}")
        for rule in rules():
            precision = right[rule] / max(1, right[rule] + wrong[rule])
            recall = right[rule] / max(1, right[rule] + missed[rule])
            print(f"{rule:14}{right[rule]:6}{wrong[rule]:6}{missed[rule]:7}{precision:10.2f}{recall:8.2f}")
    poor = [
        rule
        for rule in rules()
        if right[rule] < PRECISION * (right[rule] + wrong[rule]) or right[rule] < RECALL * (right[rule] + missed[rule])
    ]
    assert (poor, [] if not poor else faults) == ([], [])


def found(text, bold=()):
    return [(hint.rule, hint.found, hint.suggestion) for hint in check([Text(text, bold)])[0]]


def test_hints_know_their_place():
    text = "Guten Tag! Wir sind z. B. am Montag da.\nDie Räume werden geputzt."
    places = [(text[hint.start : hint.end], hint.rule) for hint in check([Text(text)])[0]]
    assert places == [("z. B.", "abbreviation"), ("werden geputzt", "passive")]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Hier steht, was es gibt.", "Was gibt es?"),
        ("Wir fragen, ob Sie Zeit haben.", "Haben Sie Zeit?"),
        ("Fragen Sie, welche Hilfe es gibt.", "Welche Hilfe gibt es?"),
        ("Das ist das Haus des Vereins.", "vom Verein"),
        ("Die Stimme der Vereine ist wichtig.", "von den Vereinen"),
        ("Wir nutzen die Räume der Stadt.", "von der Stadt"),
        ("Die Migrationsberatung hilft.", "Migrations·beratung"),
        ("Die Migrant*innenberatungsstellen helfen.", "Migrant*innen·beratungs·stellen"),
        ("Wir haben zwölf Räume.", "12"),
        ("Sie ist einundzwanzig.", "21"),
        ("Das ist Kapitel XIV.", "14"),
        ("Das Fest ist am 3.11.26.", "3. November 2026"),
        ("Das Fest ist am 3. Mrz. 2026.", "3. März 2026"),
        ("Es kamen 14.795 Menschen.", "fast 15 Tausend"),
        ("Die Kooperation ist gut.", "Zusammenarbeit"),
        ("Sie finden uns in der Goethestr. 5.", "Goethe·straße"),
    ],
)
def test_hints_say_what_to_write_instead(text, suggestion):
    assert suggestion in [hint.suggestion for hint in check([Text(text)])[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Es geht um Partizipation. Das bedeutet: Alle machen mit.",
        "Partizipation heißt: Alle machen mit.",
        "Sie heißt: Migrations·sozial·beratung.\nDie kurze Form ist: MSB.\nDie MSB hilft Ihnen.",
        "Das Bundes·amt (BAMF) hilft. Das BAMF ist in Nürnberg.",
    ],
)
def test_what_the_text_explains_may_be_used(text):
    assert [hint.rule for hint in check([Text(text)])[0] if hint.rule in {"hard", "foreign", "abbreviation"}] == []


def test_what_one_block_explains_holds_for_the_others():
    assert check([Text("Wir sind für Integration."), Text("Integration heißt: Alle gehören dazu.")]) == [[], []]


def test_a_negation_that_stands_out_is_as_the_rules_want_it():
    text = "Das ist nicht teuer."
    assert [hint.rule for hint in check([Text(text)])[0]] == ["negation"]
    assert check([Text(text, ((8, 13),))]) == [[]]


def test_every_hint_has_a_rule_that_explains_itself():
    named = {hint.rule for sentence, _expected in corpus() for hint in of_sentence(sentence)}
    assert named <= set(rules())
    for rule in rules().values():
        assert all([rule.title, rule.why, rule.bad, rule.good, rule.source]), rule.name
        assert rule.name in {hint.rule for hint in check([Text(rule.bad)])[0]}, rule.name
        assert rule.name not in {hint.rule for hint in check([Text(rule.good)])[0]}, rule.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "\0",
        "😀 🏳️‍🌈",
        "مرحبا بكم في الشبكة.",
        "Привет, мир!",
        "a" * 5000,
        "9" * 5000,
        "." * 3000,
        "((((((((((" * 200,
        "Wort·" * 300,
        "§" * 300,
        "z. B. " * 200,
        "\u202eVerkehrt\u202c herum",
        "I" * 300,
        "-" * 1000,
        "Donau" * 60,
    ],
    ids=range(17),
)
def test_whatever_is_typed_gets_an_answer(text):
    for hint in check([Text(text)])[0]:
        assert 0 <= hint.start <= hint.end <= len(text)


def test_a_hint_is_known_again_by_its_words():
    first, second = check([Text("Das ist nicht gut. Es ist Nicht da.")])[0]
    assert first.key == second.key
    assert first.key != check([Text("Nie.")])[0][0].key


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Arbeitssuche", "Arbeits·suche"),
        ("Hausaufgabenhilfe", "Haus·aufgaben·hilfe"),
        ("Sozialberatung", "Sozial·beratung"),
        ("Unterstützung", "Unterstützung"),
        ("Veranstaltungen", "Veranstaltungen"),
        ("Öffnungszeiten", "Öffnungs·zeiten"),
        ("XÆA12", "XÆA12"),
    ],
)
def test_compounds_are_parted_where_their_words_meet(word, expected):
    assert "·".join(parts(word)) == expected
