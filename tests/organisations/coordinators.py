"""Two networks with their coordinators, and somebody of every role at the admin."""

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import User
from organisations.models import DirectoryPage, NetworkPage
from tests.site.world import make


def two_networks(site):
    directory = DirectoryPage.objects.child_of(site).get()
    pages = {}
    for city, state in (("Bochum", "NW"), ("Kassel", "HE")):
        page = make(NetworkPage, directory, f"verbund-{city.lower()}", f"Verbund {city}", city=city, state=state)
        page.save_revision().publish()
        pages[city] = NetworkPage.objects.get(pk=page.pk)
    return pages


def login(group):
    """A client with its `user`."""
    number = User.objects.count()
    user = User.objects.create_user(f"person-{number}", f"person-{number}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]
