"""The screen on which texts are translated: what it shows, what it stores, and whom it refuses."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment, StringTranslation

from tests.translations import small_site
from tests.translations.work import change_source, edit_url, publish_in_editor, submit, target, translate, translation
from translations.editor.sheet import Sheet

LIST = "<ul><li>Erstens</li><li>Zweitens im <a href='https://example.org/a.b'>Bericht</a></li></ul>"
BODY = [
    ("heading", {"text": "Was wir tun", "level": "h3"}),
    ("text", f"<p>Wir sind <b>14</b> Verbünde.</p>{LIST}"),
    ("quote", {"quote": "Gemeinsam geht es.", "name": "Amal", "role": ""}),
    ("accordion", {"title": "Fragen", "items": [{"heading": "Wer?", "text": "<p>Alle.</p>"}]}),
]


@pytest.fixture(scope="module")
def work(small_snapshot, django_db_blocker):
    """A page with every kind of text, in work in Arabic. Built once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        small_snapshot.restore()
        site, people = small_site.site(), small_site.people()
        page, arabic = change_source(site.pages["ueber-uns"], body=BODY), site.locales["ar"]
        submit(people["admin"], page, arabic)
        submit(people["admin"], site.pages["drei-wege"], arabic)
        yield SimpleNamespace(site=site, people=people, page=page, arabic=arabic, work=translation(page, arabic))
        transaction.set_rollback(True)


@pytest.fixture
def desk(work, db):
    with transaction.atomic():
        yield work
        transaction.set_rollback(True)


def shown(desk, role="translator_ar"):
    return desk.people[role].get(edit_url(target(desk.page, desk.arabic)))


def segment(desk, german):
    return StringSegment.objects.get(source=desk.work.source, string__data=german)


def save(desk, german, text, version="", role="translator_ar"):
    address = reverse("translations:save_text", args=[desk.work.pk, segment(desk, german).pk])
    return desk.people[role].post(address, {"text": text, "version": version})


def stored(desk, german):
    row = segment(desk, german)
    found = StringTranslation.objects.filter(translation_of=row.string, context=row.context, locale=desk.arabic).first()
    return found and found.data


# --- What it shows ---------------------------------------------------------------------------------------------------
def test_texts_come_in_the_order_of_the_page_with_what_they_are(desk):
    with override("en"):
        found = [(s.german, s.where, s.kind) for s in Sheet(desk.work).segments]
    assert found == [
        ("Über uns", "Title", "title"),
        ("Wer wir sind.", "Summary", "text"),
        ("Was wir tun", "Heading · Text", "h3"),
        ("Wir sind ‹b›14‹/b› Verbünde.", "Text · Paragraph", "p"),
        ("Erstens", "Text · List item", "li"),
        ("Zweitens im ‹1›Bericht‹/1›", "Text · List item", "li"),
        ("Gemeinsam geht es.", "Quotation", "quote"),
        ("Amal", "Quotation · Name", "text"),
        ("Fragen", "Accordion · Title", "heading"),
        ("Wer?", "Accordion · Entries · No. 1 · Heading", "heading"),
        ("Alle.", "Accordion · Entries · No. 1 · Text · Paragraph", "p"),
    ]


def test_every_text_has_its_language_and_direction(desk):
    html = shown(desk).content.decode()
    assert html.count('lang="ar" dir="rtl" rows=') == 11
    assert html.count('lang="de" dir="ltr"') >= 11


def test_facts_are_not_offered_but_addresses_of_links_are(desk):
    assert [link.german for link in shown(desk).context["sheet"].links] == ["https://example.org/a.b"]


@pytest.mark.parametrize("role", ["translator_ar", "lead_ar"])
def test_the_queries_do_not_grow_with_the_texts(desk, role):
    counts = []
    for number in (5, 60):
        page = change_source(
            desk.page, body=[("text", "".join(f"<p>Satz {n} mit Netzwerk</p>" for n in range(number)))]
        )
        assert page
        shown(desk, role)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert shown(desk, role).context["sheet"].total == number + 2
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 60


def test_terms_use_the_same_screen(desk):
    topic = type(desk.site.topic).objects.get(locale=desk.arabic)
    response = desk.people["translator_ar"].get(reverse("wagtailsnippets_core_topic:edit", args=[topic.pk]))
    assert [s.german for s in response.context["sheet"].segments] == ["Wohnen"]


# --- What it stores --------------------------------------------------------------------------------------------------
def test_a_text_is_saved_and_the_state_comes_back(desk):
    answer = save(desk, "Wer wir sind.", "من نحن").json()
    assert stored(desk, "Wer wir sind.") == "من نحن"
    assert (answer["state"], answer["done"], answer["total"]) == ("done", 1, 11)
    assert save(desk, "Wer wir sind.", "", answer["version"]).json()["done"] == 0
    assert stored(desk, "Wer wir sind.") is None


def test_marks_become_links_and_formatting_again(desk):
    german = 'Zweitens im <a id="a1">Bericht</a>'
    assert save(desk, german, "ثانيًا في <1>التقرير</1>").status_code == 200
    assert stored(desk, german) == 'ثانيًا في <a id="a1">التقرير</a>'


def test_broken_marks_are_refused_with_a_reason(desk):
    german = 'Zweitens im <a id="a1">Bericht</a>'
    answer = save(desk, german, "ثانيًا ‹1›التقرير")
    assert answer.status_code == 422
    assert "‹/1›" in answer.json()["detail"]
    assert stored(desk, german) is None


def test_findings_come_back_at_once(desk):
    answer = save(desk, "Wir sind <b>14</b> Verbünde.", "نحن ‹b›41‹/b› اتحادًا").json()
    assert "14" in answer["findings"]


ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)></textarea>"


@pytest.mark.parametrize("german", ["Über uns", "Erstens"])
def test_what_looks_like_html_is_text(desk, german):
    answer = save(desk, german, ATTACK)
    assert answer.status_code == 200
    html = shown(desk).content.decode()
    assert ATTACK not in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    preview = desk.people["translator_ar"].get(reverse("wagtail_localize:preview_translation", args=[desk.work.pk]))
    assert "<script>alert" not in preview.content.decode()


def test_a_title_has_one_line(desk):
    save(desk, "Über uns", "نحن\r\nأنتم")
    assert target(desk.page, desk.arabic).draft_title == "نحن أنتم"


def test_the_name_of_the_draft_has_no_entities(desk):
    save(desk, "Über uns", "نحن & أنتم")
    assert target(desk.page, desk.arabic).draft_title == "نحن & أنتم"


@pytest.mark.parametrize("text", ["ن" * 256, "x" * 21_000])
def test_what_cannot_be_stored_is_refused(desk, text):
    assert save(desk, "Über uns", text).status_code == 422
    assert stored(desk, "Über uns") is None


def test_no_character_is_stored_that_a_database_cannot_hold(desk):
    assert save(desk, "Erstens", "أ\0ب\u202e").status_code in (200, 422)
    assert stored(desk, "Erstens") in (None, "أب")


def test_somebody_else_was_quicker(desk):
    save(desk, "Erstens", "أولًا")
    answer = save(desk, "Erstens", "بدايةً", role="lead_ar")
    assert answer.status_code == 409
    assert answer.json()["theirs"] == "أولًا"
    assert stored(desk, "Erstens") == "أولًا"
    assert save(desk, "Erstens", "بدايةً", answer.json()["version"], "lead_ar").status_code == 200
    assert stored(desk, "Erstens") == "بدايةً"


def test_nothing_is_overwritten_by_a_form_that_was_not_touched(desk):
    form = {f"text-{segment(desk, 'Erstens').pk}": "", f"version-text-{segment(desk, 'Erstens').pk}": ""}
    save(desk, "Erstens", "أولًا")
    assert desk.people["lead_ar"].post(reverse("translations:save_texts", args=[desk.work.pk]), form).status_code == 302
    assert stored(desk, "Erstens") == "أولًا"


def save_all(desk, texts, role="translator_ar", **extra):
    form = {f"text-{segment(desk, german).pk}": text for german, text in texts.items()}
    return desk.people[role].post(reverse("translations:save_texts", args=[desk.work.pk]), {**form, **extra})


def test_without_scripts_all_is_saved_at_once(desk):
    assert save_all(desk, {"Über uns": "من نحن", "Erstens": "أولًا"}).status_code == 302
    assert (stored(desk, "Über uns"), stored(desk, "Erstens")) == ("من نحن", "أولًا")


def test_what_could_not_be_saved_stays_in_its_field(desk):
    german = 'Zweitens im <a id="a1">Bericht</a>'
    response = save_all(desk, {"Erstens": "أولًا", german: "‹1›ناقص"})
    assert response.status_code == 422
    assert "‹1›ناقص</textarea>" in response.content.decode()
    assert stored(desk, "Erstens") == "أولًا"
    assert stored(desk, german) is None


def test_without_scripts_both_texts_are_shown_when_somebody_was_quicker(desk):
    save(desk, "Erstens", "أولًا")
    html = save_all(desk, {"Erstens": "بدايةً"}).content.decode()
    assert "بدايةً</textarea>" in html
    assert ">أولًا</p>" in html


def save_link(desk, text):
    row = OverridableSegment.objects.get(source=desk.work.source, data_json='"https://example.org/a.b"')
    return desk.people["translator_ar"].post(
        reverse("translations:save_link", args=[desk.work.pk, row.pk]), {"text": text}
    )


@pytest.mark.parametrize("address", ["https://example.org/ar", "mailto:a@example.org", "tel:+49 531 1"])
def test_a_link_may_lead_elsewhere(desk, address):
    assert save_link(desk, address).status_code == 200
    assert json.loads(SegmentOverride.objects.get().data_json) == address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "//x", "x", "mailto:"])
def test_a_link_never_becomes_a_script(desk, address):
    assert save_link(desk, address).status_code == 422
    assert not SegmentOverride.objects.exists()


# --- The German text changes -----------------------------------------------------------------------------------------
def outdated(desk, german):
    sheet = shown(desk).context["sheet"]
    return next(s for s in sheet.segments if s.german == german)


def test_the_difference_and_the_earlier_translation_are_shown(desk):
    save(desk, "Wir sind <b>14</b> Verbünde.", "نحن ‹b›١٤‹/b› اتحادًا")
    raw = [{"type": b.block_type, "id": b.id, "value": b.get_prep_value()["value"]} for b in desk.page.body]
    for block in raw:
        if block["type"] == "text":
            block["value"] = block["value"].replace("14", "16")
    change_source(desk.page, body=json.dumps(raw))
    text = outdated(desk, "Wir sind ‹b›16‹/b› Verbünde.")
    assert text.state == "outdated"
    assert ">14</del>" in text.change_as_html()
    assert ">16</ins>" in text.change_as_html()
    assert "<mark>١٤</mark>" in text.earlier_as_html()
    assert text.starting_point == "نحن ‹b›١٦‹/b› اتحادًا"


# --- Checking and publishing -----------------------------------------------------------------------------------------
def test_the_checks_are_listed_with_the_way_to_each_text(desk):
    translate(desk.people["translator_ar"], desk.work, "نص")
    html = desk.people["lead_ar"].get(reverse("translations:check", args=[desk.work.pk])).content.decode()
    assert f"#text-{segment(desk, 'Wir sind <b>14</b> Verbünde.').pk}" in html
    assert 'name="confirmed"' in html
    assert (
        "confirmed" not in desk.people["translator_ar"].get(edit_url(target(desk.page, desk.arabic))).content.decode()
    )


def test_warnings_are_confirmed_before_publishing(desk, django_capture_on_commit_callbacks):
    translate(desk.people["translator_ar"], desk.work, "نص")
    page = target(desk.page, desk.arabic)
    assert publish_in_editor(desk.people["lead_ar"], page).status_code == 200
    assert not target(desk.page, desk.arabic).live
    with django_capture_on_commit_callbacks(execute=True):
        publish_in_editor(desk.people["lead_ar"], page, confirmed="1")
    assert target(desk.page, desk.arabic).live


def test_errors_keep_a_page_from_being_published(desk, django_capture_on_commit_callbacks):
    translate(desk.people["translator_ar"], desk.work, "نص")
    save_over(desk, "Wer wir sind.", "نص " * 120)
    with django_capture_on_commit_callbacks(execute=True):
        response = publish_in_editor(desk.people["lead_ar"], target(desk.page, desk.arabic), confirmed="1")
    assert response.status_code == 200
    assert not target(desk.page, desk.arabic).live


def save_over(desk, german, text):
    version = save(desk, german, "?").json()["version"]
    assert save(desk, german, text, version).status_code == 200


def test_saving_leads_to_the_checks(desk):
    response = save_all(desk, {"Erstens": "أولًا"}, then="submit")
    assert response["Location"] == reverse("translations:check", args=[desk.work.pk])


def test_nothing_is_saved_while_a_review_is_on(desk):
    translate(desk.people["translator_ar"], desk.work, "نص")
    desk.people["translator_ar"].post(
        reverse("translations:submit_for_review", args=[desk.work.pk]), {"confirmed": "1"}
    )
    assert save(desk, "Erstens", "جديد").status_code == 403
    response = save_all(desk, {"Erstens": "جديد"})
    assert response.status_code == 403
    assert "جديد</textarea>" in response.content.decode()
    assert stored(desk, "Erstens") == "نص"
    assert "readonly" in shown(desk).content.decode()
    assert "readonly" not in shown(desk, "lead_ar").content.decode()


# --- Attacks ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["save_texts", "save_text", "save_link", "suggestions", "check", "submit_for_review"])
def test_ids_that_are_nobodys_are_not_found(desk, name):
    own, foreign = desk.work, translation(desk.site.pages["drei-wege"], desk.arabic)
    text = StringSegment.objects.filter(source=foreign.source).first()
    takes_two = name in {"save_text", "save_link", "suggestions"}
    for pk, inner in ((own.pk, text.pk), (own.pk, 10**20), (10**20, text.pk), (0, 0)):
        if not takes_two and pk == own.pk:
            continue
        address = reverse(f"translations:{name}", args=[pk, inner] if takes_two else [pk])
        for method in ("get", "post"):
            response = getattr(desk.people["admin"], method)(address, {"text": "x"}, follow=True)
            assert response.status_code in (404, 405), (pk, inner, method)
    assert not StringTranslation.objects.filter(data="x").exists()


@pytest.mark.parametrize(
    "data", [{}, {"text": ["a", "b"]}, {"text": "‹" * 900}, {"text": "\u202e", "version": "x" * 9999}]
)
def test_odd_forms_are_answered_calmly(desk, data):
    address = reverse("translations:save_text", args=[desk.work.pk, segment(desk, "Erstens").pk])
    assert desk.people["translator_ar"].post(address, data).status_code in (200, 409, 422)
    whole = reverse("translations:save_texts", args=[desk.work.pk])
    form = {f"text-{segment(desk, 'Erstens').pk}": data.get("text", ""), "then": "x", "text-99999999": "x"}
    assert desk.people["translator_ar"].post(whole, form).status_code in (302, 422)


def test_a_translation_that_was_stopped_is_not_changed(desk):
    desk.work.__class__.objects.filter(pk=desk.work.pk).update(enabled=False)
    address = reverse("translations:save_text", args=[desk.work.pk, segment(desk, "Erstens").pk])
    assert desk.people["lead_ar"].post(address, {"text": "x"}, follow=True).status_code == 404
    assert stored(desk, "Erstens") is None


def test_a_damaged_structure_is_still_shown(desk):
    """Blocks that the page type does not know any more."""
    source = desk.work.source
    source.content_json = json.dumps(json.loads(source.content_json) | {"body": "[]"})
    source.save()
    assert shown(desk).context["sheet"].total == 11
