"""German passages that a lead has let through for the time being: nobody agrees to a text that they cannot read."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from campaigns.launch_check import check
from campaigns.models import CampaignPage, NewsletterPage, SignUp
from campaigns.newsletter import offer
from campaigns.taking_part.offer import offered_in
from core.models import User
from tests.campaigns import guests, newsletters, signers
from translations.publishing import publish


@pytest.fixture
def lead(db):
    return User.objects.create_superuser("leitung", "leitung@example.org", "x")


def translated(page, lead, *left_out) -> Translation:
    """Into Arabic and published, but for the fields that are left out."""
    arabic = Locale.objects.get(language_code="ar")
    page.save_revision().publish()
    translate_object(page, [arabic])
    work = Translation.objects.get(source__object_id=page.translation_key, target_locale=arabic)
    write(work, *left_out)
    publish(work, lead, accept_gaps=True)
    return work


def write(work, *left_out) -> None:
    segments = StringSegment.objects.filter(source=work.source).exclude(context__path__in=left_out)
    for number, segment in enumerate(segments.order_by("pk")):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=work.target_locale,
            defaults={"data": f"نص {number}", "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )


@pytest.mark.parametrize("field", signers.TEXTS)
def test_a_german_text_in_an_arabic_campaign_is_a_missing_one(client, site, lead, field):
    page = signers.campaign(site)
    work = translated(page, lead, field)
    label = str(CampaignPage._meta.get_field(field).verbose_name)
    assert {state.code: state.missing for state in check(page)}["ar"] == [label]
    assert offered_in(page) == {"de"}
    assert client.post(signers.address(page, "ar"), signers.TYPED).status_code == 409
    assert 'name="email"' not in client.get(f"/ar/kampagnen/{page.slug}/").text
    assert not SignUp.objects.exists()

    write(work)
    publish(work, lead)
    assert offered_in(page) == {"de", "ar"}
    assert signers.sign(client, page, "ar").status_code == 302


def test_a_gap_in_the_text_below_closes_no_form(client, site, lead):
    page = signers.campaign(site, body=[("text", "<p>Wir sind viele.</p>")])
    body = f"body.{page.body[0].id}"
    translated(page, lead, body)
    assert page.get_translations().get().specific.provenance.gaps == ["Wir sind viele."]
    assert offered_in(page) == {"de", "ar"}


def test_a_word_that_is_the_same_in_both_languages_is_said(site, lead):
    page = signers.campaign(site, share_text="#NeMO")
    work = translated(page, lead, "share_text")
    assert offered_in(page) == {"de"}
    segment = StringSegment.objects.get(source=work.source, context__path="share_text")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=work.target_locale, data="#NeMO"
    )
    publish(work, lead)
    assert offered_in(page) == {"de", "ar"}


@pytest.mark.parametrize("field", ["consent_text", "confirmation_text", "thanks_text"])
def test_a_german_text_in_an_arabic_newsletter_is_a_missing_one(client, site, lead, field):
    page = newsletters.newsletter(site)
    work = translated(page, lead, field)
    assert offer.page_in("ar") is None
    assert client.post("/ar/newsletter/anmelden/", newsletters.TYPED).status_code == 409
    write(work)
    publish(work, lead)
    assert offer.page_in("ar")
    assert NewsletterPage.objects.get(locale__language_code="ar").lacking == []


def test_nobody_registers_with_a_consent_in_german(client, site, lead):
    page = guests.event(site, registration_consent="Ich stimme zu.")
    work = translated(page, lead, "registration_consent")
    form = 'name="consent_version"'
    assert form in client.get(guests.address(page)).text
    assert form not in client.get(guests.address(page, language="ar")).text
    write(work)
    publish(work, lead)
    assert form in client.get(guests.address(page, language="ar")).text
