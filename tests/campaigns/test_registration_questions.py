"""An event's own questions: guests read their language, the organiser reads German."""

import pytest
from django.core import mail
from wagtail.blocks import StreamBlockValidationError

from campaigns.models import EventPage, Registration
from campaigns.registering.form import RegistrationForm
from campaigns.registering.offer import offered_in
from campaigns.registering.questions import answers_read
from tests.campaigns import guests
from tests.campaigns.guests import link, register


@pytest.fixture
def page(site):
    return guests.event(site, questions=[guests.QUESTION])


def test_the_organiser_reads_german_whatever_the_guest_read(client, page):
    guests.in_arabic(page, questions=guests.asked_in_arabic())
    html = client.get(guests.address(page, "ar")).text
    assert "ماذا تأكلون؟" in html
    assert "vegetarisch" not in html
    register(client, page, "ar", **{guests.FIELD: guests.VEGETARIAN})
    (answer,) = Registration.objects.get().answers
    assert (answer["asked"], answer["said"]) == ("Was essen Sie?", ["vegetarisch"])
    assert "نباتي" in client.get(link()).text


def test_an_answer_means_what_it_meant_when_it_was_given(client, page):
    register(client, page, **{guests.FIELD: guests.VEGETARIAN})
    page.questions = []
    page.save()
    ((asked, chosen),) = answers_read(Registration.objects.get(), page)
    assert (asked.text, [words.text for words in chosen]) == ("Was essen Sie?", ["vegetarisch"])


def test_an_event_with_questions_is_offered_in_the_languages_they_are_in(client, page):
    assert offered_in(EventPage.objects.get()) == ["de", "de-simple"]
    answer = client.post(guests.address(page, "tr"), guests.TYPED | {"note": "Merhaba"})
    assert answer.status_code == 409
    assert 'hreflang="de"' in answer.text
    assert "Merhaba" in answer.text
    assert 'hreflang="de"' in client.get(f"/tr/termine/{page.slug}/").text
    guests.in_arabic(page, questions=guests.asked_in_arabic())
    assert offered_in(EventPage.objects.get(locale__language_code="de")) == ["de", "de-simple", "ar"]


def test_a_question_without_translation_is_german_and_marked_so(client, page):
    guests.in_arabic(page)
    html = client.get(guests.address(page, "ar")).text
    assert '<span lang="de" dir="ltr">Was essen Sie?</span>' in html


def test_yes_or_no_is_asked_in_the_words_of_the_site(client, site):
    question = guests.QUESTION | {"value": {"question": "Bringen Sie etwas mit?", "kind": "yes_no", "choices": []}}
    page = guests.event(site, questions=[question])
    register(client, page, **{guests.FIELD: "yes"})
    (answer,) = Registration.objects.get().answers
    assert (answer["chosen"], answer["said"]) == (["yes"], ["Ja"])


def test_several_answers_may_be_chosen(client, site):
    question = guests.QUESTION | {"value": guests.QUESTION["value"] | {"kind": "several"}}
    page = guests.event(site, questions=[question])
    both = [item["id"] for item in guests.QUESTION["value"]["choices"]]
    register(client, page, **{guests.FIELD: both})
    assert Registration.objects.get().answers[0]["said"] == ["vegetarisch", "mit Fleisch"]


def test_needs_and_languages_are_asked_for_where_the_event_offers_them(client, site):
    page = guests.event(site, largest_group=3, sign_language=True, childcare=True)
    page.interpreted_languages = [type(page.interpreted_languages.model())(language="ar")]
    page.save()
    form = RegistrationForm(page)
    assert [code for code, _name in form.fields["interpreting"].choices] == ["ar", "gsg"]
    register(client, page, interpreting=["ar"], needs=["step_free"], children="2", people="2")
    row = Registration.objects.get()
    assert (row.interpreting, row.needs, row.children, row.people) == (["ar"], ["step_free"], 2, 2)
    page.asks_for_needs = False
    page.save()
    assert not {"interpreting", "needs", "children"} & {*RegistrationForm(page).fields}


def test_a_note_reaches_nobody_by_mail(client, site):
    page = guests.event(site, asks_for_note=True)
    register(client, page, note="Ich komme später <b>!</b>")
    assert Registration.objects.get().note == "Ich komme später <b>!</b>"
    assert "später" not in str(mail.outbox[-1].message())
    assert "<b>!</b>" not in client.get(link()).text


def test_a_choice_needs_two_answers_to_choose_from(page):
    field = page._meta.get_field("questions")
    value = field.stream_block.to_python([guests.QUESTION | {"value": guests.QUESTION["value"] | {"choices": []}}])
    with pytest.raises(StreamBlockValidationError):
        field.stream_block.clean(value)
