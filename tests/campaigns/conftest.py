import shutil

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def site_of_module(site_snapshot, django_db_blocker):
    """The German home. What a module builds on it is there again for each of its tests."""
    from home.models import HomePage

    with django_db_blocker.unblock(), transaction.atomic():
        site_snapshot.restore()
        yield HomePage.objects.get(slug="home")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def disk_of_module(tmp_path_factory):
    """A folder for the files that a module's rows name."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("media")
    with override_settings(STORAGES=storages(folder)):
        yield folder


def storages(folder):
    from django.conf import settings

    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    return settings.STORAGES | {"default": backend}


@pytest.fixture
def own_disk(disk_of_module, settings, tmp_path):
    """A copy of that folder, for tests of files that are made once and kept."""
    folder = shutil.copytree(disk_of_module, tmp_path / "media")
    settings.STORAGES = storages(folder)


@pytest.fixture(scope="module")
def filled_desk(site_of_module):
    from tests.campaigns import desks

    desks.fill(site_of_module)


@pytest.fixture
def desk(filled_desk, db):
    from tests.campaigns import desks

    return desks.desk()
