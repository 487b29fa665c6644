"""Earlier translations of the same or a similar sentence: which are offered, to whom, and at what cost."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import String, StringSegment, StringTranslation

from tests.translations import small_site
from tests.translations.work import change_source, submit, target, translation
from translations.editor import memory

SENTENCE = "Der Verband vertritt 14 Netzwerke von Migrantenorganisationen."
SIMILAR = "Der Verband vertritt 16 Netzwerke von Migrantenorganisationen."
ARABIC = "يمثل الاتحاد ١٤ شبكة من منظمات المهاجرين."


@pytest.fixture(scope="module")
def work(small_snapshot, django_db_blocker):
    """The page about us is translated, the one about the federation says nearly the same. Rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        small_snapshot.restore()
        site, people = small_site.site(), small_site.people()
        arabic = site.locales["ar"]
        done, new = site.pages["ueber-uns"], site.pages["verband"]
        change_source(done, summary=SENTENCE)
        change_source(new, summary=SIMILAR)
        submit(people["admin"], done, arabic)
        submit(people["admin"], new, arabic)
        yield SimpleNamespace(site=site, people=people, done=done, new=new, arabic=arabic)
        transaction.set_rollback(True)


@pytest.fixture
def desk(work, db):
    with transaction.atomic():
        yield work
        transaction.set_rollback(True)


def write(desk, german=SENTENCE, text=ARABIC, page=None, **values):
    row = StringSegment.objects.get(source=translation(page or desk.done, desk.arabic).source, string__data=german)
    defaults = {"data": text, "translation_type": "manual", **values}
    StringTranslation.objects.update_or_create(
        translation_of=row.string, context=row.context, locale=desk.arabic, defaults=defaults
    )


def offered(desk, german=SIMILAR, role="translator_ar", **options):
    user = desk.people[role].user
    return memory.suggestions(german, desk.arabic, desk.site.locales["de"], user, **options)


def test_a_similar_sentence_is_offered_with_its_percentage_and_the_new_number(desk):
    write(desk)
    (found,) = offered(desk)
    assert 75 <= found.percentage < 100
    assert found.german == SENTENCE
    assert found.text == ARABIC.replace("١٤", "١٦")
    assert found.numbers_adapted
    assert ">14</del>" in found.difference


def test_the_same_sentence_comes_first(desk):
    write(desk)
    write(desk, SIMILAR, "مثله", page=desk.new)
    assert [s.percentage for s in offered(desk)] == [100, offered(desk)[1].percentage]
    assert offered(desk)[0].text == "مثله"


def test_at_most_three_and_each_text_once(desk):
    sources = [f"Der Verband vertritt {n} Netzwerke von Migrantenorganisationen." for n in range(20, 26)]
    body = [("text", "".join(f"<p>{sentence}</p>" for sentence in sources))]
    change_source(desk.done, summary=SENTENCE, body=body)
    for number, german in enumerate(sources):
        write(desk, german, "نص واحد" if number < 3 else f"نص رقم {'ابج'[number - 3]}")
    found = offered(desk)
    assert len(found) == 3
    assert len({s.text for s in found}) == 3


def test_other_sentences_are_not_offered(desk):
    write(desk)
    assert offered(desk, "Bitte melden Sie sich bis Freitag für den Sprachkurs an.") == []
    assert offered(desk, "") == offered(desk, "14") == []


def test_not_what_stands_at_this_place_already(desk):
    write(desk)
    row = StringSegment.objects.get(source=translation(desk.done, desk.arabic).source, string__data=SENTENCE)
    assert offered(desk, SENTENCE, context_id=row.context_id) == []


def test_nothing_from_another_language_and_nothing_damaged(desk):
    write(desk, has_error=True)
    assert offered(desk) == []
    turkish = memory.suggestions(
        SIMILAR, desk.site.locales["tr"], desk.site.locales["de"], desk.people["translator_tr"].user
    )
    assert turkish == []


def test_marks_that_the_sentence_does_not_have_are_left_out(desk):
    german = f"<p>{SENTENCE[:-1]} im <b>ganzen</b> Land.</p>"
    change_source(desk.done, summary=SENTENCE, body=[("text", german)])
    write(desk, german[3:-4], "يمثل الاتحاد ١٤ شبكة في <b>كل</b> البلاد.")
    assert [s.text for s in offered(desk, german[3:-4].replace("<b>", "").replace("</b>", ""))] == [
        "يمثل الاتحاد ١٤ شبكة في كل البلاد."
    ]


def test_drafts_of_others_are_not_read_this_way(desk):
    write(desk)
    desk.done.specific_class.objects.get(pk=desk.done.pk).unpublish()
    elsewhere = target(desk.done, desk.arabic)
    assert offered(desk)  # it stands in the translator's own tree
    elsewhere.delete()
    write(desk)
    assert offered(desk) == []
    assert offered(desk, role="admin")


def test_the_list_is_a_piece_of_the_screen_or_a_page(desk):
    write(desk)
    work = translation(desk.new, desk.arabic)
    row = StringSegment.objects.get(source=work.source, string__data=SIMILAR)
    address = reverse("translations:suggestions", args=[work.pk, row.pk])
    piece = desk.people["translator_ar"].get(f"{address}?fragment").content.decode()
    page = desk.people["translator_ar"].get(address).content.decode()
    assert "<html" not in piece
    assert "<html" in page
    assert 'data-found="1"' in piece
    assert desk.people["translator_tr"].get(address).status_code in (302, 403)
    other = StringSegment.objects.filter(source=translation(desk.done, desk.arabic).source).first()
    foreign = reverse("translations:suggestions", args=[work.pk, other.pk])
    assert desk.people["translator_ar"].get(foreign, follow=True).status_code == 404


def test_asking_costs_the_same_however_much_there_is(desk):
    write(desk)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            offered(desk)
        counts.append(len(queries))
        texts = [f"Der Verband vertritt {n} Netzwerke von Migrantenorganisationen." for n in range(100, 160)]
        for text in texts:
            String.objects.get_or_create(
                locale=desk.site.locales["de"], data_hash=String._get_data_hash(text), defaults={"data": text}
            )
    assert counts[0] == counts[1] <= 8


def test_every_new_german_text_is_remembered(desk):
    text = "Ein ganz neuer Satz über Nachbarschaftshilfe."
    string = String.objects.create(locale=desk.site.locales["de"], data_hash=String._get_data_hash(text), data=text)
    assert {row.word for row in string.memory_words.all()} == set(memory.keys(text))
    memory.remember([string])
    assert string.memory_words.count() == len(memory.keys(text))
