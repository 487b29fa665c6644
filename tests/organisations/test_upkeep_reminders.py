"""Reminders: three mails, the coordinators, the office; each step once, whenever and however often the command runs."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry

from organisations.models import ProfileLink, Proposal
from organisations.roles import coordinators
from organisations.upkeep import links, proposals, reminders
from organisations.upkeep.record import confirm
from tests.organisations.mailbox import due, fresh, link_in, mails_to, organisation, person, record, set_up
from tests.site.world import note, translate

TODAY = date(2026, 3, 2)
BOX = "buero@verein-eins.example"


@pytest.fixture(scope="module")
def built(lasting_site):
    world = set_up(lasting_site)
    due(world.page, TODAY)
    return world


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def run(day: int) -> dict[str, int]:
    """What leaves on that day after the term has ended, by recipient's name."""
    mail.outbox.clear()
    reminders.remind(TODAY + timedelta(days=day))
    found = {}
    for sent in mail.outbox:
        name = sent.to[0].split("@")[0]
        found[name] = found.get(name, 0) + 1
    return found


def test_the_whole_round(world):
    left = {day: found for day in range(-3, 90) if (found := run(day))}
    assert left == {
        0: {"buero": 1},
        14: {"buero": 1},
        30: {"buero": 1},
        44: {"coordinator-bochum": 1},
        58: {"office": 1},
    }


def test_it_is_safe_to_repeat(world):
    assert [run(day) for day in (0, 0, 13, 14, 14)] == [{"buero": 1}, {}, {}, {"buero": 1}, {}]


def test_after_missed_days_no_step_is_left_out_or_crowded(world):
    left = {day: found for day in (40, 41, 53, 54, 69, 70, 83, 84, 97, 98, 120) if (found := run(day))}
    assert left == {
        40: {"buero": 1},
        54: {"buero": 1},
        70: {"buero": 1},
        84: {"coordinator-bochum": 1},
        98: {"office": 1},
    }


def test_each_mail_has_a_link_of_its_own_and_the_older_ones_still_work(world, client):
    note(fresh(world.page), language="ar")
    paths = []
    for day in (0, 14, 30):
        mail.outbox.clear()
        reminders.remind(TODAY + timedelta(days=day))
        paths.append(link_in(mail.outbox[0]))
    assert len({*paths}) == 3
    assert all(path.startswith("/ar/profil/") for path in paths)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert ProfileLink.objects.filter(reason=ProfileLink.REMINDER).count() == 3


def test_whoever_confirms_is_left_alone_until_the_next_term(world):
    today = timezone.localdate()
    due(world.page, today - timedelta(days=20))
    reminders.remind(today - timedelta(days=20))
    confirm(fresh(world.page))
    mail.outbox.clear()
    for day in range(0, 360, 10):
        reminders.remind(today + timedelta(days=day))
    assert mail.outbox == []
    reminders.remind(today + timedelta(days=367))
    assert len(mails_to(BOX)) == 1


def test_a_confirmation_from_elsewhere_ends_the_round_too(world):
    run(0)
    run(14)
    note(fresh(world.page), confirmed_on=TODAY + timedelta(days=15))
    assert [run(day) for day in (30, 44)] == [{}, {}]
    assert (record(world.page).asked_on, record(world.page).times_asked) == (None, 0)
    assert run(15 + 365) == {"buero": 1}


def test_without_a_mailbox_the_coordinator_is_told_at_once(world):
    note(fresh(world.page), email="")
    left = {day: found for day in range(60) if (found := run(day))}
    assert left == {0: {"coordinator-bochum": 1}, 14: {"office": 1}}


def test_a_coordinator_gets_one_mail_in_the_own_language_for_all(world):
    second = organisation(world.network, "zwei", email="")
    third = organisation(world.other, "drei", email="")
    both = person("both")
    both.groups.set([*world.coordinator.groups.all(), *world.stranger.groups.all()])
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=both, preferred_language="ar")
    for page in (second, third):
        due(page, TODAY)
    note(fresh(world.page), email="")
    assert run(0) == {"coordinator-bochum": 1, "coordinator-kassel": 1, "both": 1}
    (sent,) = mails_to(both.email)
    assert all(name in sent.body for name in ("Verein Eins", "Verein Zwei", "Verein Drei"))
    assert 'dir="rtl"' in sent.alternatives[0].content
    assert "Verein Drei" not in mails_to(world.coordinator.email)[0].body


def test_a_network_without_people_is_the_offices_business(world):
    world.coordinator.groups.clear()
    note(fresh(world.page), email="")
    left = {day: found for day in range(60) if (found := run(day))}
    assert left == {0: {"office": 1}}


def test_right_below_the_directory_the_office_is_told(world):
    page = organisation(world.directory, "ohne", email="")
    due(page, TODAY)
    note(fresh(world.page), confirmed_on=TODAY)
    assert run(0) == {"office": 1}


@pytest.mark.parametrize("state", ["closed", "draft", "locked coordinator"])
def test_who_is_not_asked(world, state):
    page = fresh(world.page)
    if state == "closed":
        page.status = "closed"
        page.save()
    elif state == "draft":
        page.unpublish()
    else:
        world.coordinator.is_active = False
        world.coordinator.save()
        assert [run(day) for day in (0, 14, 30, 44)][-1] == {"office": 1}
        return
    assert [run(day) for day in range(0, 70, 14)] == [{}] * 5


def test_translations_are_not_asked(world):
    directory = next(p for p in world.directory.get_translations() if p.locale.language_code == "ar")
    translate(world.page, translate(world.network, directory, "شبكة"), "جمعية")
    assert run(0) == {"buero": 1}


def test_whoever_has_answered_is_not_asked_again(world):
    run(0)
    proposals.propose(fresh(world.page), {"summary": "Neu."})
    Proposal.objects.update(created_at=timezone.make_aware(timezone.datetime(2026, 3, 5)))
    assert [run(day) for day in (14, 15)] == [{}, {}]
    assert run(17) == {"coordinator-bochum": 1}
    assert run(30) == {}
    assert run(31) == {"office": 1}


def test_a_new_profile_is_asked_at_once(world):
    page = organisation(world.network, "neu", confirmed_on=None, email="neu@verein.example")
    mail.outbox.clear()
    call_command("remind_organisations")
    assert len(mails_to("neu@verein.example")) == 1
    assert record(page).times_asked == 1


def test_two_commands_at_once_take_each_step_once(world):
    """The second has chosen whom to ask before the first has asked."""
    chosen = reminders._pks(reminders._to_be_asked(TODAY))
    assert [reminders._ask(pk, TODAY) for pk in chosen * 2] == [True, False]


def test_a_mail_that_cannot_be_written_leaves_the_step_open(world, monkeypatch):
    monkeypatch.setattr(links.mails, "send_link", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reminders.remind(TODAY)
    assert record(world.page).times_asked == 0
    assert not ProfileLink.objects.exists()
    monkeypatch.undo()
    assert run(0) == {"buero": 1}


def test_each_mail_is_logged(world):
    run(0)
    entry = PageLogEntry.objects.get(action="organisations.link_sent")
    assert (entry.data["reason"], entry.user) == ("reminder", None)


def test_lists_cost_no_query_for_each_organisation(world, django_assert_max_num_queries):
    for number in range(8):
        due(organisation(world.network, f"ohne-{number}", email=""), TODAY)
    note(fresh(world.page), confirmed_on=TODAY)
    with django_assert_max_num_queries(30):
        reminders.remind(TODAY)
    assert coordinators(world.network).name
    assert len(mails_to(world.coordinator.email)) == 1
