"""Addresses that are no pages: pictures, machine-readable notes, health, and the page for our own failures."""

import posixpath
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from core import retention
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE, direction

RENDITIONS = "images/"
PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


@require_safe
@csp_override(settings.FILE_CSP)
def rendition_file(request: HttpRequest, path: str):
    """A picture in the size a page asked for. Originals and documents are not to be had here."""
    content_type = PICTURES.get(PurePosixPath(path).suffix.lower())
    if not content_type or not path.startswith(RENDITIONS) or posixpath.normpath(path) != path:
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    return FileResponse(
        file,
        content_type=content_type,
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Cross-Origin-Resource-Policy": "cross-origin",  # pictures are shown in mails and previews elsewhere
        },
    )


@require_safe
def robots(request: HttpRequest):
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest):
    """RFC 9116. Expires at a midnight half a year ahead, so that the file is the same all day."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(midnight + timedelta(days=180)).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def health(request: HttpRequest):
    """200 while the database answers. The others are reported and not required: without a cache the site is slower,
    and visitors are not to blame where personal data is deleted late."""
    database = _database_answers()
    state = {"database": "ok" if database else "down", "cache": "ok" if _cache_answers() else "down"}
    if database:
        state["purge"] = "late" if retention.is_late() else "ok"
    return JsonResponse(state, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _cache_answers() -> bool:
    cache.set("core.health", 1, 10)
    return cache.get("core.health") == 1


def server_error(request: HttpRequest):
    """Something of ours is broken: no database, no context processors, and no template if need be."""
    title, text = _("Something went wrong"), _("The fault is ours. Please try again in a few minutes.")
    return _bare(request, 500, title, text, "Es ist ein Fehler aufgetreten. – Something went wrong.")


def bad_request(request: HttpRequest, exception: Exception):
    """Too large, too many fields, or nothing that HTTP knows; the address may be false, so nothing is asked of it."""
    text = _("It is too large or damaged. Please go back: what you typed is still in the form.")
    return _bare(request, 400, _("We could not read what was sent"), text, "400")


def _bare(request: HttpRequest, status: int, title: str, text: str, last_resort: str) -> HttpResponse:
    prefix = request.path_info.split("/")[1] if "/" in request.path_info else ""
    language = prefix if prefix in LANGUAGE_NAMES else SOURCE_LANGUAGE
    context = {"language": language, "direction": direction(language), "title": title, "text": text}
    context["request_id"] = getattr(request, "request_id", "")
    try:
        with override(language):
            content = get_template("bare.html").render(context)
    except Exception:  # noqa: BLE001 - the page that must not fail
        content = f"{last_resort} ({context['request_id']})"
    return HttpResponse(content, status=status)


def style_guide(request: HttpRequest):
    return render(request, "style_guide.html")
