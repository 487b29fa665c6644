import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def media(settings, tmp_path):
    """Uploads of one test, in a folder of its own."""
    location = {"location": str(tmp_path / "media"), "base_url": "/media/"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path / "media"


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("admin", "admin@example.org", "a long password")


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


@pytest.fixture(scope="session")
def offices_snapshot(filled, site_snapshot):
    from tests.core import offices

    return filled("offices", offices.fill, start=site_snapshot)
