"""Pictures without the data that cameras, phones and editors hide in them: place, device, author, comments.

A picture is decoded and written anew. That leaves nothing behind, neither in known places nor after the end of the
picture, and it finds broken files before they are kept.
"""

from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps, ImageSequence
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

FORMATS = {"MPO": "JPEG"}  # pictures of phones with a depth map or a second view: only the first is the picture
ANIMATED = {"AVIF", "GIF", "PNG", "WEBP"}
# How the picture looks and moves. Whatever else a decoder finds is left out.
KEPT = {"background", "disposal", "loop", "transparency"}
OPTIONS = {
    "AVIF": {"quality": 80},
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
COLOUR_MODES = {"1": "L", "CMYK": "RGB", "L": "RGB", "LA": "RGBA", "P": "RGBA", "PA": "RGBA", "YCbCr": "RGB"}


class CleanFile(ContentFile):
    """A picture that has been through `without_metadata`."""


class UnreadablePictureError(ValueError):
    """The file claims to be a picture and cannot be decoded."""


def without_metadata(file: File) -> CleanFile:
    """The same picture, upright, in sRGB, under the same name, with all its frames and not a byte about anybody."""
    if isinstance(file, CleanFile):
        return file
    try:
        content = _write_anew(file)
    except Exception as error:  # decoders raise nearly anything for a broken file
        raise UnreadablePictureError(str(error)) from error
    return CleanFile(content, name=PurePath(file.name or "").name)


def _write_anew(file: File) -> bytes:
    file.seek(0)
    image = Image.open(file)
    image_format = FORMATS.get(image.format, image.format)
    target = BytesIO()
    if image_format in ANIMATED and getattr(image, "is_animated", False):
        _save_frames(image, image_format, target)
    elif image_format == "JPEG" and _needs_no_change(image):
        image.load()
        image.info = {}
        image.save(target, "JPEG", quality="keep", optimize=True)
    else:
        upright_in_srgb(image).save(target, image_format, **OPTIONS.get(image_format, {}))
    return target.getvalue()


def _save_frames(image: Image.Image, image_format: str, target: BytesIO) -> None:
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        durations.append(frame.info.get("duration", 100))
        frames.append(upright_in_srgb(frame))
    loop = {"loop": image.info["loop"]} if "loop" in image.info else {}
    options = {**OPTIONS.get(image_format, {}), **loop, "save_all": True, "duration": durations}
    frames[0].save(target, image_format, append_images=frames[1:], **options)


def _needs_no_change(image: Image.Image) -> bool:
    upright = image.getexif().get(0x0112, 1) in (0, 1)
    return upright and image.format == "JPEG" and not _foreign_profile(image)


def upright_in_srgb(image: Image.Image) -> Image.Image:
    """One frame as it is meant to be seen, and nothing else of what the file said."""
    upright = ImageOps.exif_transpose(image)
    profile = _foreign_profile(image)
    frame = _in_srgb(upright, profile) if profile else upright.copy()
    frame.info = {key: value for key, value in upright.info.items() if key in KEPT}
    return frame


def _foreign_profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The embedded colour profile, unless it is broken or says what everybody assumes without one."""
    embedded = image.info.get("icc_profile")
    if not embedded:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(embedded))
        description = ImageCms.getProfileDescription(profile)
    except (OSError, ImageCms.PyCMSError):
        return None
    return None if description.startswith("sRGB") else profile


def _in_srgb(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """Colours as the profile meant them; as they are where it does not fit the picture."""
    space = profile.profile.xcolor_space.strip()
    if space == "RGB" and image.mode in ("P", "PA", "1", "L", "LA"):
        image = image.convert(COLOUR_MODES[image.mode])
    output = {"RGBA": "RGBA", "LA": "RGBA"}.get(image.mode, "RGB")
    try:
        return ImageCms.profileToProfile(image, profile, SRGB, outputMode=output)
    except ImageCms.PyCMSError:
        return image.copy()


class CleanImageFieldFile(WagtailImageFieldFile):
    """Cleans at the last moment before storage: every way into the site ends here, forms or not."""

    def save(self, name, content, save=True):
        super().save(name, without_metadata(content), save=save)


class CleanImageField(WagtailImageField):
    attr_class = CleanImageFieldFile
