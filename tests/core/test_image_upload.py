"""Every way a picture can get into the site, through the real admin."""

import os
import re
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from core.models import SiteImage
from tests.core import pictures

pytestmark = pytest.mark.django_db


def upload(content=None, name="picture.jpg"):
    return SimpleUploadedFile(name, content or pictures.with_secrets("jpg", 6), "image/jpeg")


def fields(prefix="", **values):
    data = {
        "title": "Picture",
        "collection": Collection.get_first_root_node().pk,
        "licence": "own",
        "tags": "",
        "description": "",
        "credit": "",
        **values,
    }
    return {f"{prefix}{name}": value for name, value in data.items()}


def add(admin, **values):
    return admin.post(reverse("wagtailimages:add"), fields(**values))


def add_multiple(admin, file):
    data = {"title": "Picture", "collection": Collection.get_first_root_node().pk, "files[]": file}
    return admin.post(reverse("wagtailimages:add_multiple"), data, headers={"x-requested-with": "XMLHttpRequest"})


def is_clean(image):
    image.refresh_from_db()
    with image.file.open() as file:
        content = file.read()
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(content)
    assert image.get_file_hash() == image.file_hash != ""
    return pictures.traces(content) == []


def test_single_upload(admin, media):
    assert add(admin, file=upload(), description="Two colours").status_code == 302
    assert is_clean(SiteImage.objects.get())


def test_single_upload_wants_a_description(admin, media):
    response = add(admin, file=upload())
    assert "description" in response.context["form"].errors
    assert not SiteImage.objects.exists()


def test_a_decorative_picture_needs_none_and_stays_decorative(admin, media):
    add(admin, file=upload(), is_decorative="on")
    image = SiteImage.objects.get()
    assert image.is_decorative
    assert image.get_rendition("width-10").alt == ""


def test_multiple_upload_keeps_nothing_before_it_is_described(admin, media):
    answer = add_multiple(admin, upload()).json()
    waiting = UploadedFile.objects.get()
    assert answer["uploaded_file_id"] == waiting.pk
    assert not SiteImage.objects.exists()

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}-"
    assert admin.post(address, fields(prefix)).json()["success"] is False
    assert not SiteImage.objects.exists()

    assert admin.post(address, fields(prefix, description="Two colours")).json()["success"] is True
    assert is_clean(SiteImage.objects.get())
    assert [path for path in media.rglob("*") if path.is_file() and pictures.SECRET in path.read_bytes()] == []


def test_multiple_upload_does_not_let_the_description_be_taken_away(admin, media):
    add(admin, file=upload(), description="Two colours")
    image = SiteImage.objects.get()
    address = reverse("wagtailimages:edit_multiple", args=[image.pk])
    assert admin.post(address, fields(f"image-{image.pk}-")).json()["success"] is False


def test_upload_in_the_chooser(admin, media):
    address = reverse("wagtailimages_chooser:create")
    answer = admin.post(address, fields("image-chooser-upload-", file=upload())).json()
    assert answer["step"] == "reshow_creation_form"
    assert not SiteImage.objects.exists()
    data = fields("image-chooser-upload-", file=upload(), description="Two colours")
    assert admin.post(address, data).json()["step"] == "chosen"
    assert is_clean(SiteImage.objects.get())


def test_replacing_the_file(admin, media, django_capture_on_commit_callbacks):
    add(admin, file=upload(), description="Two colours")
    image = SiteImage.objects.get()
    image.get_rendition("width-10")
    old = image.file.name
    data = fields(file=upload(pictures.with_secrets("png", 6), "other.png"), description="Two colours")
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(reverse("wagtailimages:edit", args=[image.pk]), data)
    assert response.status_code == 302
    assert is_clean(image)
    assert image.file.name != old
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
    assert not image.renditions.exists()


def bomb(width, height):
    """A PNG that announces a huge picture in a few bytes."""

    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def text_bomb():
    """A PNG whose comment unpacks to more than anybody would write."""
    target = BytesIO()
    Image.new("L", (4, 4)).save(target, "PNG")
    content = target.getvalue()
    text = b"Comment\0\0" + zlib.compress(b"A" * 80_000_000)
    chunk = len(text).to_bytes(4) + b"zTXt" + text + zlib.crc32(b"zTXt" + text).to_bytes(4)
    return content[:33] + chunk + content[33:]


REFUSED = {
    "too many pixels": (bomb(12_000, 10_000), "x.png", r"120[.,]?000[.,]?000.*25[.,]?000[.,]?000"),
    "bomb": (bomb(60_000, 60_000), "x.png", r"25[.,]?000[.,]?000"),
    "too many frames": (None, "x.gif", r"25[.,]?000[.,]?000"),
    "too large": (b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024), "x.jpg", r"10.0.MB"),
    "text bomb": (text_bomb(), "x.png", ""),
    "cut off": (pictures.with_secrets("jpg")[:700], "x.jpg", ""),
    "wrong name": (pictures.with_secrets("png"), "x.jpg", ""),
    "drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "x.svg", ""),
    "empty": (b"", "x.jpg", ""),
    "page": (b"<html><script>alert(1)</script>", "x.jpg", ""),
}


def many_frames():
    target = BytesIO()
    frames = [Image.new("RGB", (2600, 2600), (60 * number, 0, 0)) for number in range(4)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    return target.getvalue()


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_for_us_is_refused_everywhere_with_the_limit_named(admin, media, case):
    content, name, message = REFUSED[case]
    content = many_frames() if content is None else content
    single = add(admin, file=SimpleUploadedFile(name, content), description="x")
    assert single.status_code == 200
    errors = " ".join(single.context["form"].errors["file"])
    assert re.search(message, errors.replace("\xa0", " ")), errors
    multiple = add_multiple(admin, SimpleUploadedFile(name, content))
    assert multiple.status_code == 200
    assert multiple.json()["success"] is False
    chosen = admin.post(
        reverse("wagtailimages_chooser:create"),
        fields("image-chooser-upload-", file=SimpleUploadedFile(name, content), description="x"),
    )
    assert chosen.json()["step"] == "reshow_creation_form"
    assert not SiteImage.objects.exists()
    assert not UploadedFile.objects.exists()


def test_what_nobody_describes_is_deleted_after_a_day(admin, media):
    add_multiple(admin, upload())
    add_multiple(admin, upload())
    old, fresh = UploadedFile.objects.order_by("pk")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old.file.path, (two_days_ago, two_days_ago))
    call_command("purge_uploads")
    assert list(UploadedFile.objects.all()) == [fresh]
    assert not Path(old.file.path).exists()
    Path(fresh.file.path).unlink()
    call_command("purge_uploads")
    assert not UploadedFile.objects.exists()
