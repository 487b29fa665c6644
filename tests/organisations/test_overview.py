"""The coordinators' list: what it shows, to whom, and what is done from it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from core.models import User
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage, Proposal
from tests.site.world import make, note

LIST = "/admin/organisations/"


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


@pytest.fixture
def networks(directory):
    """Two networks with their coordinators' groups."""
    pages = {}
    for city, state in (("Bochum", "NW"), ("Kassel", "HE")):
        page = make(NetworkPage, directory, f"verbund-{city.lower()}", f"Verbund {city}", city=city, state=state)
        page.save_revision().publish()
        pages[city] = page
    return pages


def login(group):
    user = User.objects.create_user(group[:20], f"{abs(hash(group))}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def bochum(networks):
    return login("Koordination: Verbund Bochum")


@pytest.fixture
def office(networks):
    return login("Redaktion")


def titles(response):
    return [page.title for page in response.context["object_list"]]


def test_a_coordinator_sees_the_own_network_only_drafts_included(bochum, networks):
    make(OrganisationPage, networks["Bochum"], "eins", "Eins")
    make(OrganisationPage, networks["Bochum"], "entwurf", "Entwurf", live=False)
    make(OrganisationPage, networks["Kassel"], "zwei", "Zwei")
    assert titles(bochum.get(LIST)) == ["Eins", "Entwurf"]
