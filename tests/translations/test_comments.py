"""What translators and editors say to each other about a text, who may, and that none of it gets lost."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail_localize.models import StringSegment

from tests.translations.work import change_source, refused
from translations import comments
from translations.models import SegmentComment

MAY = {"translator_ar", "lead_ar", "editor", "admin"}


@pytest.fixture
def work(desk):
    return desk


@pytest.fixture
def people(desk):
    return desk.people


def place(work, path="summary"):
    return StringSegment.objects.get(source=work.source, context__path=path)


def write(client, work, segment=None, text="Wer ist gemeint?", **extra):
    segment = segment or place(work)
    data = {"context": segment.context_id, "string": segment.string_id, "text": text, "next": "/admin/pages/", **extra}
    return client.post(reverse("translations:comment_add", args=[work.translation.pk]), data, **headers(extra))


def headers(extra):
    return {"headers": {"X-Requested-With": "XMLHttpRequest"}} if extra.get("part") else {}


def test_translator_and_editor_talk_about_a_text_until_it_is_settled(work, people):
    assert write(people["translator_ar"], work)["Location"] == "/admin/pages/"
    write(people["editor"], work, text="Die Verbünde.")
    segment = place(work)
    thread = comments.comments_on(work.translation).at(segment.context_id, segment.string_id)
    assert [(said.author.username, said.text) for said in thread] == [
        ("translator_ar", "Wer ist gemeint?"),
        ("editor", "Die Verbünde."),
    ]
    people["translator_ar"].post(reverse("translations:comment_resolve", args=[thread[1].pk]))
    assert comments.comments_on(work.translation).number_open == 0
    people["editor"].post(reverse("translations:comment_reopen", args=[thread[0].pk]))
    assert comments.comments_on(work.translation).number_open == 2


@pytest.mark.parametrize("name", ["comment_add", "comment_resolve", "comment_reopen"])
def test_only_those_who_work_on_either_text_may(name, work, people):
    comment = comments.add(work.translation, place(work).context_id, place(work).string_id, "?", people["admin"].user)
    answered = set()
    for role, client in people.items():
        with transaction.atomic():
            if name == "comment_add":
                response = write(client, work)
            else:
                response = client.post(reverse(f"translations:{name}", args=[comment.pk]))
            transaction.set_rollback(True)
        if not refused(response):
            answered.add(role)
    assert answered == MAY
    assert people["admin"].get(reverse(f"translations:{name}", args=[comment.pk])).status_code == 405


@pytest.mark.parametrize("text", ["", "  \n ", "a" * 2001, "\0"])
def test_what_cannot_be_saved_comes_back_with_a_reason(text, work, people):
    response = write(people["translator_ar"], work, text=text)
    assert response.status_code == 422
    assert response.context["error"]
    assert response.context["text"] == text.replace("\0", "")
    assert not SegmentComment.objects.exists()


def test_a_double_click_is_one_comment(work, people):
    for _time in range(2):
        write(people["translator_ar"], work)
    assert SegmentComment.objects.count() == 1


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "١", "9" * 18, "9" * 30, "1.5", "' or 1=1"])
def test_places_that_are_not_on_the_page_are_not_found(number, work, people):
    response = write(people["translator_ar"], work, context=number)
    assert response.status_code == 404
    assert not SegmentComment.objects.exists()


def test_a_place_on_another_page_is_not_found(work, people):
    foreign = StringSegment.objects.exclude(source=work.source).first()
    assert write(people["translator_ar"], work, foreign).status_code == 404
    assert not SegmentComment.objects.exists()


def test_script_text_and_overrides_are_only_text(work, people):
    response = write(people["translator_ar"], work, text="<script>alert(1)</script> \u202egnirts", part=True)
    html = response.content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<html" not in html


def test_a_comment_stays_at_its_place_when_the_german_text_changes(work, people):
    write(people["translator_ar"], work)
    change_source(work.page, summary="Wer wir heute sind.")
    segment = place(work)
    (comment,) = comments.comments_on(work.translation).at(segment.context_id, segment.string_id)
    assert comment.is_about_earlier_text
    assert comments.quoted(comment) == "Wer wir sind."


def test_a_comment_on_a_text_that_is_gone_is_kept_among_the_earlier_ones(work, people):
    paragraph = StringSegment.objects.get(source=work.source, context__path__startswith="body")
    write(people["translator_ar"], work, paragraph)
    change_source(work.page, body=[])
    found = comments.comments_on(work.translation)
    assert [[comment.text for comment in thread] for thread in found.earlier] == [["Wer ist gemeint?"]]
    comment = found.earlier[0][0]
    people["editor"].post(reverse("translations:comment_resolve", args=[comment.pk]))
    assert comments.comments_on(work.translation).number_open == 0


def test_all_comments_of_a_translation_cost_one_query(work, people, django_assert_num_queries):
    for number in range(5):
        comments.add(work.translation, place(work).context_id, place(work).string_id, f"{number}", people["admin"].user)
    with django_assert_num_queries(1):
        found = comments.comments_on(work.translation)
        assert [comments.quoted(comment) for thread in found.threads.values() for comment in thread]


def test_a_comment_needs_words(work, people):
    with pytest.raises(ValidationError):
        comments.add(work.translation, place(work).context_id, None, " ", people["admin"].user)
