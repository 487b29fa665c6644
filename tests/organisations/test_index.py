"""The index in memory follows whatever changes the directory, and is then what a fresh one would be."""

import random
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from organisations import index
from organisations.index import MANY, NETWORK, SERVICE, STATE, directory_index, forget
from organisations.models import (
    DirectoryEntry,
    DirectoryPage,
    DirectoryVersion,
    NetworkPage,
    OrganisationPage,
    Service,
    SpokenLanguage,
)
from organisations.safety import touch
from tests.site.world import make, note, translate


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


@pytest.fixture
def network(directory):
    return make(NetworkPage, directory, "kassel", "Kassel", city="Kassel", state="HE")


@pytest.fixture
def page(network):
    page = make(OrganisationPage, network, "eins", "Eins", record={"place": "Kassel", "state": "HE"})
    make(OrganisationPage, network, "zwei", "Zwei", record={"place": "Kassel", "state": "HE"})
    directory_index()
    return page


def picture(found):
    """All an index knows, in a form that can be compared."""
    return (
        found.pks(found.everything),
        found.pks(found.current),
        {value: found.pks(members) for value, members in found.sets.items()},
        [(entry.pk, entry.latitude, entry.longitude, entry.due_on, entry.place) for entry in found.entries],
    )


def kept_up():
    """The index as it has been kept up, once it is the same as a fresh one."""
    followed = directory_index()
    forget()
    assert picture(followed) == picture(directory_index())
    return followed


def has(page, facet=None, key=None):
    found = kept_up()
    return page.pk in found.pks(found.having(facet, [key]) if facet else found.everything)


def test_what_is_published_appears(page, network):
    assert not has(make(OrganisationPage, network, "drei", "Drei", live=False))
    draft = OrganisationPage.objects.get(slug="drei")
    draft.save_revision().publish()
    assert has(draft)


def test_what_is_unpublished_disappears(page):
    page.unpublish()
    assert not has(page)


def test_what_is_deleted_disappears(page):
    page.delete()
    assert not has(page)


def test_what_lies_below_a_deleted_page_disappears(page, network):
    Page.objects.get(pk=network.pk).delete()
    assert kept_up().everything == 0


def test_what_is_closed_disappears(page):
    page.status = OrganisationPage.CLOSED
    page.save_revision().publish()
    assert not has(page)


@pytest.mark.parametrize("above", [False, True])
def test_what_is_locked_disappears_until_it_is_unlocked(page, network, above):
    lock = PageViewRestriction.objects.create(page=network if above else page, restriction_type="login")
    assert not has(page)
    lock.delete()
    assert has(page)


def test_what_is_moved_belongs_to_another_network(page, directory):
    bochum = make(NetworkPage, directory, "bochum", "Bochum")
    page.move(bochum, pos="last-child")
    assert not has(page, NETWORK, "kassel")
    assert has(page, NETWORK, "bochum")


def test_a_network_with_another_address_keeps_its_members(page, network):
    network = NetworkPage.objects.get(pk=network.pk)
    network.slug = "nordhessen"
    network.save_revision().publish()
    assert has(page, NETWORK, "nordhessen")
    assert not has(page, NETWORK, "kassel")


def test_an_unpublished_network_is_no_choice(page, network):
    NetworkPage.objects.get(pk=network.pk).unpublish()
    assert has(page)
    assert not has(page, NETWORK, "kassel")


def test_a_further_network_counts(page, directory):
    page.other_networks.add(make(NetworkPage, directory, "bochum", "Bochum"))
    page.save()
    assert has(page, NETWORK, "bochum")
    assert has(page, NETWORK, "kassel")


def test_office_details_hold_at_once(page):
    note(page, state="NW")
    assert has(page, STATE, "NW")
    assert not has(page, STATE, "HE")


def test_a_deleted_or_renamed_term_is_no_choice(page, directory):
    term = Service.objects.create(name="Rat", key="rat", locale=directory.locale)
    page.services.set([term])
    page.save()
    assert has(page, SERVICE, "rat")
    term.key = "beratung"
    term.save()
    assert has(page, SERVICE, "beratung")
    term.delete()
    assert not has(page, SERVICE, "beratung")


def test_translations_are_not_counted_twice(page, site):
    before = picture(directory_index())
    arabic = type(site).objects.get(locale__language_code="ar")
    network = translate(page.get_parent().specific, DirectoryPage.objects.child_of(arabic).get(), "كاسل")
    translate(page, network, "واحد")
    assert picture(kept_up()) == before


def test_the_day_after_the_last_term_it_fades(page, monkeypatch):
    note(page, confirmed_on=timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=735)
    assert page.pk in directory_index().pks(directory_index().current)
    monkeypatch.setattr("organisations.index.timezone.localdate", lambda: tomorrow)
    assert page.pk not in directory_index().pks(directory_index().current)
    assert page.pk in directory_index().pks(directory_index().everything)


def test_unchanged_it_costs_one_query(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert directory_index() is directory_index.__globals__["_index"]


def test_many_changes_at_once_are_read_at_once(page, network, monkeypatch):
    monkeypatch.setattr(index, "MANY", 1)
    touch(OrganisationPage.objects.all())
    assert has(page)
    assert MANY > 100


def test_a_restored_database_is_read_anew(page):
    DirectoryVersion.objects.update(number=0)
    DirectoryEntry.objects.update(number=0)
    OrganisationPage.objects.filter(pk=page.pk).update(live=False)
    assert not has(page)


def test_a_page_without_a_public_entry_is_not_in_it(page):
    DirectoryEntry.objects.filter(organisation=page.pk).delete()
    touch(OrganisationPage.objects.all())
    forget()
    assert page.pk not in directory_index().position


def test_what_changes_while_it_is_read_is_read_again(page, monkeypatch):
    """Another process commits between the number and the reading: the next answer must not lack it."""
    read = index._read

    def slow(pages):
        rows = read(pages)
        monkeypatch.setattr(index, "_read", read)
        note(OrganisationPage.objects.get(slug="zwei"), state="NW")
        return rows

    monkeypatch.setattr(index, "_read", slow)
    note(page, state="NW")
    directory_index()
    assert has(OrganisationPage.objects.get(slug="zwei"), STATE, "NW")


class Change:
    """Something that editors or the office do, with any organisation."""

    def __init__(self, networks, terms):
        self.chance, self.networks, self.terms = random.Random(3), networks, terms

    def make_any(self):
        self.chance.choice([self.edit, self.speak, self.move, self.publish, self.tell, self.delete])()

    @property
    def page(self):
        return self.chance.choice([*OrganisationPage.objects.order_by("pk")])

    def edit(self):
        page = self.page
        page.services.set(self.chance.sample(self.terms, 2))
        page.title = self.chance.choice("ÄBÖD") + page.title
        page.save()

    def speak(self):
        page = self.page
        page.spoken_languages = [SpokenLanguage(language=self.chance.choice(["ar", "tr"]))]
        page.save()

    def move(self):
        self.page.move(NetworkPage.objects.get(pk=self.chance.choice(self.networks).pk), pos="last-child")

    def publish(self):
        page = self.page
        if page.live:
            page.unpublish()
        else:
            page.save_revision().publish()

    def tell(self):
        confirmed = timezone.localdate() - timedelta(days=self.chance.choice([3, 400, 900]))
        note(self.page, place="Kassel", state=self.chance.choice(["HE", "NW"]), confirmed_on=confirmed)

    def delete(self):
        if OrganisationPage.objects.count() > 4:
            self.page.delete()


def test_after_any_changes_it_is_what_a_fresh_one_would_be(directory, network):
    bochum = make(NetworkPage, directory, "bochum", "Bochum")
    terms = [Service.objects.create(name=f"S{n}", key=f"s{n}", locale=directory.locale) for n in range(3)]
    for number in range(8):
        make(OrganisationPage, (network, bochum)[number % 2], f"o{number}", f"Verein {number}")
    directory_index()
    change = Change([network, bochum], terms)
    for number in range(25):
        change.make_any()
        if number % 2:
            kept_up()
    assert kept_up().sets


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory has one connection and writes one after the other."
)
def test_numbers_become_visible_in_their_order():
    """Who takes a number holds the row until the commit: nobody sees a later one first."""
    from django.db import transaction

    DirectoryVersion.next()
    seen, started = [], threading.Event()

    def later():
        started.wait(5)
        with transaction.atomic():
            seen.append(DirectoryVersion.next())
        connection.close()

    other = threading.Thread(target=later)
    other.start()
    with transaction.atomic():
        mine = DirectoryVersion.next()
        started.set()
        other.join(0.5)
        assert seen == []
    other.join(5)
    assert seen == [mine + 1]
