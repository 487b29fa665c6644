import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def site(db):
    from tests.translations.small_site import small_site

    return small_site()


@pytest.fixture
def people(site, django_user_model):
    from tests.translations.small_site import people_of

    return people_of(django_user_model)
