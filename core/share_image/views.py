from contextlib import suppress
from functools import partial
from typing import IO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from PIL import Image
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from core.made_files import kept, made
from core.models import BasePage
from core.publishing import readable_pages
from core.share_image.address import address, digest
from core.share_image.design import PICTURE, draw
from core.throttling import Limit, client_address

# Services that look at shared addresses come with many at once; each picture is drawn once only.
DRAWN_FOR_ONE = Limit("share-image", 200, 10 * 60)


@require_safe
@csp_override(settings.FILE_CSP)
def share_image(request: HttpRequest, pk: str, wanted: str) -> HttpResponse:
    """The picture of a page that everybody may read; under an older address the way to the current one."""
    page = _readable(pk)
    current = digest(page)
    if wanted != current:
        return redirect(address(page))
    etag = f'"{current}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    file = kept(_name(current))
    if not file:
        if not DRAWN_FOR_ONE.add(client_address(request)):
            return HttpResponse(status=429, headers={"Retry-After": "600", "Cache-Control": "no-store"})
        file = made(_name(current), partial(_write, page))
    # No longer than its page: what is hidden now shows nowhere.
    return FileResponse(
        file, content_type="image/jpeg", headers={"ETag": etag, "Cross-Origin-Resource-Policy": "cross-origin"}
    )


def _name(current: str) -> str:
    return f"share_images/{current}.jpg"


def _readable(pk: str) -> BasePage:
    row = readable_pages(Page.objects.filter(pk=pk)).first()
    page = row and row.specific
    if not isinstance(page, BasePage):
        raise Http404
    return page


def _write(page: BasePage, file: IO[bytes]) -> None:
    drawn = draw(page.title, page.text_language, page.tone, _picture(page))
    drawn.save(file, "JPEG", quality=88, subsampling=0, optimize=True)


def _picture(page: BasePage) -> Image.Image | None:
    """That of listings; none where its file is lost."""
    picture = page.facts.listing_image
    if picture:
        with suppress(SourceImageIOError, OSError):
            rendition = picture.get_rendition(f"fill-{PICTURE[0]}x{PICTURE[1]}|format-png")
            with rendition.file.open() as file:
                image = Image.open(file)
                image.load()
                return image
    return None
