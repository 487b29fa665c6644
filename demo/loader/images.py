"""The pictures of the sample site: drawn patterns and four portraits."""

from io import BytesIO
from pathlib import Path

from core.image_metadata import CleanFile
from core.models import SiteImage
from core.roles import SHARED_COLLECTION, collection
from demo.loader import texts
from demo.loader.patterns import draw

FOLDER = Path(__file__).resolve().parent.parent / "images"
FIELDS = ["title", "description", "credit", "licence"]


def load_images() -> None:
    shared = collection(SHARED_COLLECTION)
    present = {*SiteImage.objects.values_list("title", flat=True)}
    for image in texts.read("images")["image"]:
        if image["title"] not in present:
            SiteImage.objects.create(
                file=CleanFile(_content(image), name=Path(image["file"]).name),
                collection=shared,
                is_decorative=image["decorative"],
                **{name: image[name] for name in FIELDS},
            )


def _content(image: dict) -> bytes:
    if "motif" not in image:
        return (FOLDER / image["file"]).read_bytes()
    target = BytesIO()
    draw(image["motif"], image["colour"]).save(target, "PNG")
    return target.getvalue()
