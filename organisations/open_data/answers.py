"""How every answer of the open data goes out: to anybody, from any site, cacheable, and never as an error page."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from organisations.open_data import licence
from organisations.open_data.parameters import Refused
from organisations.open_data.selection import Selection

CACHED = "public, max-age=300"


def open_data(answer: Callable) -> Callable:
    """For `answer(request, selection, …)`; a wrong question, or one answered already, does not reach it."""

    @require_safe
    @wraps(answer)
    def view(request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            selection = Selection(request)
            etag = selection.etag(request.path)
            response = get_conditional_response(request, etag=etag)
            response = response or answer(request, selection, **kwargs)
        except Refused as refused:
            return for_everybody(request, refusal(refused))
        if response.status_code in (200, 304):
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = CACHED
        return for_everybody(request, response)

    return view


def for_everybody(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Read by scripts of any site: there is no cookie and nothing private in it."""
    # Django would take a 404 for a page without its language and send programs to look for that.
    request.urlconf = "organisations.open_data.urls"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    links = [f'<{licence.URL}>; rel="license"', f'<{settings.BASE_URL}/daten/openapi.json>; rel="service-desc"']
    response.headers["Link"] = ", ".join([*getattr(response, "links", []), *links])
    return response


def refusal(refused: Refused) -> JsonResponse:
    return error(400, [(fault.parameter, fault.reason) for fault in refused.faults])


def error(status: int, faults: Iterable[tuple]) -> JsonResponse:
    """Each fault by parameter, with its reason in the two languages that whoever writes the program may read."""
    told = [
        {"parameter": parameter, **{language: _in(language, reason) for language in ("de", "en")}}
        for parameter, reason in faults
    ]
    return JsonResponse({"errors": told}, status=status, json_dumps_params={"ensure_ascii": False})


def _in(language: str, reason) -> str:
    with override(language):
        return str(reason)


def json(data: dict, links: dict | None = None) -> JsonResponse:
    """`links` are addresses by their relation, as in `next` and `prev`; an empty one is left out."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response.links = [f'<{address}>; rel="{relation}"' for relation, address in (links or {}).items() if address]
    return response


def stream(request: HttpRequest, parts: Iterable[str], content_type: str, file_name: str) -> StreamingHttpResponse:
    """Nothing is made where nobody reads it."""
    response = StreamingHttpResponse(() if request.method == "HEAD" else parts, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
