"""Twenty posts and clicks at the same moment: one row, one mail, one more in the number."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection, connections
from django.test import Client

from campaigns.models import CampaignUpdatePage, Mailing, NewsletterPage, SignUp, Subscriber, Tally
from core.models import User
from home.models import HomePage
from tests.campaigns import signers
from tests.campaigns.signers import link, press, sign
from tests.campaigns.test_newsletter_tick import TEXTS, shown
from tests.site.world import make

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share the one connection to a database in memory"
)


@pytest.fixture
def committed_site(site_snapshot, migrated, django_db_blocker):
    """Real commits, which posts from several connections can see."""
    with django_db_blocker.unblock():
        site_snapshot.restore()
        yield HomePage.objects.get(slug="home")
        migrated.snapshot.restore()


def at_once(act, number=20):
    def in_a_thread(index):
        try:
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return [*pool.map(in_a_thread, range(number))]


def test_twenty_equal_forms_are_one_row_and_one_mail(committed_site):
    page = signers.campaign(committed_site)
    version = signers.version(Client(), page)
    answers = at_once(lambda _index: sign(Client(), page, consent_version=version).status_code)
    assert answers == [302] * 20
    assert (SignUp.objects.count(), len(mail.outbox)) == (1, 1)


def test_one_address_in_twelve_forms_at_once_gets_three_mails(committed_site):
    pages = [signers.campaign(committed_site, slug=f"kampagne-{number}") for number in range(12)]
    shown = [signers.version(Client(), page) for page in pages]
    answers = at_once(lambda number: sign(Client(), pages[number], consent_version=shown[number]).status_code, 12)
    assert answers == [302] * 12
    assert (SignUp.objects.count(), len(mail.outbox)) == (12, 3)


def test_twenty_clicks_count_once_and_subscribe_once(committed_site):
    make(NewsletterPage, committed_site, "newsletter", "Newsletter", **TEXTS)
    page = signers.campaign(committed_site)
    sign(Client(), page, newsletter="on", newsletter_version=shown(Client(), page))
    path = link()
    assert at_once(lambda _index: press(Client(), path, "confirm").status_code) == [200] * 20
    assert (Tally.objects.get().confirmed, Subscriber.objects.count()) == (1, 1)
    assert len(mail.outbox) == 3  # the question, the thanks, the newsletter's welcome


def test_clicks_to_confirm_and_to_delete_leave_nothing_or_one(committed_site):
    page = signers.campaign(committed_site)
    sign(Client(), page)
    path = link()
    answers = at_once(lambda index: press(Client(), path, ("confirm", "take_back")[index % 2]).status_code)
    assert {*answers} <= {200, 404}
    assert not SignUp.objects.exists()
    assert not Tally.objects.filter(confirmed__gt=0).exists()


def test_an_update_ordered_twenty_times_goes_out_once(committed_site):
    page = signers.campaign(committed_site)
    update = make(CampaignUpdatePage, page, "neues", "Neues")
    User.objects.create_superuser("chefin", "chefin@example.org", "x")

    def order(_index):
        client = Client()
        client.force_login(User.objects.get(username="chefin"))
        return client.post(f"/admin/campaign-updates/{update.pk}/", {"action": "send", "sure": "on"}).status_code

    assert at_once(order) == [302] * 20
    assert Mailing.objects.count() == 1
