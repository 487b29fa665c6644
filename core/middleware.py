"""What every request and response of this site goes through, besides Django's own middleware."""

import re
import uuid
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from core import logging

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=300"
PRIVATE = "private, no-store"
# No database stores NUL, no encoder takes half a surrogate pair; nobody types either.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def request_id(get_response):
    """A new id for each request: in the log, on the error page, in the answer's header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex
        token = logging.request_id.set(request.request_id)
        try:
            response = get_response(request)
        finally:
            logging.request_id.reset(token)
        response.headers["X-Request-ID"] = request.request_id
        return response

    return middleware


def response_headers(get_response):
    """Stands inside Django's CSP middleware, which reads `_csp_config`, and outside of all that set cookies or Vary."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not hasattr(response, "_csp_config"):
            response._csp_config = _content_policy(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_public(request, response):
            _leave_out_cookie_from_vary(response)
            response.headers.setdefault("Cache-Control", PUBLIC)
        else:
            response.headers.setdefault("Cache-Control", PRIVATE)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""  # the length stays; gunicorn complains about every body it has to drop
        return response

    return middleware


def clean_query(get_response):
    """Takes what no database can store out of addresses, parameters, forms and cookies. Never an error of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if UNSTORABLE.search(request.path_info):
            # No page has this character in its address either, so the answer is the usual 404.
            request.path_info = UNSTORABLE.sub("\ufffd", request.path_info)
            request.path = UNSTORABLE.sub("\ufffd", request.path)
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if not UNSTORABLE.search(name + value)
        }
        request.GET = _storable(request.GET)
        if request.method == "POST":
            with suppress(UnreadablePostError):  # the visitor has gone; the view finds the same
                request.POST = _storable(request.POST)
        return get_response(request)

    return middleware


def languages(get_response):
    """The reader's language, by address and browser. The admin speaks German, until somebody chooses otherwise.

    What the admin does not find it says itself: Django's middleware would look for it in every language first.
    """
    answer_reader = LocaleMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_admin(request):
            return answer_reader(request)
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return get_response(request)

    return middleware


def redirects(get_response):
    """Old addresses, which never stood below the admin's."""
    answer_reader = RedirectMiddleware(get_response)
    return lambda request: (get_response if is_admin(request) else answer_reader)(request)


def _content_policy(request: HttpRequest) -> dict:
    """By view, since the address alone does not say what a page is."""
    if is_admin(request):
        return settings.ADMIN_CSP
    match = request.resolver_match
    return settings.FILE_CSP if match and match.url_name == "wagtaildocs_serve" else settings.PUBLIC_CSP


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether any cache may hold the answer. Wagtail has marked restricted pages by `Cache-Control` already."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in (200, 301, 304, 404)
        and not is_admin(request)
        and not response.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "private" not in response.headers.get("Cache-Control", "")
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def _leave_out_cookie_from_vary(response: HttpResponse) -> None:
    """Without a session cookie in the request, nothing in the answer came from a cookie."""
    names = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    kept = [name for name in names if name and name.lower() != "cookie"]
    if kept:
        response.headers["Vary"] = ", ".join(kept)
    else:
        response.headers.pop("Vary", None)


def _storable(fields: QueryDict) -> QueryDict:
    if not any(UNSTORABLE.search(text) for name, values in fields.lists() for text in (name, *values)):
        return fields
    cleaned = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        for value in values:
            cleaned.appendlist(UNSTORABLE.sub("", name), UNSTORABLE.sub("", value))
    cleaned._mutable = False
    return cleaned
