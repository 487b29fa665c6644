"""A press kit by its link, and its files: each asks anew whether the kit is open to who asks."""

from functools import partial, wraps

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError

from campaigns.models import PressKitPage
from campaigns.share_kit.press_access import is_token, open_kit
from campaigns.share_kit.press_pack import Pack
from core.addresses import page_address
from core.made_files import kept, made
from core.public_forms import secret_address
from core.throttling import Limit, client_address

PREVIEW = "max-720x720|format-webp"
PACKED_FOR_ONE = Limit("press-pack", 30, 10 * 60)


def of_kit(view):
    """Gives the view the kit instead of its key. What comes by a link is kept by nobody."""

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, key: str, **kwargs) -> HttpResponse:
        if is_token(key):
            return secret_address(lambda request: view(request, open_kit(request, key), key, **kwargs))(request)
        return view(request, open_kit(request, key), key, **kwargs)

    return opened


@of_kit
def press_kit(request: HttpRequest, kit: PressKitPage, key: str) -> HttpResponse:
    if not is_token(key):
        return redirect(page_address(kit))
    context = kit.get_context(request) | {"pack": Pack(kit, key), "by_link": True}
    return render(request, kit.get_template(request), context)


@of_kit
@csp_override(settings.FILE_CSP)
def press_picture(request: HttpRequest, kit: PressKitPage, key: str, number: int) -> HttpResponse:
    """The picture as it came, to be printed."""
    picture = _numbered(Pack(kit).pictures, number)
    return _file(picture.image.file, picture.name)


@of_kit
@csp_override(settings.FILE_CSP)
def press_preview(request: HttpRequest, kit: PressKitPage, key: str, number: int) -> HttpResponse:
    image = _numbered(Pack(kit).pictures, number).image
    try:
        rendition = image.get_rendition(PREVIEW)
    except SourceImageIOError as error:
        raise Http404 from error
    return FileResponse(rendition.file.open(), content_type="image/webp")


@of_kit
@csp_override(settings.FILE_CSP)
def press_document(request: HttpRequest, kit: PressKitPage, key: str, number: int) -> HttpResponse:
    document = _numbered(Pack(kit).documents, number)
    return _file(document.document.file, document.name)


@of_kit
@csp_override(settings.FILE_CSP)
def press_pack(request: HttpRequest, kit: PressKitPage, key: str) -> HttpResponse:
    """Everything as one archive, put together when it is first asked for and kept by what it holds."""
    pack = Pack(kit)
    etag = f'"{pack.digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    name = f"press_kits/{pack.digest}.zip"
    file = kept(name)
    if not file:
        if not PACKED_FOR_ONE.add(client_address(request)):
            return HttpResponse(status=429, headers={"Retry-After": "600", "Cache-Control": "no-store"})
        file = made(name, partial(_write, pack))
    headers = {"ETag": etag}
    return FileResponse(
        file, as_attachment=True, filename=pack.file_name, content_type="application/zip", headers=headers
    )


def _write(pack: Pack, file) -> None:
    try:
        pack.write(file)
    except FileNotFoundError as error:
        raise Http404 from error


def _numbered(items: list, number: int):
    if not 0 < number <= len(items):
        raise Http404
    return items[number - 1]


def _file(file, name: str) -> HttpResponse:
    try:
        opened = file.storage.open(file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(opened, as_attachment=True, filename=name)
