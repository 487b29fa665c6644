"""What stands in whose inbox, when it leaves it, and what people can do there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringSegment

from tests.translations.desk import name
from tests.translations.work import change_source, publish_in_editor, submit, target
from translations import assigning, comments
from translations.inbox import work as inbox
from translations.inbox.waiting import waiting_for
from translations.models import Assignment

TODAY = timezone.localdate()


@pytest.fixture
def people(desk):
    return desk.people


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    def publish(client, page):
        with django_capture_on_commit_callbacks(execute=True):
            return publish_in_editor(client, page, confirmed="1")

    return publish


def titles(tasks):
    return [task.title for task in tasks]


def give(desk, slug, role="translator_ar", code="ar", **extra):
    return assigning.assign([desk.cell(slug, code)], person=desk.user[role], by=desk.user["admin"], **extra)[0]


def test_overdue_first_then_urgent_then_by_date(desk):
    give(desk, "verband", due=TODAY + timedelta(days=3))
    give(desk, "drei-wege", due=TODAY - timedelta(days=1))
    give(desk, "ueber-uns", urgent=True)
    tasks = inbox.mine(desk.user["translator_ar"])
    assert titles(tasks) == ["Drei Wege", "Über uns", "Verband"]
    assert [task.is_overdue for task in tasks] == [True, False, False]


def test_what_is_up_to_date_leaves_the_inbox_by_itself(desk, people, publish):
    give(desk, "ueber-uns")
    assert titles(inbox.mine(desk.user["translator_ar"])) == ["Über uns"]
    publish(people["lead_ar"], desk.target)
    assert inbox.mine(desk.user["translator_ar"]) == []


def test_what_is_outdated_later_is_new_work_and_nobodys_own(desk, people, publish):
    give(desk, "ueber-uns")
    publish(people["lead_ar"], desk.target)
    change_source(desk.page, summary="Wer wir heute sind.")
    assert inbox.mine(desk.user["translator_ar"]) == []
    assert "Über uns" in titles(inbox.everybodys(desk.user["translator_ar"]))
    people["translator_ar"].post(reverse("translations:take"), {"cell": name(desk.cell("ueber-uns"))})
    assert titles(inbox.mine(desk.user["translator_ar"])) == ["Über uns"]


@pytest.mark.parametrize("leaves", ["unpublished", "deleted"])
def test_what_left_the_site_leaves_the_inbox(leaves, desk, publish):
    give(desk, "verband")
    page = desk.site.pages["verband"]
    page.unpublish() if leaves == "unpublished" else page.delete()
    assert inbox.mine(desk.user["translator_ar"]) == []
    assert inbox.asked_for(desk.user["admin"]) == []


def test_a_page_that_has_yet_to_appear_is_work_once_it_is_begun(desk):
    from home.models import ContentPage

    draft = desk.site.pages["verband"].add_sibling(
        instance=ContentPage(title="Demnächst", slug="demnaechst", live=False), pos="right"
    )
    cell = draft.translation_key, desk.site.locales["ar"].pk
    assigning.assign([cell], person=desk.user["translator_ar"], by=desk.user["admin"])
    assert inbox.mine(desk.user["translator_ar"]) == []
    submit(desk.people["editor"], draft, desk.site.locales["ar"])
    assert titles(inbox.mine(desk.user["translator_ar"])) == ["Demnächst"]


def test_a_page_that_nobody_has_requested_leads_to_the_form_that_begins_it(desk, people):
    give(desk, "verband")
    (task,) = inbox.mine(desk.user["translator_ar"])
    assert people["translator_ar"].get(task.address).status_code == 200
    assert "select_locale=ar" in task.address


def test_a_term_stands_in_the_inbox_and_leads_to_its_texts(desk, people):
    cell = desk.topic.translation_key, desk.topic.locale_id
    assigning.assign([cell], person=desk.user["translator_ar"], by=desk.user["lead_ar"])
    (task,) = inbox.mine(desk.user["translator_ar"])
    assert task.title == "Wohnen"
    assert people["translator_ar"].get(task.address, follow=True).status_code == 200


def test_what_is_nobodys_is_everybodys_in_its_language(desk):
    assert titles(inbox.everybodys(desk.user["translator_tr"])) == ["Über uns"]
    assert "Drei Wege" in titles(inbox.everybodys(desk.user["translator_ar"]))
    give(desk, "drei-wege", "lead_ar")
    assert "Drei Wege" not in titles(inbox.everybodys(desk.user["translator_ar"]))


def test_only_the_group_sees_what_was_given_to_it(desk):
    from django.contrib.auth.models import Group

    leads = Group.objects.get(name="Sprachleitung: Arabisch")
    assigning.assign([desk.cell("drei-wege")], group=leads, by=desk.user["admin"])
    assert "Drei Wege" not in titles(inbox.everybodys(desk.user["translator_ar"]))
    assert titles(inbox.group_work(desk.user["lead_ar"])) == ["Drei Wege"]
    assert inbox.group_work(desk.user["translator_ar"]) == []


def test_the_lead_sees_what_is_complete_and_was_never_published(desk, people):
    assert "Über uns" in titles(inbox.for_review(desk.user["lead_ar"]))
    assert inbox.for_review(desk.user["translator_ar"]) == []
    people["translator_ar"].post(reverse("translations:submit_for_review", args=[desk.translation.pk]))
    (task,) = (task for task in inbox.for_review(desk.user["lead_ar"]) if task.is_page)
    assert task.now.in_review
    assert titles(waiting_for(desk.user["lead_ar"]).reviews) == ["Über uns"]


def test_the_lead_sees_texts_in_leichte_sprache_that_are_in_review(desk, people, django_assert_max_num_queries):
    pages = [desk.site.pages[slug] for slug in ("verband", "ueber-uns", "drei-wege")]
    for page in pages:
        people["translator_easy"].post(reverse("translations:easy_create", args=[page.pk]))
    lead = desk.user["lead_easy"]
    assert inbox.for_review(lead) == []
    for page in pages[:2]:
        text = target(page, desk.site.locales["de-simple"])
        text.get_workflow().start(text, desk.user["translator_easy"])
    with django_assert_max_num_queries(30):
        assert {*titles(waiting_for(lead).reviews)} == {"Verband", "Über uns"}
    assert "Verband" not in titles(inbox.everybodys(lead))
    assert {task.language for task in inbox.for_review(desk.user["lead_ar"])} == {"ar"}
    (task, _other) = inbox.for_review(lead)
    assert people["lead_easy"].get(task.address).status_code == 200


def test_whoever_asked_is_told_what_came_back_and_why(desk, people):
    assigning.assign([desk.cell("drei-wege")], person=desk.user["translator_ar"], by=desk.user["editor"])
    row = Assignment.objects.get()
    address = reverse("translations:give_back", args=[row.pk])
    assert people["translator_ar"].get(address).status_code == 200
    assert people["translator_ar"].post(address, {"reason": "Ich bin\nverreist."}).status_code == 302
    (task,) = waiting_for(desk.user["editor"]).returned
    assert task.assignment.reason == "Ich bin verreist."
    home = people["editor"].get(reverse("wagtailadmin_home")).content.decode()
    assert "Ich bin verreist." in home
    assigning.assign([desk.cell("drei-wege")], person=desk.user["lead_ar"], by=desk.user["editor"])
    assert waiting_for(desk.user["editor"]).returned == []


def test_editors_and_translators_are_told_of_comments_until_they_answer(desk):
    segment = StringSegment.objects.filter(source=desk.source).first()
    place = desk.translation, segment.context_id, segment.string_id
    comments.add(*place, "Wer ist gemeint?", desk.user["translator_ar"])
    assert [word.comment.text for word in waiting_for(desk.user["editor"]).words] == ["Wer ist gemeint?"]
    for other in ("translator_ar", "lead_ar", "translator_tr", "project_editor"):
        assert waiting_for(desk.user[other]).words == [], other
    comments.add(*place, "Die Verbünde.", desk.user["editor"])
    assert waiting_for(desk.user["editor"]).words == []
    (word,) = waiting_for(desk.user["translator_ar"]).words
    assert (word.comment.text, word.title, word.language_name) == ("Die Verbünde.", "Über uns", "العربية")
    comments.resolve(word.comment, desk.user["translator_ar"])
    assert waiting_for(desk.user["translator_ar"]).words == []


PAGES = {
    "inbox": {"translator_ar", "lead_ar", "translator_tr", "lead_tr", "translator_easy", "lead_easy", "admin"},
    "inbox_language": {"translator_ar", "lead_ar", "translator_tr", "lead_tr", "translator_easy", "lead_easy", "admin"},
    "inbox_review": {"lead_ar", "lead_tr", "lead_easy", "admin"},
    "inbox_asked": {"lead_ar", "lead_tr", "lead_easy", "editor", "admin"},
}


@pytest.mark.parametrize(
    "question", ["", "?language=ar&state=outdated&due=week&urgent=yes&q=weg", "?p=9999&due=x&q=%00"]
)
def test_each_part_of_the_inbox_is_for_those_who_have_it(question, desk, people):
    give(desk, "drei-wege", due=TODAY, note="<b>bitte</b> \u202eflink")
    for part, allowed in PAGES.items():
        for address in (part, f"{part}_results"):
            codes = {
                role: c.get(reverse(f"translations:{address}") + question).status_code for role, c in people.items()
            }
            assert {role for role, code in codes.items() if code == 200} == allowed, address
            assert max(codes.values()) < 400


def test_filters_narrow_the_list(desk, people):
    give(desk, "drei-wege", due=TODAY - timedelta(days=1))
    give(desk, "verband", due=TODAY + timedelta(days=20))

    def shown(**question):
        response = people["translator_ar"].get(reverse("translations:inbox"), question)
        return titles(response.context["object_list"])

    assert shown() == ["Drei Wege", "Verband"]
    assert shown(due="overdue") == ["Drei Wege"]
    assert shown(due="month") == ["Drei Wege", "Verband"]
    assert shown(state="missing") == ["Verband"]
    assert shown(q="weg drei") == ["Drei Wege"]
    assert shown(urgent="yes") == []


def test_taking_and_giving_are_refused_in_other_languages(desk, people):
    cell = name(desk.cell("drei-wege"))
    people["translator_tr"].post(reverse("translations:take"), {"cell": cell})
    assert not Assignment.objects.exists()
    people["translator_ar"].post(reverse("translations:take"), {"cell": cell})
    row = Assignment.objects.get(person=desk.user["translator_ar"])
    for role in people.keys() - {"translator_ar"}:
        people[role].post(reverse("translations:give_back", args=[row.pk]))
    assert Assignment.objects.get().person == desk.user["translator_ar"]


@pytest.mark.parametrize("cell", ["", "x", ":", "0:0", "{key}:" + "9" * 30, "{key}:-1", "{key}", "a" * 5000, "{key}:٣"])
def test_cells_that_are_none_are_not_found(cell, desk, people):
    cell = cell.replace("{key}", str(desk.page.translation_key))
    for view in ("take", "assign"):
        response = people["admin"].post(reverse(f"translations:{view}"), {"cell": cell, "assign": "1"})
        assert response.status_code == 404
    assert not Assignment.objects.exists()


def test_the_form_gives_many_texts_to_one_person(desk, people):
    cells = [name(desk.cell(slug)) for slug in ("drei-wege", "verband")]
    address = reverse("translations:assign")
    form = people["lead_ar"].get(address, {"cell": cells}).context["form"]
    offered = [str(label) for _key, label in form.fields["to"].choices]
    assert offered[1:] == [
        "Sprachleitung: Arabisch",
        "Übersetzung: Arabisch",
        "lead_ar",
        "translator_ar",
    ]
    data = {"cell": cells, "to": f"person-{desk.user['translator_ar'].pk}", "due": "2027-03-01", "assign": "1"}
    assert people["lead_ar"].post(address, data).status_code == 302
    assert Assignment.objects.filter(person=desk.user["translator_ar"], due="2027-03-01").count() == 2


@pytest.mark.parametrize(
    "wrong", [{"to": "person-1"}, {"due": "gestern"}, {"due": "99999-01-01"}, {"note": "a" * 301}, {"to": "x" * 9999}]
)
def test_a_wrong_form_comes_back_with_what_was_typed(wrong, desk, people):
    cell = name(desk.cell("drei-wege"))
    response = people["lead_ar"].post(
        reverse("translations:assign"), {"cell": cell, "assign": "1", "note": "x", **wrong}
    )
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Assignment.objects.exists()


def test_the_form_is_for_those_who_may_assign_these(desk, people):
    cell = name(desk.cell("drei-wege"))
    codes = {
        role: client.get(reverse("translations:assign"), {"cell": cell}).status_code for role, client in people.items()
    }
    assert {role for role, code in codes.items() if code == 200} == {"lead_ar", "editor", "admin"}


def test_the_first_page_of_the_admin_costs_few_queries(desk, people, django_assert_max_num_queries):
    for slug in ("verband", "drei-wege", "ueber-uns"):
        give(desk, slug, due=TODAY)
    home = reverse("wagtailadmin_home")
    for role, most in (("translator_ar", 16), ("lead_ar", 30), ("editor", 10)):
        user = type(desk.user[role]).objects.get(pk=desk.user[role].pk)
        with django_assert_max_num_queries(most):
            waiting_for(user)
        assert people[role].get(home).status_code == 200
    html = people["translator_ar"].get(home).content.decode()
    assert html.index("Verband") < html.index("Drei Wege")  # given first


def test_the_link_to_a_comment_leads_to_its_text(desk, people):
    segment = StringSegment.objects.filter(source=desk.source).first()
    comment = comments.add(desk.translation, segment.context_id, segment.string_id, "?", desk.user["translator_ar"])
    (word,) = waiting_for(desk.user["editor"]).words
    anchor = f"#comments-{segment.context_id}-{segment.string_id}"
    response = people["lead_ar"].get(word.address)
    assert response["Location"].endswith(anchor)
    assert f'id="{anchor[1:]}"' in people["lead_ar"].get(response["Location"]).content.decode()
    address = reverse("translations:open_text", args=[desk.translation.pk])
    for number in ("x", "9" * 30, "-1", str(comment.pk + 1)):
        assert people["lead_ar"].get(address, {"comment": number})["Location"].endswith("/edit/")
    answers = {role: client.get(address)["Location"] for role, client in people.items()}
    assert {role for role, target in answers.items() if target.endswith("/edit/")} == {
        "translator_ar",
        "lead_ar",
        "editor",
        "admin",
    }
