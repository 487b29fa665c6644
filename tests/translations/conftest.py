import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def small_snapshot(filled):
    from tests.translations import small_site

    return filled("translations", small_site.fill)


@pytest.fixture
def site(small_snapshot, db):
    from tests.translations import small_site

    small_snapshot.restore()
    return small_site.site()


@pytest.fixture
def people(site):
    from tests.translations import small_site

    return small_site.people()
