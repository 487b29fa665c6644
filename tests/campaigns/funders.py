"""Funding with everything that is demanded, or without."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from campaigns.models import FundingPeriod
from core.models import SiteDocument, SiteImage


def make_logo(title="Logo"):
    target = BytesIO()
    Image.new("RGB", (300, 100), "white").save(target, "PNG")
    return SiteImage.objects.create(
        title=title, description=title, file=ContentFile(target.getvalue(), name="logo.png")
    )


def make_document(title="Handreichung"):
    return SiteDocument.objects.create(title=title, file=ContentFile(b"%PDF-1.4 test", name="handreichung.pdf"))


def fund(
    project, funder, starts_on, ends_on, *, logos=1, wording="Gefördert vom Amt", texts=None, image=None, **values
):
    if texts is None:
        texts = [{"language": "de", "wording": wording, "disclaimer": ""}]
    return FundingPeriod.objects.create(
        page=project,
        funder=funder,
        starts_on=starts_on,
        ends_on=ends_on,
        logos=[("logo", {"image": image or make_logo(), "url": ""}) for _number in range(logos)],
        texts=[("text", text) for text in texts],
        **values,
    )
