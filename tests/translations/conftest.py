import pytest
from django.core.cache import cache
from django.db import transaction


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
def site(small_snapshot, starting_rows, db):
    from tests.translations import small_site

    if small_snapshot is not starting_rows:
        small_snapshot.restore()
    return small_site.site()


@pytest.fixture
def people(site):
    from tests.translations import small_site

    return small_site.people()


@pytest.fixture(scope="module")
def prepared_desk(small_snapshot, django_db_blocker):
    from tests.translations.desk import made

    with django_db_blocker.unblock(), transaction.atomic():
        small_snapshot.restore()
        yield made()
        transaction.set_rollback(True)


@pytest.fixture
def desk(prepared_desk, db):
    return prepared_desk
