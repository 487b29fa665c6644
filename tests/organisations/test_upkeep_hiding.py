"""Hide now: at once, in every list and language, by the link or by whoever looks after the organisation."""

from copy import deepcopy

import pytest
from wagtail.models import PageLogEntry

from organisations.models import OrganisationPage, ProfileLink
from organisations.upkeep import hiding, links
from tests.organisations.mailbox import fresh, mails_to, set_up
from tests.site.world import translate

PATH = "organisationen/bochum/eins/"


@pytest.fixture(scope="module")
def built(lasting_site):
    world = set_up(lasting_site)
    directory = next(p for p in world.directory.get_translations() if p.locale.language_code == "ar")
    world.arabic = translate(world.page, translate(world.network, directory, "شبكة"), "جمعية")
    return world


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def path_to(page):
    _link, token = links.make(page, ProfileLink.REQUESTED)
    return links.address(page, token, "de").removeprefix("http://testserver") + "verbergen/"


def test_address_and_phone_are_hidden_everywhere_at_once(world, client):
    for language in ("de", "ar"):
        assert "Geheimweg" in client.get(f"/{language}/{PATH}").text
    answer = client.post(path_to(world.page), {"what": "contact"}, follow=True)
    assert answer.status_code == 200
    for language in ("de", "ar"):
        page = client.get(f"/{language}/{PATH}")
        assert page.status_code == 200
        for secret in ("Geheimweg", "44787", "222222"):
            assert secret not in page.text
    entry = fresh(world.page).entry
    assert (entry.precision, entry.street, entry.place, entry.phone, entry.latitude) == ("form", "", "", "", None)
    assert (fresh(world.page).record.street, fresh(world.page).record.phone) == ("Geheimweg 7", "+49 234 222222")


def test_the_search_forgets_the_place_at_once(world, django_capture_on_commit_callbacks):
    def found():
        return {page.title for page in OrganisationPage.objects.search("44787")}

    fresh(world.page).save()
    assert found() == {"Verein Eins", "جمعية"}
    with django_capture_on_commit_callbacks(execute=True):
        hiding.hide_contact(fresh(world.page))
    assert found() == set()


def test_hiding_is_logged_and_told_to_the_coordinators_alone(world, client):
    client.post(path_to(world.page), {"what": "contact"})
    assert PageLogEntry.objects.get(action="organisations.contact_hidden").user is None
    (sent,) = mails_to(world.coordinator.email)
    assert "Verein Eins" in sent.body
    for secret in ("Geheimweg", "222222"):
        assert secret not in sent.body
    assert mails_to(world.stranger.email) == mails_to(world.office.email) == []


def test_the_office_is_told_where_a_network_has_nobody(world):
    world.coordinator.groups.clear()
    hiding.hide_contact(fresh(world.page))
    assert len(mails_to(world.office.email)) == 1


def test_a_coordinator_who_hides_is_not_told(world):
    hiding.hide_contact(fresh(world.page), world.coordinator)
    assert PageLogEntry.objects.get(action="organisations.contact_hidden").user == world.coordinator
    assert mails_to(world.coordinator.email) == []


def test_the_whole_profile_is_hidden_in_all_languages(world, client):
    number = fresh(world.page).entry.number
    path = path_to(world.page)
    answer = client.post(path, {"what": "profile"}, follow=True)
    assert answer.status_code == 200
    for language in ("de", "ar", "en"):
        assert client.get(f"/{language}/{PATH}").status_code == 404
        assert "Verein Eins" not in client.get(f"/{language}/organisationen/").text
    assert fresh(world.page).entry.number > number
    assert PageLogEntry.objects.filter(action="organisations.profile_hidden", user=None).count() == 1
    assert client.post(path, {"what": "profile"}, follow=True).content == answer.content
    assert len(mails_to(world.coordinator.email)) == 1


def test_a_scheduled_version_does_not_bring_the_profile_back(world):
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    page = fresh(world.page)
    page.go_live_at = timezone.now() + timedelta(seconds=-1)
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(seconds=1), clean=False)
    hiding.hide_profile(page)
    call_command("publish_scheduled")
    assert not fresh(page).live


@pytest.mark.parametrize("what", ["", "everything", "contact\x00x", "x" * 10_000])
def test_an_unknown_wish_hides_nothing(world, client, what):
    assert client.post(path_to(world.page), {"what": what}).status_code == 422
    assert fresh(world.page).entry.street == "Geheimweg 7"
    assert ProfileLink.objects.get().used_at is None
