import shutil

import pytest


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
def filled_desk(lasting_site):
    from tests.campaigns import desks

    desks.fill(lasting_site)


@pytest.fixture
def desk(filled_desk, db):
    from tests.campaigns import desks

    return desks.desk()
