from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from core.image_metadata import UnreadablePictureError, without_metadata
from core.models import SiteImage
from tests.core import pictures


def cleaned(content, name="picture.jpg"):
    return Image.open(without_metadata(ContentFile(content, name=name)))


@pytest.mark.parametrize("extension", pictures.FORMATS)
def test_nothing_about_anybody_is_left(extension):
    before = pictures.with_secrets(extension)
    after = without_metadata(ContentFile(before, name=f"picture.{extension}")).read()
    assert pictures.traces(before)
    assert pictures.traces(after) == []


@pytest.mark.parametrize("extension", ["avif", "jpeg", "png", "webp"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_pictures_stand_upright(extension, orientation):
    image = cleaned(pictures.with_secrets(extension, orientation)).convert("RGB")
    first, last = image.getpixel((2, 2)), image.getpixel((image.width - 3, image.height - 3))
    assert image.size == ((40, 20) if orientation == 3 else (20, 40))
    red_comes_first = orientation == 6
    assert (first[0] > first[2], last[0] > last[2]) == (red_comes_first, not red_comes_first)


@pytest.mark.parametrize("image_format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_animations_keep_their_frames_and_pace(image_format):
    options = {} if image_format in ("GIF", "PNG") else {"exif": pictures.exif(), "xmp": pictures.XMP}
    image = cleaned(pictures.animated(image_format, **options))
    assert image.n_frames == 3
    durations = []
    for number in range(3):
        image.seek(number)
        image.load()
        durations.append(image.info["duration"])
    assert durations == [100, 200, 300]
    assert image.info.get("loop", 0) == 0


def test_foreign_colours_look_the_same_without_their_profile():
    target = BytesIO()
    wide = ImageCms.createProfile("sRGB")
    other = ImageCms.ImageCmsProfile(wide)
    image = Image.new("LAB", (8, 8), (128, 160, 90))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    expected = ImageCms.profileToProfile(image, lab, other, outputMode="RGB").getpixel((4, 4))
    image.save(target, "TIFF", icc_profile=lab.tobytes())
    assert cleaned(target.getvalue(), "picture.tiff").getpixel((4, 4)) == expected


def test_transparency_stays():
    target = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 90)).save(target, "PNG")
    assert cleaned(target.getvalue()).getpixel((1, 1)) == (255, 0, 0, 90)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_kind_of_pixels_is_taken(mode):
    target = BytesIO()
    image = Image.new("L", (8, 8), 90).convert(mode) if mode != "CMYK" else Image.new("CMYK", (8, 8), (9, 9, 9, 9))
    image.save(target, "JPEG" if mode == "CMYK" else "PNG", icc_profile=pictures.profile())
    assert cleaned(target.getvalue()).size == (8, 8)


def test_a_phones_picture_with_a_second_view_becomes_one_picture():
    target = BytesIO()
    first, second = pictures.two_halves(), pictures.two_halves()
    first.save(target, "MPO", save_all=True, append_images=[second], exif=pictures.exif(6))
    image = cleaned(target.getvalue())
    assert (image.format, image.size, pictures.traces(target.getvalue()) != []) == ("JPEG", (20, 40), True)


@pytest.mark.parametrize("content", [b"", b"not a picture", pictures.with_secrets("jpg")[:400]])
def test_broken_pictures_are_told_from_readable_ones(content):
    with pytest.raises(UnreadablePictureError):
        without_metadata(ContentFile(content, name="picture.jpg"))


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["avif", "gif", "jpg", "png", "webp"])
def test_renditions_and_originals_hold_nothing(media, extension):
    file = ContentFile(pictures.with_secrets(extension, 6), name=f"picture.{extension}")
    image = SiteImage.objects.create(title="Picture", description="Two colours", file=file)
    assert image.file_size in (None, image.file.size)
    assert (image.width, image.height) == ((40, 20) if extension == "gif" else (20, 40))
    for spec in ["format-avif", "format-webp", "format-jpeg", "format-png", "original", "width-10"]:
        image.get_rendition(spec)
    files = [path for path in media.rglob("*") if path.is_file()]
    assert len(files) == 7
    assert {path.name: pictures.traces(path.read_bytes()) for path in files} == {path.name: [] for path in files}


@pytest.mark.django_db
def test_pictures_of_the_same_name_have_different_addresses(media):
    names = set()
    for _number in range(2):
        file = ContentFile(pictures.with_secrets("png"), name="picture.png")
        image = SiteImage.objects.create(title="Picture", is_decorative=True, file=file)
        names.add(image.get_rendition("width-10").url)
        image.file.delete(save=False)
        image.delete()
    assert len(names) == 2
    assert all(name.startswith("/media/images/picture-") for name in names)
