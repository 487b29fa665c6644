"""Making a picture to share: a form that any cache may hold, a preview, and the picture as a download."""

import base64
from threading import BoundedSemaphore

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.images.models import SourceImageIOError

from campaigns.models import CampaignPage
from campaigns.reader_page import page_for_reader
from campaigns.share_kit import logo, picture
from campaigns.share_kit.picture_form import SharePictureForm
from core.public_forms import public_form
from core.throttling import Limit, client_address

PER_NETWORK_ADDRESS = Limit("share-picture", 60, 10 * 60)
# Pictures are decoded one after the other in each process, so that memory is that of one, whoever comes.
ONE_AT_A_TIME = BoundedSemaphore(1)
PATIENCE = 5  # seconds
INVALID, TOO_MANY, BUSY = 422, 429, 503


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_for_reader(CampaignPage, slug)
    if not page.source.motifs.exists():
        raise Http404
    if request.method != "POST":
        return _show(request, page, SharePictureForm(page))
    if not PER_NETWORK_ADDRESS.add(client_address(request)):
        busy = _("Many pictures were made from your connection just now. Please try again in ten minutes.")
        return _refuse(request, page, busy, TOO_MANY)
    if not ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        busy = _("Many people are making pictures just now. Please try again in a minute.")
        return _refuse(request, page, busy, BUSY)
    try:
        return _made(request, page, SharePictureForm(page, request.POST, request.FILES))
    except SourceImageIOError:
        gone = _("The picture of this motif cannot be found. Please choose another one.")
        return _refuse(request, page, gone, INVALID)
    finally:
        ONE_AT_A_TIME.release()


def _made(request: HttpRequest, page: CampaignPage, form: SharePictureForm) -> HttpResponse:
    if form.is_from_a_program or not form.is_valid():
        return _show(request, page, form, status=INVALID)
    wanted = [shape for shape in picture.FORMATS if shape.key == request.POST.get("download")]
    if wanted:
        return _download(page, form, wanted[0])
    previews = [(shape, _data_address(picture.preview(_draw(page, form, shape)))) for shape in picture.FORMATS]
    return _show(request, page, form, previews=previews)


def _draw(page: CampaignPage, form: SharePictureForm, shape: picture.Format):
    typed = form.cleaned_data
    return picture.draw(page, typed["motif"], shape, typed["name"], form.picture)


def _download(page: CampaignPage, form: SharePictureForm, shape: picture.Format) -> HttpResponse:
    response = HttpResponse(picture.png(_draw(page, form, shape)), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}-{shape.key}.png"'
    return response


def _data_address(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


def _refuse(request: HttpRequest, page: CampaignPage, reason: str, status: int) -> HttpResponse:
    """What was typed is shown again; nothing is decoded."""
    form = SharePictureForm(page)
    form.initial |= {"name": request.POST.get("name", "")[:80]}
    kept_logo = request.POST.get("kept_logo", "")[: logo.LONGEST_KEPT]
    response = _show(request, page, form, problem=reason, kept_logo=kept_logo, status=status)
    response["Retry-After"] = "600" if status == TOO_MANY else "60"
    return response


def _show(request: HttpRequest, page: CampaignPage, form: SharePictureForm, status: int = 200, **more) -> HttpResponse:
    typed = request.POST.get("motif", "")
    chosen = next((motif.pk for motif in form.motifs if str(motif.pk) == typed), form.motifs[0].pk)
    context = {"campaign": page, "form": form, "chosen": chosen, "kept_logo": form.logo_to_keep}
    return render(request, "campaigns/share_picture.html", context | more, status=status)
