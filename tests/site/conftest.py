import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import TestCase


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
