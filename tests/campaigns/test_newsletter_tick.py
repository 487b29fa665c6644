"""The newsletter on the form of a campaign: a tick and a consent of its own, and the same button confirms both."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from campaigns.launch_check import check
from campaigns.models import CampaignUpdatePage, NewsletterPage, PaperBatch, SignUp, Subscriber, WayToHelp
from campaigns.opt_in.keeping_out import keep_out
from tests.campaigns import signers
from tests.campaigns.signers import link, press, sign
from tests.site.world import make, translate

TEXTS = {"sender_name": "NeMO", "consent_text": "Ich will den Newsletter.", "thanks_text": "Danke."}
TEXTS["confirmation_text"] = "Nur noch ein Klick."


@pytest.fixture
def newsletter(site):
    return make(NewsletterPage, site, "newsletter", "Newsletter", **TEXTS)


@pytest.fixture
def page(site):
    return signers.campaign(site)


def shown(client, page, language="de"):
    html = client.get(signers.address(page, language)).text
    return re.search(r'name="newsletter_version" value="(\w+)"', html).group(1)


def ticked(client, page, language="de", **changed):
    values = {"newsletter": "on", "newsletter_version": shown(client, page, language)} | changed
    return sign(client, page, language, **values)


def test_whoever_ticks_it_gets_it_with_the_button_that_confirms(client, page, newsletter):
    assert ticked(client, page).status_code == 302
    assert not Subscriber.objects.exists()
    assert "Ich will den Newsletter." in client.get(link()).text
    assert not Subscriber.objects.exists()
    assert "newsletter" in press(client, link(), "confirm").text.lower()
    reader = Subscriber.objects.get()
    assert (reader.email, reader.language, reader.source) == ("thi@example.org", "de", "campaign")
    assert reader.confirmed_at
    assert reader.consent.text == "Ich will den Newsletter."
    assert reader.consent.page is None


def test_whoever_does_not_tick_it_does_not_get_it(client, page, newsletter):
    sign(client, page, newsletter_version=shown(client, page))
    press(client, link(), "confirm")
    assert SignUp.objects.confirmed().exists()
    assert not Subscriber.objects.exists()


def test_whoever_says_that_it_was_not_them_gets_nothing(client, page, newsletter):
    ticked(client, page)
    press(client, link(), "take_back")
    assert not Subscriber.objects.exists()


def test_in_arabic_the_tick_and_the_newsletter_are_arabic(client, site, page, newsletter):
    signers.in_arabic(page)
    home = type(site).objects.get(translation_key=site.translation_key, locale__language_code="ar")
    translate(newsletter, home, "النشرة", **TEXTS | {"consent_text": "أريد النشرة."})
    assert ticked(client, page, "ar").status_code == 302
    press(client, link(), "confirm")
    assert Subscriber.objects.get().language == "ar"


def test_a_language_without_newsletter_has_no_tick_for_it(client, page, newsletter):
    signers.in_arabic(page)
    assert 'name="newsletter"' not in client.get(signers.address(page, "ar")).text
    assert sign(client, page, "ar", newsletter="on", newsletter_version="x").status_code == 302
    assert SignUp.objects.get().newsletter_consent is None


@pytest.mark.parametrize("named", ["0" * 64, "", "\x00", "🙂" * 40, "x" * 10_000])
def test_a_text_that_was_never_shown_is_not_agreed_to(client, page, newsletter, named):
    answer = ticked(client, page, newsletter_version=named)
    assert answer.status_code == 422
    assert "Nguyễn Thị" in answer.text
    assert not SignUp.objects.exists()


def test_a_second_form_without_the_tick_takes_it_back(client, page, newsletter):
    ticked(client, page)
    sign(client, page)
    assert SignUp.objects.get().newsletter_consent is None


def test_nobody_is_confirmed_for_more_than_the_page_with_the_button_said(client, page, newsletter):
    """Somebody else ticks the newsletter for the same address while its owner reads that page."""
    sign(client, page)
    html = client.get(link()).text
    button = re.search(r'name="shown" value="([^"]+)"', html).group(1)
    ticked(client, page, name="Jemand anders")
    answer = client.post(link(), {"action": "confirm", "shown": button})
    assert 'value="confirm"' in answer.text
    assert "Ich will den Newsletter." in answer.text
    assert not SignUp.objects.confirmed().exists()
    assert not Subscriber.objects.exists()


def test_whoever_left_the_newsletter_may_come_back_this_way(client, page, newsletter):
    keep_out(None, "thi@example.org")
    ticked(client, page)
    press(client, link(), "confirm")
    assert Subscriber.objects.get().confirmed_at


def test_mails_carry_nothing_that_was_typed(client, page, newsletter):
    ticked(client, page, name="Kauft bei mir")
    press(client, link(mail.outbox[0]), "confirm")
    assert all("Kauft" not in str(message.message()) for message in mail.outbox)


def test_a_campaign_for_the_newsletter_offers_its_form(client, site, newsletter):
    page = signers.campaign(site, action="newsletter")
    signers.in_arabic(page)
    ready = {language.code: language.is_ready for language in check(page)}
    assert (ready["de"], ready["ar"]) == (True, False)
    html = client.get(f"/de/kampagnen/{page.slug}/").text
    assert 'action="/de/newsletter/anmelden/"' in html
    assert client.post(signers.address(page), signers.TYPED).status_code == 409


def test_a_campaign_page_with_all_of_it_costs_twelve_queries(client, page, newsletter, django_assert_max_num_queries):
    page.ways = [WayToHelp.objects.create(key="fest", name="Fest", locale=page.locale)]
    page.paper_batches = [PaperBatch(number=7) for _batch in range(30)]
    page.save()
    for number in range(30):
        make(CampaignUpdatePage, page, f"neues-{number}", f"Neues {number}")
        sign(client, page, email=f"nr{number}@example.org", shows_name="on", comment=f"Grund {number}")
    SignUp.objects.update(confirmed_at=timezone.now(), moderated=SignUp.APPROVED)
    client.get("/de/kampagnen/absprachen/")
    with django_assert_max_num_queries(12):
        html = client.get("/de/kampagnen/absprachen/").text
    for words in ('name="newsletter"', "Fest", "Nguyễn T.", "Grund 29", "Neues 29", ">210<"):
        assert words in html
