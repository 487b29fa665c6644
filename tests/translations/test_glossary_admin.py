"""The Redaktion keeps the German side of the glossary, people of a language their own words and nothing else."""

import csv
import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from home.glossary import load_glossary
from tests.translations import small_site
from tests.translations.work import refused
from translations import glossary_files
from translations.models import GlossaryTerm, GlossaryTranslation, SuppliedTerm

LIST = "wagtailsnippets_translations_glossaryterm"
KEEPERS = {"editor", "admin"}
ARABIC = {"translator_ar", "lead_ar", "admin"}
READERS = ARABIC | {"translator_tr", "lead_tr", "editor"}


@pytest.fixture(scope="module")
def desk(small_snapshot, django_db_blocker):
    """Built once; each test goes back to it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            load_glossary()
            yield small_site.people()
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def people(desk, db):
    with transaction.atomic():
        yield desk
        transaction.set_rollback(True)
    cache.clear()


def verein():
    return GlossaryTerm.objects.get(term="Verein")


def wording(language):
    return GlossaryTranslation.objects.filter(glossary_term=verein(), language=language).first()


def own(language="ar"):
    return reverse("translations:term", args=[verein().pk, language])


def german_form(**changes):
    none = {f"translations-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return {"term": "Verein", "variants": "", "rule": "use", "instead": "", "explanation": "", **none, **changes}


VIEWS = {
    "see the list": ("get", lambda: reverse(f"{LIST}:list"), {}, READERS),
    "filter the list": ("get", lambda: reverse(f"{LIST}:list") + "?missing=ar&rule=use&q=Verein", {}, READERS),
    "see the form for Arabic": ("get", lambda: own("ar"), {}, ARABIC),
    "write Arabic": ("post", lambda: own("ar"), {"text": "رابطة"}, ARABIC),
    "write Turkish": ("post", lambda: own("tr"), {"text": "x"}, {"translator_tr", "lead_tr", "admin"}),
    "write German as a translation": ("post", lambda: own("de"), {"text": "x"}, set()),
    "write Leichte Sprache": ("post", lambda: own("de-simple"), {"text": "x"}, set()),
    "open the German form": ("get", lambda: reverse(f"{LIST}:edit", args=[verein().pk]), {}, KEEPERS),
    "change the German term": ("post", lambda: reverse(f"{LIST}:edit", args=[verein().pk]), german_form(), KEEPERS),
    "see the form for a new term": ("get", lambda: reverse(f"{LIST}:add"), {}, KEEPERS),
    "add a term": ("post", lambda: reverse(f"{LIST}:add"), german_form(term="Neues"), KEEPERS),
    "delete a term": ("post", lambda: reverse(f"{LIST}:delete", args=[verein().pk]), {}, KEEPERS),
    "see the history": ("get", lambda: reverse(f"{LIST}:history", args=[verein().pk]), {}, KEEPERS),
    "take TBX": ("get", lambda: reverse("translations:terms_export", args=["tbx"]), {}, READERS),
    "take CSV": ("get", lambda: reverse("translations:terms_export", args=["csv"]), {}, READERS),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_role_at(name, people):
    method, address, data, allowed = VIEWS[name]
    url, wrong = address(), []
    for role, client in people.items():
        with transaction.atomic():
            before = {(t.language, t.text) for t in verein().translations.all()}
            response = getattr(client, method)(url, data)
            if role not in allowed:
                assert GlossaryTerm.objects.filter(term="Verein").exists(), role
                assert {(t.language, t.text) for t in verein().translations.all()} == before, role
            transaction.set_rollback(True)
        assert response.status_code < 500, role
        if refused(response) == (role in allowed):
            wrong.append((role, response.status_code))
    assert wrong == []


def test_a_translator_changes_only_the_own_language(people):
    german, turkish = verein(), wording("tr").text
    response = people["translator_ar"].post(
        own(), {"text": "رابطة", "note": "neu", "language": "tr", "term": "Gehackt", "glossary_term": "1", "id": "1"}
    )
    assert response.status_code == 302
    assert (wording("ar").text, wording("tr").text) == ("رابطة", turkish)
    assert GlossaryTerm.objects.get(pk=german.pk).term == "Verein"


def test_an_emptied_wording_is_taken_away_and_twice_the_same_is_one_row(people):
    client = people["lead_ar"]
    for _number in range(2):
        assert client.post(own(), {"text": "رابطة"}).status_code == 302
    assert verein().translations.filter(language="ar").count() == 1
    for _number in range(2):
        assert client.post(own(), {"text": "  "}).status_code == 302
    assert wording("ar") is None


@pytest.mark.parametrize("text", ["x" * 251, ";", " ; ; "])
def test_what_cannot_be_stored_is_refused_with_the_text_kept(people, text):
    response = people["translator_ar"].post(own(), {"text": text, "note": "bleibt"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert 'value="bleibt"' in response.content.decode()


def test_two_translations_into_one_language_are_refused(people):
    rows = {"translations-TOTAL_FORMS": 2, "translations-INITIAL_FORMS": 0}
    for number in (0, 1):
        rows |= {
            f"translations-{number}-{name}": value
            for name, value in {"language": "ar", "text": f"a{number}", "instead": "", "note": "", "id": ""}.items()
        }
    response = people["editor"].post(reverse(f"{LIST}:add"), german_form(term="Doppelt", **rows))
    assert response.status_code == 200
    assert not GlossaryTerm.objects.filter(term="Doppelt").exists()


def test_the_same_term_twice_is_refused(people):
    response = people["editor"].post(reverse(f"{LIST}:add"), german_form())
    assert response.status_code == 200
    assert GlossaryTerm.objects.filter(term="Verein").count() == 1


def test_the_list_says_what_is_missing_and_leads_each_to_the_right_form(people):
    verein().translations.filter(language="uk").delete()
    url = reverse(f"{LIST}:list")
    for client, target in (
        (people["editor"], reverse(f"{LIST}:edit", args=[verein().pk])),
        (people["translator_ar"], reverse("translations:term", args=[verein().pk])),
    ):
        page = client.get(url, {"missing": "uk"}).content.decode()
        assert f'href="{target}"' in page
        assert "Українська" in page
    assert "Einstiegsqualifizierung" in people["editor"].get(url, {"q": "apprenticeship"}).content.decode()


@pytest.mark.parametrize("query", ["'", " ", "\0", '"', "x" * 5000, "%", "\u202e"])
def test_odd_searches_find_nothing_and_break_nothing(people, query):
    assert people["editor"].get(reverse(f"{LIST}:list"), {"q": query}).status_code < 500


def test_the_list_costs_the_same_for_any_number_of_terms(people, django_assert_max_num_queries):
    client = people["translator_ar"]
    client.get(reverse(f"{LIST}:list"))
    with django_assert_max_num_queries(16):
        client.get(reverse(f"{LIST}:list"))


# --- Files ---------------------------------------------------------------------------------------------------------------

TBX = "{urn:iso:std:iso:30042:ed-2}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What may stand in which element and in which order, by the schema of TBX-Basic in the style DCA.
ORDER = {
    "tbx": ["tbxHeader", "text"],
    "tbxHeader": ["fileDesc"],
    "fileDesc": ["sourceDesc"],
    "sourceDesc": ["p"],
    "text": ["body"],
    "body": ["conceptEntry"],
    "conceptEntry": ["descripGrp|note", "langSec"],
    "descripGrp": ["descrip"],
    "langSec": ["note", "termSec"],
    "termSec": ["term", "termNote"],
}
STATUS = {f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated", "superseded")}


def faults(element):
    name = element.tag.removeprefix(TBX)
    allowed = ORDER.get(name)
    children = [child.tag.removeprefix(TBX) for child in element]
    if allowed is None:
        if children or not (element.text or "").strip():
            yield f"{name}: {children}"
        return
    places = [next((i for i, names in enumerate(allowed) if child in names.split("|")), None) for child in children]
    if None in places or any(a > b for a, b in pairwise(places)):
        yield f"{name}: {children}"
    if len(allowed) - 1 not in places:
        yield f"{name} lacks {allowed[-1]}"
    for child in element:
        yield from faults(child)


def test_tbx_is_as_the_standard_wants_it(people):
    people["admin"].post(own("ar"), {"text": "رابطة", "note": "mit\tZeichen \x0b"})
    GlossaryTerm.objects.create(term="<&> \x08", explanation="“]]>”")
    response = people["translator_ar"].get(reverse("translations:terms_export", args=["tbx"]))
    assert response["Content-Disposition"] == 'attachment; filename="glossary.tbx"'
    root = ET.fromstring(response.content)
    assert root.attrib == {"type": "TBX-Basic", "style": "dca", XML_LANG: "de"}
    assert [*faults(root)] == []
    concepts = root.findall(f".//{TBX}conceptEntry")
    assert len({concept.get("id") for concept in concepts}) == len(concepts) == GlossaryTerm.objects.count()
    assert all(concept.find(f"{TBX}langSec").get(XML_LANG) == "de" for concept in concepts)
    notes = root.findall(f".//{TBX}termNote")
    assert {note.get("type") for note in notes} == {"administrativeStatus"}
    assert {note.text for note in notes} <= STATUS


def test_an_empty_glossary_is_no_file(people):
    GlossaryTerm.objects.all().delete()
    assert people["editor"].get(reverse("translations:terms_export", args=["tbx"])).status_code == 302


def test_the_table_holds_everything_and_no_formula(people):
    GlossaryTerm.objects.create(term="=1+1", explanation="@x")
    rows = [*csv.DictReader(io.StringIO(glossary_files.table(glossary_files.terms()).decode("utf-8-sig")))]
    assert len(rows) == GlossaryTerm.objects.count()
    found = {row["term"]: row for row in rows}
    assert found["Verein"]["en"] == "association"
    assert found["Ausländer"]["en_instead"] == "person with a history of immigration"
    assert found["'=1+1"]["explanation"] == "'@x"


# --- The vocabulary the site brings along ----------------------------------------------------------------------------------


def test_every_supplied_term_is_explained_and_translated(people):
    terms = GlossaryTerm.objects.prefetch_related("translations")
    assert len(terms) >= 40
    assert [term.term for term in terms if not term.explanation] == []
    languages = {"en", "tr", "ru", "ar", "pl", "uk"}
    used = [term for term in terms if term.rule == "use"]
    assert [term.term for term in used if {t.language for t in term.translations.all()} != languages] == []


def test_loading_again_changes_nothing_that_people_did(people):
    verein().delete()
    GlossaryTerm.objects.filter(term="Verbund").update(term="Netzwerk vor Ort")
    GlossaryTranslation.objects.filter(glossary_term__term="Kommune", language="en").update(text="town")
    before = [*GlossaryTerm.objects.values_list("term", "explanation")]
    call_command("load_glossary", verbosity=0)
    assert [*GlossaryTerm.objects.values_list("term", "explanation")] == before
    assert GlossaryTranslation.objects.get(glossary_term__term="Kommune", language="en").text == "town"


def test_a_term_that_people_made_before_is_left_alone(people):
    GlossaryTerm.objects.all().delete()
    SuppliedTerm.objects.all().delete()
    GlossaryTerm.objects.create(term="Verein", explanation="unsere")
    assert load_glossary() > 40
    assert verein().explanation == "unsere"
    assert load_glossary() == 0
