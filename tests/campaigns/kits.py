"""A press kit under embargo, below a campaign, in German and Arabic, with a picture, a logo and a document."""

from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from campaigns.models import CampaignPage, PressFile, PressKitPage, PressPicture
from core.image_metadata import CleanFile
from core.models import Contact, SiteDocument, SiteImage
from tests.campaigns.signers import campaign, in_arabic
from tests.site.world import make, translate

SECRET = "Geheimsache"
HOURS = timedelta(hours=3)


def image(title, colour="red", **values):
    target = BytesIO()
    Image.new("RGB", (1500, 1000), colour).save(target, "JPEG")
    values = {"credit": "Ana Beispiel", "licence": "cc-by-4.0", "description": f"{title} in {colour}"} | values
    return SiteImage.objects.create(title=title, file=CleanFile(target.getvalue(), name="bild.jpg"), **values)


def press_kit(site, embargo=HOURS, **values) -> PressKitPage:
    parent = campaign(site)
    arabic = in_arabic(parent)
    texts = {
        "summary": f"{SECRET} in zwei Sätzen.",
        "short_text": f"{SECRET} kurz.",
        "long_text": f"<p>{SECRET} lang &amp; breit.</p><ul><li>eins</li><li>zwei</li></ul>",
        "quotes": [("quote", {"quote": f"{SECRET}!", "name": "Mira Muster", "role": "Sprecherin"})],
        "figures": [("fact", {"label": "Verbünde", "value": "14"})],
        "embargo_until": embargo and timezone.now() + embargo,
        "contact": Contact.objects.create(name="Presse Muster", email="presse@example.org", phone="030 1"),
    }
    kit = make(PressKitPage, parent, "geheim-presse", f"{SECRET} Pressemappe", **texts | values)
    document = SiteDocument.objects.create(title=f"{SECRET} Papier")
    document.file.save("geheimsache.pdf", ContentFile(b"%PDF-1.4 geheim"))
    kit.pictures = [
        PressPicture(image=image(f"{SECRET} Übergabe"), sort_order=0),
        PressPicture(image=image("Logo", "blue", licence="own"), kind="logo", sort_order=1),
    ]
    kit.files = [PressFile(document=document)]
    kit.save()
    translate(kit, CampaignPage.objects.get(pk=arabic.pk), "ملف صحفي سري", short_text="نص قصير سري", live=kit.live)
    return PressKitPage.objects.get(pk=kit.pk)


def addresses(key) -> dict[str, str]:
    """Of all files of a kit, by a key."""
    return {
        "pack": f"/de/presse/{key}/paket.zip",
        "picture": f"/de/presse/{key}/bilder/1/",
        "preview": f"/de/presse/{key}/bilder/2/klein/",
        "document": f"/de/presse/{key}/dateien/1/",
    }


def after_the_embargo():
    later = timezone.now() + HOURS + timedelta(seconds=1)
    return patch.object(timezone, "now", lambda: later)
