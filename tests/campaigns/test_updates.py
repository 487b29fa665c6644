"""An update of a campaign goes to those who asked for it, in their language, once, and lets them go."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from campaigns.mailing import running
from campaigns.models import CampaignUpdatePage, ConsentText, Mailing, SignUp
from campaigns.taking_part import links
from campaigns.updates import letters
from core.models import User
from home.roles import EDITORS, PROJECT_STAFF
from tests.campaigns import signers
from tests.core.mail_servers import willing
from tests.site.world import make, translate

NOW = timezone.now()


@pytest.fixture
def page(site):
    return signers.campaign(site)


@pytest.fixture
def update(page):
    update = make(CampaignUpdatePage, page, "gezaehlt", "Gezählt", summary="Es sind <b>viele</b>.")
    translate(update, signers.in_arabic(page), "تم العد", summary="إنهم كثيرون.")
    return update


def signer(page, number, language="de", **values):
    consent, _made = ConsentText.objects.get_or_create(page=page, language=language, digest=language, text="Ja.")
    email = f"nr{number}@example.org"
    values = {"confirmed_at": NOW, "wants_updates": True} | values
    return SignUp.objects.create(
        campaign=page, name=f"Name{number}", email=email, email_key=email, language=language, consent=consent, **values
    )


def user(name, *groups):
    made = User.objects.create_user(name, f"{name}@example.org", "x")
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


@pytest.fixture
def editor(site):
    return user("redakteurin", EDITORS)


def address(update):
    return f"/admin/campaign-updates/{update.pk}/"


def send(client, update, **data):
    return client.post(address(update), {"action": "send", "sure": "on"} | data)


@pytest.fixture
def server(settings):
    with willing() as (port, received):
        options = {"host": "127.0.0.1", "port": port}
        smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        settings.MAILERS = settings.MAILERS | {"transport": smtp}
        yield received


def go_out():
    for mailing in Mailing.objects.unfinished():
        Mailing.objects.filter(pk=mailing.pk).update(lease_until=None)
        running.work_on(mailing.pk)


@pytest.mark.django_db(transaction=True)
def test_each_who_asked_gets_it_once_in_their_language(client, page, update, editor, server):
    signer(page, 1)
    signer(page, 2, "ar")
    signer(page, 3, "tr")
    signer(page, 4, wants_updates=False)
    signer(page, 5, confirmed_at=None)
    client.force_login(editor)
    for _click in range(2):
        assert send(client, update).status_code == 302
    go_out()
    by_reader = {envelope.rcpt_tos[0]: envelope.content.decode() for envelope in server}
    assert len(server) == 3
    assert by_reader.keys() == {f"nr{number}@example.org" for number in (1, 2, 3)}
    assert all("List-Unsubscribe-Post: List-Unsubscribe=One-Click" in content for content in by_reader.values())
    assert "Name" not in "".join(by_reader.values())
    assert Mailing.objects.get().state == Mailing.State.DONE


def test_a_mailbox_that_is_gone_gets_no_more_and_counts_on(page):
    row = signer(page, 1)
    letters.KIND.bounced(row.pk)
    row.refresh_from_db()
    assert (row.wants_updates, bool(row.confirmed_at)) == (False, True)


def test_the_mail_is_arabic_for_readers_of_arabic_and_marked_german_where_nobody_has_translated(update):
    texts = {text.language: text for text in letters.texts(update)}
    assert "تم العد" in texts["ar"].subject
    assert 'dir="rtl"' in texts["ar"].html
    assert "إنهم كثيرون." in texts["ar"].text
    assert "Gezählt" in texts["tr"].text
    assert 'lang="de" dir="ltr"' in texts["tr"].html
    assert "&lt;b&gt;" in texts["de"].html


def test_one_click_of_the_mail_program_stops_the_news_and_keeps_the_signature(client, page):
    row = signer(page, 1)
    path = urlsplit(links.lasting(row)).path
    for _look in range(2):
        assert client.get(path).status_code == 200
    row.refresh_from_db()
    assert row.wants_updates
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert (row.wants_updates, bool(row.confirmed_at)) == (False, True)


def test_the_same_link_takes_the_signature_back(client, page):
    path = urlsplit(links.lasting(signer(page, 1))).path
    assert "stop_updates" in client.get(path).text
    assert client.post(path, {"action": "take_back"}).status_code == 200
    assert not SignUp.objects.exists()
    assert client.post(path, {"action": "take_back"}).status_code == 404
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("change", ["cut", "pk"])
def test_a_broken_lasting_link_does_nothing(client, page, change):
    row = signer(page, 1)
    path = urlsplit(links.lasting(row)).path
    broken = {
        "cut": path[:-6] + "/",
        "pk": re.sub(r"/(\d+)\.", "/9999.", path),
    }[change]
    for data in ({"action": "take_back"}, {"action": "stop_updates"}, {"List-Unsubscribe": "One-Click"}):
        assert client.post(broken, data).status_code == 404
    row.refresh_from_db()
    assert row.wants_updates


def test_whoever_has_not_confirmed_has_no_lasting_link(client, page):
    path = urlsplit(links.lasting(signer(page, 1, confirmed_at=None))).path
    assert client.get(path).status_code == 404


def test_a_test_goes_to_the_editor_only(client, page, update, editor):
    signer(page, 1, "ar")
    client.force_login(editor)
    client.post(address(update), {"action": "test", "language": "ar"})
    assert [message.to for message in mail.outbox] == [["redakteurin@example.org"]]
    assert "تم العد" in mail.outbox[0].subject
    assert not Mailing.objects.exists()


def test_the_screen_shows_every_language_and_its_readers(client, page, update, editor):
    signer(page, 1, "ar")
    client.force_login(editor)
    html = client.get(address(update)).text
    assert "تم العد" in html
    assert "العربية" in html
    assert client.get(f"{address(update)}ar/").text.count('dir="rtl"') == 1
    assert client.get(f"{address(update)}xx/").status_code in (302, 404)
    assert address(update) in client.get(f"/admin/pages/{update.pk}/edit/").text


def test_nothing_goes_out_without_the_tick_or_before_it_is_public(client, page, update, editor):
    signer(page, 1)
    client.force_login(editor)
    send(client, update, sure="")
    CampaignUpdatePage.objects.filter(pk=update.pk).update(live=False)
    send(client, update)
    client.post(address(update), {"action": "test", "language": "de"})
    assert client.get(address(update)).status_code == 200
    assert client.get(f"{address(update)}de/").status_code in (302, 404)
    assert not Mailing.objects.exists()
    assert not mail.outbox


def test_project_staff_read_and_test_and_only_who_may_publish_sends(client, page, update):
    signer(page, 1)
    client.force_login(user("projekt", PROJECT_STAFF))
    assert client.get(address(update)).status_code == 200
    send(client, update)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("groups", [(), ("Koordination",), ("Übersetzung: العربية",)])
def test_nobody_else_sees_it(client, update, groups):
    client.force_login(user("fremd", *groups))
    for path in (address(update), f"{address(update)}de/"):
        assert client.get(path).status_code in (302, 403, 404)
    send(client, update)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("data", [{}, {"action": "\x00"}, {"action": "test", "language": "🙂"}, {"action": "cancel"}])
def test_odd_posts_do_nothing(client, update, editor, data):
    client.force_login(editor)
    assert client.post(address(update), data).status_code == 302
    assert not Mailing.objects.exists()
    assert not mail.outbox
