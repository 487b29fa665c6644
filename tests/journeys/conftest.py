"""One running site for all journeys. Every test here uses the browser, so one worker makes them all."""

import pytest

from tests.journeys.places import THOROUGHLY, places
from tests.journeys.running_site import RunningSite, own_database
from tests.journeys.visits import Visitor


@pytest.fixture(scope="session")
def running_site(tmp_path_factory, migrated):
    folder = tmp_path_factory.mktemp("running-site")
    with own_database(folder, migrated) as url:
        site = RunningSite(folder)
        site.use_database(url)
        site.build()
        with site.started():
            yield site


@pytest.fixture(scope="session")
def address(running_site):
    return running_site.address


@pytest.fixture(scope="session")
def visits(browser, address):
    """By name of the place, everything met in one language: `visits("ar")["NewsPage"].complaints`."""
    made = {}

    def in_language(language):
        if language not in made:
            context = browser.new_context(reduced_motion="reduce")
            visitor = Visitor(context, address)
            made[language] = {
                name: visitor.visit(f"/{language}/{path}", thoroughly=language in THOROUGHLY)
                for name, path in places(language).items()
            }
            context.close()
        return made[language]

    return in_language
