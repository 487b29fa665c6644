import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, TestCase


class Answers(dict):
    """By address, what a reader is answered as long as nobody has changed anything. Each is asked for once."""

    def __missing__(self, address):
        self[address] = Client().get(address)
        return self[address]


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, migrated):
    """Once for the package, in a transaction around those of the tests."""
    from tests.site.world import build

    with django_db_blocker.unblock(), transaction.atomic():
        migrated.snapshot.restore()
        with TestCase.captureOnCommitCallbacks(execute=True):
            world = build()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    cache.clear()
    yield built
    cache.clear()


@pytest.fixture(scope="package")
def kept_answers():
    return Answers()


@pytest.fixture
def answers(world, kept_answers):
    """Only for tests that change nothing themselves."""
    return kept_answers
