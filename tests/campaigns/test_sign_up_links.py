"""The link in the mail to somebody who signed, whatever becomes of it and of its campaign meanwhile."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from campaigns.models import CampaignPage, MailSent, SignUp, SignUpLink, Tally
from campaigns.taking_part import links
from core.tokens import Tokens
from tests.campaigns import signers
from tests.campaigns.signers import TODAY, link, press, sign

AGAIN = 'value="send_again"'


@pytest.fixture
def page(site):
    return signers.campaign(site)


@pytest.fixture
def signed(client, page):
    sign(client, page)
    return SignUp.objects.get()


def broken(path):
    start, token = path.rstrip("/").rsplit("/", 1)
    return {
        "cut off": f"{start}/{token[:10]}/",
        "changed": f"{start}/{'A' if token[0] != 'A' else 'B'}{token[1:]}/",
        "for something else": f"{start}/{Tokens('campaigns.newsletter.subscribing').new()[0]}/",
        "forgotten": f"{start}/{links._links._tokens.new()[0]}/",
        "NUL": f"{start}/{token}%00/",
        "half a character": f"{start}/%ED%A0%80/",
        "endless": f"{start}/{'x' * 5000}/",
    }


def test_each_broken_link_has_a_text_and_changes_nothing(client, page, signed):
    for name, path in broken(link()).items():
        actions = [press(client, path, action) for action in ("confirm", "take_back", "stop_updates", "send_again")]
        for answer in (client.get(path), *actions):
            assert answer.status_code in (404, 410), name
            assert "<h1>" in answer.text
    signed.refresh_from_db()
    assert signed.confirmed_at is None
    assert len(mail.outbox) == 1


def heading(answer):
    return answer.text.split("<h1>")[1].split("</h1>")[0]


def test_damaged_forgotten_old_and_pointless_links_are_told_apart(client, page, signed):
    path = link()
    paths = broken(path)
    headings = [heading(client.get(paths[name])) for name in ("cut off", "forgotten")]
    assert all(signers.address(page) in client.get(paths[name]).text for name in ("cut off", "forgotten"))
    SignUpLink.objects.update(expires_at=timezone.now())
    headings.append(heading(client.get(path)))
    page.delete()
    answers = [client.get(path), press(client, path, "confirm"), client.get(paths["forgotten"])]
    assert [answer.status_code for answer in answers] == [410, 410, 410]
    headings.append(heading(answers[0]))
    assert len({*headings}) == 4


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_link_too_old_sends_a_new_one_once_a_day(client, page, signed, language):
    signers.in_arabic(page)
    SignUp.objects.update(language=language)
    path = link().replace("/de/", f"/{language}/")
    SignUpLink.objects.update(expires_at=timezone.now())
    SignUp.objects.update(requested_at=timezone.now() - timedelta(days=5))
    MailSent.objects.all().delete()
    assert press(client, path, "confirm").status_code == 410
    assert AGAIN in client.get(path).text
    assert signers.address(page, language) in client.get(path).text
    for _click in range(3):
        answer = press(client, path, "send_again")
        assert (answer.status_code, answer["Location"]) == (302, f"{signers.address(page, language)}gesendet/")
    assert len(mail.outbox) == 2
    call_command("purge_personal_data")
    assert f"/{language}/" in link()
    assert press(client, link(), "confirm").status_code == 200
    assert SignUp.objects.confirmed().count() == 1


def test_a_new_link_is_sent_only_where_the_old_one_is_too_old(client, page, signed):
    MailSent.objects.all().delete()
    path = link()
    assert AGAIN not in client.get(path).text
    press(client, path, "send_again")
    press(client, path, "confirm")
    sent = len(mail.outbox)
    press(client, path, "send_again")
    assert len(mail.outbox) == sent == 2


def test_after_the_last_day_no_new_link_is_sent(client, page, signed):
    MailSent.objects.all().delete()
    SignUpLink.objects.update(expires_at=timezone.now())
    CampaignPage.objects.filter(pk=page.pk).update(ends_on=TODAY - timedelta(days=1))
    for answer in (client.get(link()), press(client, link(), "send_again")):
        assert answer.status_code == 410
        assert AGAIN not in answer.text
    assert len(mail.outbox) == 1


def test_who_signed_on_the_last_day_has_time_for_the_mail(client, page, signed):
    CampaignPage.objects.filter(pk=page.pk).update(ends_on=TODAY - timedelta(days=1))
    assert 'value="confirm"' in client.get(link()).text
    assert press(client, link(), "confirm").status_code == 200
    assert Tally.objects.get().confirmed == 1


def test_a_link_too_old_of_a_hidden_campaign_leads_to_no_form(client, page, signed):
    SignUpLink.objects.update(expires_at=timezone.now())
    CampaignPage.objects.filter(pk=page.pk).update(live=False)
    answer = press(client, link(), "send_again")
    assert answer.status_code == 410
    assert f'"{signers.address(page)}"' not in answer.text
    assert len(mail.outbox) == 1


def test_links_outlive_a_new_address_of_the_campaign(client, page, signed):
    path = link()
    page.slug = "umbenannt"
    page.save()
    assert press(client, path, "confirm").status_code == 200
    assert "/de/kampagnen/umbenannt/" in client.get(path).text
    lasting = links.lasting(signed).replace("umbenannt", "absprachen").removeprefix("http://testserver")
    assert press(client, lasting, "stop_updates").status_code == 200
    assert press(client, path, "take_back").status_code == 200
    assert not SignUp.objects.exists()
