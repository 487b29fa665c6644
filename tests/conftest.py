"""The environment of every test: safe settings, a folder of its own, compiled catalogues, and a browser where there is one."""

import os
import shutil
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import pytest

from tests.databases import Migrated, Snapshot, end_sessions
from tests.workers import Scheduling, put_longest_first

ROOT = Path(__file__).resolve().parent.parent
DATA = TemporaryDirectory(prefix="nemo-tests-")
(Path(DATA.name) / "static").mkdir()

# Only the database is taken from outside. Everything else would make a test's result depend on who runs it.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "cms.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the thread that also asks the database
    "SECRET_KEY": "only-for-tests-" * 4,
    "BASE_URL": "http://testserver",
    "DATA_DIR": DATA.name,
    "DEBUG": "0",
    "DEMO": "1",
    "TASKS": "immediate",
    **dict.fromkeys(
        (
            "REDIS_URL",
            "STORAGE_URL",
            "EMAIL_URL",
            "ALLOWED_HOSTS",
            "SECRET_KEY_FALLBACKS",
            "MACHINE_TRANSLATION",
            "BOUNCE_MAILBOX",
        ),
        "",
    ),
}

# The most filled ones first: some are made from others.
SNAPSHOTS = ("demo_snapshot", "offices_snapshot", "small_snapshot", "site_snapshot")

# Templates that are rendered a hundred times on a page of the admin.
PARTS = ("django/forms/widgets/", "wagtailadmin/shared/")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
NO_CHROMIUM = "Browser tests were left out: there is no Chromium. To run them: apt-get install chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_configure():
    if "PYTEST_XDIST_WORKER" not in os.environ:
        # Before the set-up, which reads catalogues and keeps what it found.
        from core.catalogues import compile_catalogues

        compile_catalogues(ROOT / "locale")
    django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


def pytest_collection_modifyitems(items):
    put_longest_first(items)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter):
    if not CHROMIUM:
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests(django_test_environment):
    """Cheap password hashes, and static files without the manifest that only collectstatic writes."""
    from django.conf import settings
    from django.test import override_settings

    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=settings.STORAGES | {"staticfiles": static},
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_of_parts_are_not_kept():
    """The client of tests copies the context of every template it sees; nobody asks for that of an icon or a widget."""
    from django.test import client

    keep = client.store_rendered_templates

    def keep_others(store, signal, sender, template, context, **kwargs):
        if not (template.name or "").startswith(PARTS):
            keep(store, signal, sender, template, context, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep_others)
        yield


@pytest.fixture(scope="session")
def migrated(request):
    return Migrated(request.config.cache.mkdir("databases"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test that commits is cleaned up by emptying all tables."""
    result = yield
    if commits(item):
        Snapshot.held = None
    return result


def commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(
        {"live_server", "transactional_db"} & {*item.fixturenames} or (marker and marker.kwargs.get("transaction"))
    )


@pytest.fixture(scope="session")
def django_db_use_migrations(django_db_use_migrations, migrated):
    return django_db_use_migrations and not migrated.exists


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, migrated):
    from django.db import connection

    if migrated.template:
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_use_migrations, django_db_blocker, migrated):
    """Migrations take half a minute; only the first run after a change pays for them."""
    with django_db_blocker.unblock():
        if migrated.exists:
            migrated.load()
        elif django_db_use_migrations:
            migrated.save()
        migrated.snapshot = Snapshot("migrated")
    yield
    with django_db_blocker.unblock():
        end_sessions()


@pytest.fixture(scope="session")
def filled(django_db_setup, django_db_blocker, migrated):
    """`filled("site", set_up)` fills the database, takes a snapshot of it and takes everything away again.

    With `start`, a snapshot, it goes on from there.
    """
    from django.db import connection

    def snapshot(name, fill, start=None):
        assert not connection.in_atomic_block, (
            "Ask for it before a transaction around several tests, which it would end with."
        )
        with django_db_blocker.unblock():
            (start or migrated.snapshot).restore()
            fill()
            taken = Snapshot(name)
            migrated.snapshot.restore()
        return taken

    return snapshot


@pytest.fixture(scope="session")
def site_snapshot(filled):
    from core import roles
    from home.trees import set_up_trees

    def fill():
        set_up_trees()
        roles.sync()

    return filled("site", fill)


@pytest.fixture(scope="session")
def demo_snapshot(filled, site_snapshot):
    from demo.loader.everything import load_everything

    return filled("demo", lambda: load_everything(20, str), start=site_snapshot)


@pytest.fixture
def starting_rows(request, django_db_setup, django_db_blocker, migrated):
    """The snapshot a test asks for, put into the database before its transaction begins; else the migrated one.

    None inside of a transaction around several tests, where the rows are those of that transaction.
    """
    from django.db import connection

    name = next((name for name in SNAPSHOTS if name in request.fixturenames), None)
    snapshot = request.getfixturevalue(name) if name else migrated.snapshot
    if connection.in_atomic_block:
        return None
    with django_db_blocker.unblock():
        snapshot.hold()
    return snapshot


@pytest.fixture
def _django_db_helper(starting_rows, _django_db_helper):
    """Of pytest-django: the transaction of a test."""
    return _django_db_helper


@pytest.fixture
def site(site_snapshot, starting_rows, db):
    """What `set_up_site` makes: a home page and index pages per language, groups, workflows. Gives the German home."""
    return german_home(site_snapshot, starting_rows)


@pytest.fixture(scope="module")
def lasting_site(site_snapshot, django_db_blocker):
    """For what all tests of a module begin with: the site, in a transaction around theirs. Gives the German home.

    `site` would take away what was added to it.
    """
    from django.core.cache import cache
    from django.db import transaction

    from home.models import HomePage

    with django_db_blocker.unblock():
        with transaction.atomic():
            site_snapshot.restore()
            yield HomePage.objects.get(slug="home")
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def demo_site(demo_snapshot, starting_rows, db):
    """The whole sample site with twenty organisations. The first test to ask for it waits for a minute.

    With `live_server` beside it, the site is served, too.
    """
    return german_home(demo_snapshot, starting_rows)


def german_home(snapshot, starting_rows):
    from home.models import HomePage

    if snapshot is not starting_rows:
        snapshot.restore()
    return HomePage.objects.get(slug="home")


@pytest.fixture(autouse=True)
def one_request_at_a_time(request, monkeypatch):
    """The threads of a live server share the one connection of a database in memory, which takes no two at once."""
    from django.core.handlers.base import BaseHandler
    from django.db import connection

    if connection.vendor == "sqlite" and "live_server" in request.fixturenames:
        answer, lock = BaseHandler.get_response, threading.RLock()

        def answer_alone(handler, asked):
            with lock:
                return answer(handler, asked)

        monkeypatch.setattr(BaseHandler, "get_response", answer_alone)


@pytest.fixture(autouse=True)
def empty_caches():
    """Ids start afresh with each test's database, and so does what is remembered by id."""
    from django.core.cache import caches

    from organisations import index

    index.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def in_german(settings):
    """A request leaves its language behind in the thread."""
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser):
    """A page in a fresh profile, as a German reader's browser opens it."""
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
