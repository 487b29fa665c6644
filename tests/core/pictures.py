"""Pictures that carry everything a phone or a graphics program may hide in them."""

from io import BytesIO

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRET = b"Fatima Beispiel"
FORMATS = {"avif": "AVIF", "gif": "GIF", "jpeg": "JPEG", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>' + SECRET + b"</rdf:RDF></x:xmpmeta>"


def exif(orientation=1):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x013B] = SECRET.decode()
    data[0x010F] = "SecretCamera"
    gps = data.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 31.0, 12.0)
    return data.tobytes()


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def two_halves(size=(40, 20)):
    """Left half red, right half blue: shows which way up it is."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def with_secrets(extension, orientation=1, image=None):
    """The bytes of a picture whose every corner names somebody."""
    image_format = FORMATS[extension]
    options = {"exif": exif(orientation), "xmp": XMP, "icc_profile": profile()}
    if image_format == "PNG":
        text = PngInfo()
        text.add_text("Author", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=False)
        text.add_text("Comment", SECRET.decode(), zip=False)
        options["pnginfo"] = text
    if image_format in ("GIF", "JPEG"):
        options["comment"] = SECRET
    if image_format == "GIF":
        options = {"comment": SECRET}
    target = BytesIO()
    (image or two_halves()).save(target, image_format, **options)
    return target.getvalue() + SECRET  # some programs append, some people hide


def animated(image_format, frames=3, **options):
    target = BytesIO()
    pictures = [Image.new("RGB", (16, 16), (80 * number, 0, 200)) for number in range(frames)]
    durations = [100 * (number + 1) for number in range(frames)]
    pictures[0].save(
        target, image_format, save_all=True, append_images=pictures[1:], duration=durations, loop=0, **options
    )
    return target.getvalue()


def traces(content):
    """What is left of the secrets, and of the containers they come in."""
    marks = [SECRET, b"SecretCamera", b"Exif", b"EXIF", b"xmp", b"XMP", b"ICC", b"iCCP", b"tEXt", b"iTXt", b"zTXt"]
    found = [mark for mark in marks if mark in content]
    image = Image.open(BytesIO(content))
    image.load()
    kept = {"background", "disposal", "duration", "loop", "timestamp", "transparency", "version", "extension"}
    jpeg = {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "adobe",
        "adobe_transform",
        "progressive",
        "progression",
    }
    return found + [key for key in image.info if key not in kept | jpeg] + list(image.getexif())
