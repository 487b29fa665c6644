"""The link in the mailbox: looking changes nothing, a button acts once, and every bad link says what is wrong with it."""

import uuid
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageLogEntry

from core.languages import LANGUAGE_NAMES
from organisations.models import DirectoryEntry, ProfileLink, Proposal
from organisations.upkeep import links
from tests.organisations.mailbox import everything_about, fresh, link_in, mails_to, organisation, record, set_up
from tests.site.world import note, translate


@pytest.fixture(scope="module")
def built(lasting_site):
    return set_up(lasting_site)


@pytest.fixture
def world(built, db):
    return deepcopy(built)


@pytest.fixture
def page(world):
    return world.page


def path_to(page, language="de"):
    _link, token = links.make(page, ProfileLink.REQUESTED)
    return links.address(page, token, language).removeprefix("http://testserver")


def test_the_mail_is_in_the_organisations_language_and_holds_the_link(page, client):
    note(page, language="ar")
    assert links.send_link(fresh(page), ProfileLink.REMINDER)
    (sent,) = mails_to("buero@verein-eins.example")
    assert link_in(sent).startswith("/ar/profil/")
    assert 'dir="rtl"' in sent.alternatives[0].content
    assert client.get(link_in(sent)).status_code == 200
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_without_a_mailbox_no_link_is_sent(page):
    note(page, email="")
    assert not links.send_link(fresh(page), ProfileLink.REMINDER)
    assert (mail.outbox, ProfileLink.objects.count()) == ([], 0)


def test_only_the_hash_of_the_token_is_stored(page):
    _link, token = links.make(page, ProfileLink.REMINDER)
    secret = token.split(".")[0]
    assert len(secret) >= 22
    stored = str(ProfileLink.objects.values().get())
    assert secret not in stored
    assert token not in stored
    assert links.make(page, ProfileLink.REMINDER)[1] != token


@pytest.mark.parametrize("tail", ["", "aendern/", "aufgeloest/", "verbergen/", "danke/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(page, client, method, tail):
    path, before = path_to(page), everything_about(page)
    for _time in range(3):
        assert getattr(client, method)(path + tail).status_code in (200, 302)
    assert everything_about(page) == before
    assert ProfileLink.objects.get().used_at is None


def test_all_right_confirms_once_for_all_languages(world, page, client):
    directory = next(p for p in world.directory.get_translations() if p.locale.language_code == "ar")
    translate(page, translate(world.network, directory, "شبكة"), "جمعية")
    note(page, asked_on=timezone.localdate() - timedelta(days=20), times_asked=2)
    answer = client.post(path_to(page), follow=True)
    assert answer.status_code == 200
    now = fresh(page)
    assert now.record.confirmed_on == now.entry.confirmed_on == timezone.localdate()
    assert (now.record.asked_on, now.record.times_asked) == (None, 0)
    for language in ("de", "ar"):
        assert client.get(f"/{language}/organisationen/bochum/eins/").context["page"].facts.entry.confirmed_on
    entry = PageLogEntry.objects.get(action="organisations.confirmed")
    assert (entry.page_id, entry.user) == (page.pk, None)


def test_a_double_click_or_reload_shows_the_same_success(page, client):
    path = path_to(page)
    first, second = client.post(path, follow=True), client.post(path, follow=True)
    assert first.status_code == second.status_code == client.get(second.request["PATH_INFO"]).status_code == 200
    assert first.content == second.content
    assert PageLogEntry.objects.filter(action="organisations.confirmed").count() == 1


def test_of_two_clicks_at_once_one_acts(page):
    """Both have found the link unused."""
    _link, token = links.make(page, ProfileLink.REQUESTED)
    first, second = (links.find(str(page.entry.key), token) for _click in range(2))
    assert (first.refusal, second.refusal) == ("", "")
    assert [links.use(found.link, links.CONFIRM) for found in (first, second)] == [True, False]


def test_a_used_link_does_nothing_else(page, client):
    path = path_to(page)
    client.post(path)
    before = everything_about(page)
    for tail in ("", "aendern/", "aufgeloest/", "verbergen/"):
        assert client.get(path + tail).status_code == 410
        assert client.post(path + tail, {"what": "profile", "message": "x"}, follow=True).status_code == 200
    assert everything_about(page) == before


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_every_language_has_the_page(page, client, language):
    answer = client.get(path_to(page, language))
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


def broken(page, world):
    """By name of what is wrong: path and status."""
    path = path_to(page)
    start, token = path.rstrip("/").rsplit("/", 1)
    secret, signature = token.split(".")
    other = organisation(world.other, "zwei")
    expired, used, revoked = path_to(page), path_to(page), path_to(page)
    rows = [*ProfileLink.objects.filter(organisation=page).order_by("pk")][-3:]
    day = timezone.now() - timedelta(days=1)
    for row, values in zip(
        rows, [{"expires_at": day}, {"used_at": day, "used_for": "change"}, {"revoked_at": day}], strict=True
    ):
        ProfileLink.objects.filter(pk=row.pk).update(**values)
    return {
        "cut": (f"{start}/{token[:-3]}/", 404),
        "without signature": (f"{start}/{secret}/", 404),
        "changed": (f"{start}/{'A' if secret[0] != 'A' else 'B'}{secret[1:]}.{signature}/", 404),
        "without token": (f"{start}/", 404),
        "other key": (path.replace(str(page.entry.key), "nonsense"), 404),
        "bytes": (f"{start}/%00%F0%9F%98%80‮.x/", 404),
        "long": (f"{start}/{'x' * 10_000}/", 404),
        "unknown": (f"{start}/{links._tokens.new()[0]}/", 404),
        "unknown organisation": (path.replace(str(page.entry.key), str(uuid.uuid4())), 404),
        "of another": (path.replace(str(page.entry.key), str(other.entry.key)), 404),
        "expired": (expired, 410),
        "used": (used, 410),
        "revoked": (revoked, 410),
    }


def test_bad_links_say_what_is_wrong_and_change_nothing(page, world, client):
    cases = broken(page, world)
    before, texts = everything_about(page), {}
    for name, (path, status) in cases.items():
        for tail in ("", "aendern/", "verbergen/", "aufgeloest/", "danke/"):
            if name == "used" and tail == "danke/":
                continue
            answer = client.get(path + tail)
            assert answer.status_code == status, (name, tail)
            client.post(path + tail, {"what": "profile"})
        texts[name] = client.get(path).context["refusal"]
    assert everything_about(page) == before
    assert [texts[name] for name in ("cut", "unknown", "of another", "expired", "used", "revoked")] == [
        "damaged",
        "unknown",
        "other",
        "expired",
        "used",
        "revoked",
    ]
    assert {
        texts[name] for name in ("without signature", "changed", "without token", "other key", "bytes", "long")
    } == {"damaged"}


def test_every_bad_link_has_its_own_text_and_a_way_to_a_new_one(page, world, client):
    seen = {}
    for name, (path, _status) in broken(page, world).items():
        answer = client.get(path)
        seen.setdefault(answer.context["refusal"], set()).add(answer.text.split("<main")[1].split("</h1>")[0])
        assert "/link/" in answer.text or "/de/organisationen/" in answer.text.split("<main")[1], name
    assert len({*map(frozenset, seen.values())}) == len(seen) == 6


def test_links_to_what_is_gone(page, world, client):
    path, closed, hidden = path_to(page), organisation(world.network, "zu"), organisation(world.network, "weg")
    closed_path, hidden_path = path_to(closed), path_to(hidden)
    closed.status = "closed"
    closed.save()
    hidden.unpublish()
    fresh(page).delete()
    assert DirectoryEntry.objects.filter(organisation=None).exists()
    for where, refusal in [(path, "gone"), (closed_path, "gone"), (hidden_path, "hidden")]:
        answer = client.get(where)
        assert (answer.status_code, answer.context["refusal"]) == (410, refusal)
        assert client.post(where).status_code == 410


def test_revoked_links_are_logged(page, world):
    links.make(page, ProfileLink.REMINDER)
    used, _token = links.make(page, ProfileLink.REMINDER)
    links.use(used, links.CONFIRM)
    assert links.revoke(page, world.coordinator) == 1
    assert PageLogEntry.objects.get(action="organisations.links_revoked").user == world.coordinator
    assert links.revoke(page) == 0


def test_old_links_are_forgotten(page):
    links.make(page, ProfileLink.REMINDER)
    ProfileLink.objects.update(expires_at=timezone.now() - timedelta(days=366))
    links.make(page, ProfileLink.REMINDER)
    assert links.forget_old() == 1


@pytest.mark.parametrize("tail", ["", "aendern/", "verbergen/", "aufgeloest/", "danke/"])
def test_nobody_keeps_or_passes_on_the_address(page, client, tail):
    path = path_to(page)
    used = path_to(page)
    client.post(used)
    for where in (path + tail, used + tail, path[:-5] + "/" + tail):
        answer = client.get(where)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.text


def test_the_log_never_repeats_a_token(page, client, caplog):
    path = path_to(page)
    client.post(path + "aendern/", {"email": "nonsense"})
    client.post(path)
    client.get(path)
    assert path.split("/")[4] not in caplog.text


def test_posts_of_other_sites_are_refused(page, client):
    path, before = path_to(page), everything_about(page)
    assert client.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
    assert everything_about(page) == before
    assert client.post(path, headers={"Origin": "null"}).status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(page, client, method):
    assert getattr(client, method)(path_to(page)).status_code == 405


def test_no_longer_exists_waits_for_the_coordinator(page, world, client):
    path = path_to(page)
    answer = client.post(path + "aufgeloest/", {"message": "Wir haben uns aufgelöst.\u202e"}, follow=True)
    assert answer.status_code == 200
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.values, proposal.message) == (
        "closed",
        {"status": "closed"},
        "Wir haben uns aufgelöst.",
    )
    assert fresh(page).status == "active"
    assert len(mails_to(world.coordinator.email)) == 1
    assert mails_to(world.stranger.email) == []
    assert PageLogEntry.objects.filter(action="organisations.reported_closed", user=None).exists()
    assert record(page).confirmed_on != timezone.localdate()


def test_a_message_that_is_too_long_comes_back(page, client):
    answer = client.post(path_to(page) + "aufgeloest/", {"message": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("tail", ["", "aendern/", "verbergen/", "aufgeloest/"])
def test_queries_of_the_pages_behind_the_link(page, client, tail, django_assert_max_num_queries):
    path = path_to(page) + tail
    client.get(path)
    with django_assert_max_num_queries(16):
        client.get(path)
