"""The environment of every test: safe settings, a folder of its own, compiled catalogues, and a browser where there is one."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import pytest

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
    **dict.fromkeys(("REDIS_URL", "STORAGE_URL", "EMAIL_URL", "ALLOWED_HOSTS", "SECRET_KEY_FALLBACKS"), ""),
}

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
    django.setup()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        from core.catalogues import compile_catalogues

        compile_catalogues(ROOT / "locale")


def pytest_collection_modifyitems(items):
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
