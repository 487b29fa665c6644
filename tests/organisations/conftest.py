import pytest
from django.core.cache import cache
from django.db import transaction


@pytest.fixture(scope="module")
def lasting_site(site_snapshot, django_db_blocker):
    """For what all tests of a module begin with: the site, in a transaction around theirs. Gives the German home.

    `site` would take away what was added to it.
    """
    from home.models import HomePage

    with django_db_blocker.unblock():
        with transaction.atomic():
            site_snapshot.restore()
            yield HomePage.objects.get(slug="home")
            transaction.set_rollback(True)
        cache.clear()
