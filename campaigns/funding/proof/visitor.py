"""A page as everybody sees it: asked for at its address, through all that stands in front of it."""

import io
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils.translation import get_language, override


class Visitor:
    """Somebody without a login. What they are not shown is in no proof either."""

    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def see(self, address: str) -> str | None:
        """The HTML at an address of ours (a path); None where there is none, or not for everybody."""
        with override(get_language()):  # the answer is in the language of its address
            response = self.handler.get_response(_request(address))
        is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
        return response.text if is_page else None


def _request(address: str) -> WSGIRequest:
    site = urlsplit(settings.BASE_URL)
    proxy = (
        dict([settings.SECURE_PROXY_SSL_HEADER]) if settings.SECURE_PROXY_SSL_HEADER and site.scheme == "https" else {}
    )
    port = str(site.port or (443 if site.scheme == "https" else 80))
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address.encode().decode("latin-1"),  # as WSGI wants it
            "QUERY_STRING": "",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": port,
            "HTTP_HOST": site.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            **proxy,  # as the proxy in front says it, else the answer would lead to https only
        }
    )
