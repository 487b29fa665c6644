"""Photos that organisations send: bytes until somebody accepts them, so that no address leads to one that waits."""

from io import BytesIO

from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection

from core.models import SiteImage
from core.roles import SHARED_COLLECTION, collection
from organisations.models import OrganisationPage, Proposal
from organisations.roles import PREFIX
from organisations.upkeep.people import network_of

LARGEST = 2000  # pixels on the longer side: enough for every place a picture is shown in
CONTENT_TYPE = "image/webp"


def prepare(file) -> bytes:
    """A picture that `CheckedImageField` let through, as it is kept: smaller, and of one format."""
    file.seek(0)
    with Image.open(file) as image:
        image.thumbnail((LARGEST, LARGEST))
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    kept = BytesIO()
    plain.save(kept, "WEBP", quality=85)
    return kept.getvalue()


def accept(proposal: Proposal, page: OrganisationPage, user=None) -> SiteImage:
    """The photo becomes a picture of the library, in the collection of the organisation's network."""
    image = SiteImage(
        title=page.title[:255],
        description=proposal.values.get("photo", "")[:255],
        licence="permission",
        collection=_collection_of(page),
        uploaded_by_user=user,
        file=ImageFile(BytesIO(bytes(proposal.photo_file)), f"{page.slug[:60]}.webp"),
    )
    image._set_image_file_metadata()
    image.save()
    return image


def _collection_of(page: OrganisationPage) -> Collection:
    network = network_of(page)
    group = network and Group.objects.filter(name__startswith=PREFIX, page_permissions__page=network.pk).first()
    return collection(group.name.removeprefix(PREFIX) if group else SHARED_COLLECTION)
