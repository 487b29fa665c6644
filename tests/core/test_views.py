from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.test import Client, RequestFactory

from core import views
from core.models import SiteImage
from tests.core import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(media):
    file = ContentFile(pictures.with_secrets("png"), name="picture.png")
    return SiteImage.objects.create(title="Picture", description="Two colours", file=file)


@pytest.mark.parametrize(("spec", "content_type"), [("format-avif", "image/avif"), ("width-9", "image/png")])
def test_pictures_are_served_to_be_kept_for_ever(client, image, spec, content_type):
    rendition = image.get_rendition(spec)
    response = client.get(rendition.url)
    with rendition.file.open() as file:
        assert b"".join(response.streaming_content) == file.read()
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "original_images/picture.png",
        "documents/report.pdf",
        "images/../original_images/picture.png",
        "images/%2e%2e/original_images/picture.png",
        "images/..%2foriginal_images/picture.png",
        "images//picture.png",
        "images/",
        "images/nothing.png",
        "images/picture.svg",
        "images/folder.png",
        "../db.sqlite3",
        "/etc/passwd",
        pytest.param("images/" + "a" * 300 + ".png", id="long"),
    ],
)
def test_nothing_else_is_served(client, media, path):
    for folder in ("original_images", "documents", "images", "images/folder.png"):
        (media / folder).mkdir(parents=True, exist_ok=True)
    for name in ("original_images/picture.png", "documents/report.pdf", "images/picture.svg"):
        (media / name).write_bytes(b"secret")
    assert client.get(f"/media/{path}", follow=True).status_code == 404


def test_the_original_is_not_served(client, image):
    assert client.get(f"/media/{image.file.name}").status_code == 404


def test_robots(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in response.text
    assert "Sitemap: http://testserver/sitemap.xml" in response.text


def test_security_contact(client):
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert lines["Contact"].startswith(("mailto:", "https:"))


def test_health(client):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "ok", "purge": "late"})
    assert "no-store" in response["Cache-Control"]


def test_health_without_database(client):
    with patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError):
        assert client.get("/health/").status_code == 503


def test_health_without_cache(client):
    with patch("core.views.cache") as cache:
        cache.get.return_value = None
        response = client.get("/health/")
    assert (response.status_code, response.json()["cache"]) == (200, "down")


@pytest.mark.parametrize("path", ["/robots.txt", "/health/", "/media/images/a.png", "/.well-known/security.txt"])
def test_these_addresses_are_for_reading(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    ("path", "language", "direction"),
    [("/ar/x/", "ar", "rtl"), ("/de-simple/", "de-simple", "ltr"), ("/nonsense/", "de", "ltr"), ("", "de", "ltr")],
)
def test_our_failure_speaks_the_language_of_the_address(path, language, direction, django_assert_num_queries):
    request = RequestFactory().get(path)
    request.request_id = "0123456789abcdef"
    with django_assert_num_queries(0):
        response = views.server_error(request)
    assert response.status_code == 500
    assert f'lang="{language}"' in response.text
    assert f'dir="{direction}"' in response.text
    assert "0123456789abcdef" in response.text


@pytest.mark.parametrize(("language", "words"), [("de", "konnten wir nicht lesen"), ("ar", 'dir="rtl"')])
def test_what_is_too_large_or_names_no_host_is_answered_in_words(client, db, settings, language, words):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client.post(f"/{language}/newsletter/", {"email": "x" * 200})
    assert (answer.status_code, words in answer.text) == (400, True)
    answer = client.get(f"/{language}/", headers={"Host": "nobody.example"})
    assert (answer.status_code, words in answer.text) == (400, True)


def test_our_failure_needs_no_template():
    with patch("core.views.get_template", side_effect=RuntimeError):
        response = views.server_error(RequestFactory().get("/de/"))
    assert (response.status_code, "Fehler" in response.text) == (500, True)


def test_an_error_is_answered_by_this_page_with_all_headers():
    client = Client(raise_request_exception=False)
    with patch("core.views.HttpResponse", side_effect=[RuntimeError, views.HttpResponse(status=500)]):
        response = client.get("/robots.txt")
    assert response.status_code == 500
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Request-ID"]
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
