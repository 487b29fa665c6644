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
    from django.conf import settings
    from django.test import override_settings

    location = {"location": str(tmp_path_factory.mktemp("media"))}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    with override_settings(STORAGES=settings.STORAGES | {"default": backend}):
        yield
