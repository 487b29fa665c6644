"""Fixed choices that a signer ticks in their language and that staff read in German."""

import pytest
from django.core import mail
from wagtail.models import Locale

from campaigns.models import SignUp, WayToHelp
from campaigns.taking_part.offer import offered_in
from tests.campaigns import signers
from tests.campaigns.signers import link, press, sign

WORDS = {"fest": ("Ein Fest ausrichten", "تنظيم حفل"), "zettel": ("Zettel verteilen", "توزيع المنشورات")}


@pytest.fixture
def ways(site):
    german, arabic = (Locale.objects.get(language_code=code) for code in ("de", "ar"))
    made = []
    for key, (name, translated) in WORDS.items():
        way = WayToHelp.objects.create(key=key, name=name, locale=german)
        WayToHelp.objects.create(key=key, name=translated, locale=arabic, translation_key=way.translation_key)
        made.append(way)
    return made


@pytest.fixture
def page(site, ways):
    page = signers.campaign(site, action="take_part")
    page.ways = ways
    page.save()
    signers.in_arabic(page)
    return page


def test_what_is_ticked_in_arabic_is_kept_in_german(client, page, ways):
    html = client.get(signers.address(page, "ar")).text
    assert all(translated in html for _name, translated in WORDS.values())
    assert sign(client, page, "ar", ways=["fest"]).status_code == 302
    assert [way.name for way in SignUp.objects.get().ways.all()] == ["Ein Fest ausrichten"]
    assert "تنظيم حفل" in client.get(link()).text
    press(client, link(), "confirm")
    assert "Fest" not in "".join(str(message.message()) for message in mail.outbox)


@pytest.mark.parametrize("ticked", [[], ["kuchen"], ["fest", "\x00"], ["🙂" * 5000], ["1"]])
def test_nothing_and_what_is_not_offered_are_refused_and_the_rest_kept(client, page, ticked):
    answer = sign(client, page, ways=ticked)
    assert answer.status_code == 422
    assert "Nguyễn Thị" in answer.text
    assert 'href="#id_ways"' in answer.text
    assert 'id="id_ways"' in answer.text
    assert not SignUp.objects.exists()


def test_whoever_signs_a_petition_may_tick_and_need_not(client, page):
    type(page).objects.filter(pk=page.pk).update(action="petition")
    assert sign(client, page, ways=[]).status_code == 302
    sign(client, page, email="zwei@example.org", ways=["fest", "zettel"])
    assert [row.ways.count() for row in SignUp.objects.order_by("pk")] == [0, 2]


def test_a_second_form_before_confirming_replaces_what_was_ticked(client, page):
    sign(client, page, ways=["fest", "zettel"])
    sign(client, page, ways=["zettel"])
    assert [way.key for way in SignUp.objects.get().ways.all()] == ["zettel"]


def test_a_language_without_words_for_the_choices_is_not_offered(client, page):
    assert offered_in(page) == {"de", "ar"}
    WayToHelp.objects.filter(name="تنظيم حفل").delete()
    page = type(page).objects.get(pk=page.pk)
    assert offered_in(page) == {"de"}
    assert client.post(signers.address(page, "ar"), signers.TYPED).status_code == 409


def test_a_campaign_for_helping_hands_without_choices_is_not_offered(client, site):
    page = signers.campaign(site, action="take_part")
    assert offered_in(page) == set()
    assert client.get(signers.address(page)).status_code == 200
    assert client.post(signers.address(page), signers.TYPED).status_code == 409


def test_choices_cost_the_page_no_more_with_each_language(client, page, django_assert_max_num_queries):
    client.get("/ar/kampagnen/absprachen/")
    with django_assert_max_num_queries(12):
        assert "تنظيم حفل" in client.get("/ar/kampagnen/absprachen/").text
