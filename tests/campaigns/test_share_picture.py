"""Anybody makes a picture of a campaign with name and logo; whatever is sent, it is a picture or a clear refusal."""

import base64
import re
import resource
import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageChops

from campaigns.models import CampaignPage, Motif
from campaigns.share_kit import logo, picture
from campaigns.views import share_picture as views
from core.models import SiteImage
from core.throttling import Limit
from core.upload_limit import LARGEST_UPLOAD, TAKEN_IN
from tests.campaigns.kits import image
from tests.campaigns.logos import BAD, GOOD, bomb, encoded, shape, with_hole
from tests.campaigns.signers import campaign, in_arabic
from tests.core.pictures import SECRET, with_secrets

URL = "/de/kampagnen/absprachen/bild/"


@pytest.fixture(scope="module")
def campaign_with_motifs(lasting_site, disk_of_module):
    """Its motifs have been cut to all sizes once."""
    page = campaign(lasting_site)
    in_arabic(page)
    page.motifs = [Motif(image=image("Motiv")), Motif(image=image("Zweites", "blue"), place="top", tone="plum")]
    page.save()
    for motif in page.motifs.all():
        post(Client(), page, motif=motif.pk)
    return page.pk


@pytest.fixture
def page(campaign_with_motifs, db):
    return CampaignPage.objects.get(pk=campaign_with_motifs)


def post(client, page, file=None, url=URL, **typed):
    typed = {"motif": page.motifs.first().pk, "name": "Verein Beispiel e. V."} | typed
    typed = {name: value for name, value in typed.items() if value is not None}
    if file is not None:
        typed["logo"] = SimpleUploadedFile("logo.png", file)
    return client.post(url, typed)


def drawn(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    return Image.open(BytesIO(answer.content)).convert("RGB")


def kept(answer):
    found = re.search(r'name="kept_logo" value="([^"]*)"', answer.text)
    return found and found.group(1)


@pytest.mark.parametrize(
    ("key", "size"), [("square", (1080, 1080)), ("portrait", (1080, 1350)), ("story", (1080, 1920))]
)
def test_each_size_is_a_download(page, client, key, size):
    answer = post(client, page, GOOD["png"](), download=key)
    assert drawn(answer).size == size
    assert answer.headers["Content-Disposition"] == f'attachment; filename="absprachen-{key}.png"'
    assert answer.headers["Cache-Control"] == "private, no-store" or "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_the_empty_form_is_for_any_cache(page, client):
    answer = client.get(URL)
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert "csrf" not in answer.text
    assert answer.text.count('type="radio"') == 2
    assert '<script type="module" src="/static/js/share' not in answer.text


@pytest.mark.parametrize("number", [2, 12])
def test_the_form_asks_the_database_little_whatever_there_is_to_choose(
    page, client, number, django_assert_max_num_queries
):
    page.motifs = [Motif(image=image(f"Motiv {n}")) for n in range(number)]
    page.save()
    client.get(URL)
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_preview_shows_all_sizes_and_the_logo_comes_along(page, client):
    answer = post(client, page, GOOD["png"]())
    assert answer.status_code == 200
    assert answer.text.count('src="data:image/jpeg;base64,') == 3
    assert 'value="Verein Beispiel e. V."' in answer.text
    with_file = drawn(post(client, page, GOOD["png"](), download="square"))
    brought = drawn(post(client, page, kept_logo=kept(answer), download="square"))
    assert ImageChops.difference(with_file, brought).getbbox() is None


def test_nothing_that_was_sent_is_stored(page, client):
    client.get(URL)
    post(client, page)  # pictures of the motifs, in all sizes
    before = {*everything_stored("")}
    for download in (None, "square", "story"):
        post(client, page, with_secrets("jpeg"), download=download)
        post(client, page, BAD["cut PNG"][0](), download=download)
    assert {*everything_stored("")} == before


def everything_stored(folder):
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from everything_stored(f"{folder}/{inner}" if folder else inner)


def test_nothing_hidden_in_the_logo_reaches_the_picture(page, client):
    preview = post(client, page, with_secrets("jpeg"))
    assert SECRET not in base64.b64decode(kept(preview))
    for key in ("square", "story"):
        assert SECRET not in post(client, page, with_secrets("png"), download=key).content


def red_and_blue(image):
    pixels = image.crop((0, 872, 1080, 1080)).getcolors(1_000_000)
    red = sum(count for count, (r, g, b) in pixels if r > 180 > 90 > max(g, b))
    blue = sum(count for count, (r, g, b) in pixels if b > 180 > 90 > max(r, g))
    return red, blue


def test_the_logo_is_on_the_picture_and_its_transparent_part_is_not(page, client):
    red, blue = red_and_blue(drawn(post(client, page, with_hole(), download="square")))
    assert blue > 1000
    assert red == 0


def test_cmyk_colours_are_those_that_were_meant(page, client):
    red, _blue = red_and_blue(drawn(post(client, page, GOOD["CMYK"](), download="square")))
    assert red > 1000


@pytest.mark.parametrize("kind", GOOD)
def test_every_usual_picture_is_taken(page, client, kind):
    assert drawn(post(client, page, GOOD[kind](), download="square")).size == (1080, 1080)


@pytest.mark.parametrize("kind", BAD)
def test_everything_else_is_refused_with_the_reason_and_what_was_typed_stays(page, client, kind):
    make, code = BAD[kind]
    answer = post(client, page, make(), download="square")
    assert answer.status_code == 422
    errors = answer.context["form"].errors.as_data()
    assert [*errors] == ["logo"]
    assert code in (None, errors["logo"][0].code)
    assert 'value="Verein Beispiel e. V."' in answer.text
    assert str(errors["logo"][0].message) in answer.text


def test_16_bits_are_no_white_area(page):
    read = logo.read(BytesIO(GOOD["16 bit"]()))
    assert 150 < read.getpixel((10, 10))[0] < 230


def test_a_photo_of_a_phone_is_upright(page):
    assert logo.read(BytesIO(GOOD["on its side"]())).size == (20, 40)


def test_a_file_over_the_limit_is_not_even_taken_in(page, client):
    answer = post(client, page, b"\x89PNG\r\n\x1a\n" + b"x" * 15_000_000)
    assert LARGEST_UPLOAD < answer.wsgi_request.FILES["logo"].size <= TAKEN_IN
    assert answer.status_code == 422
    assert answer.context["form"].errors.as_data()["logo"][0].code == "size"
    assert 'value="Verein Beispiel e. V."' in answer.text


def test_one_large_picture_costs_little_memory():
    """A process of its own reads the largest picture that is allowed, in the mode that costs most."""
    script = (
        "import os, resource, django; django.setup()\n"
        "from io import BytesIO; from PIL import Image; from campaigns.share_kit import logo\n"
        "target = BytesIO(); Image.new('P', (5000, 5000)).save(target, 'PNG', transparency=1)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "logo.read(target); print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "linux" else 1024
    assert int(ran.stdout.split()[-1]) // unit < 260, resource.getpagesize()


@pytest.mark.parametrize(
    "name", ["جمعية الصداقة e. V.", "Nguyễn Thị", "Организация «Мост»", "Ğ", "Ελλάδα", "x" * 80, "a\u0301b", "كۆمەڵە"]
)
def test_names_of_every_script_are_drawn(page, client, name):
    assert drawn(post(client, page, name=name, download="square"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("x" * 81, "max_length"),
        ("ქართული", "letters"),
        ("Verein 💜", "letters"),
        ("a\nb", None),
        ("Z" + "\u0301" * 30, None),
        ("\u202e", None),
    ],
)
def test_names_that_cannot_be_drawn_are_refused_and_the_logo_is_not_lost(page, client, name, code):
    answer = post(client, page, GOOD["png"](), name=name, download="square")
    assert answer.status_code == 422
    error = answer.context["form"].errors.as_data()["name"][0]
    assert code in (None, error.code)
    assert kept(answer)


def test_a_name_cannot_turn_around_what_follows(page, client):
    turned = drawn(post(client, page, name="Ver\u202eein", download="square"))
    plain = drawn(post(client, page, name="Verein", download="square"))
    assert ImageChops.difference(turned, plain).getbbox() is None


def test_the_association_keeps_its_point_at_the_right_side_in_an_arabic_name():
    words = picture._name("جمعية e. V.", 400)
    line = words.lines[0]
    assert line.glyphs[0].x == 0
    assert picture._name("جمعية e. V.", 400).texts == ("جمعية e.\u00a0V.\u200e",)


@pytest.mark.parametrize("motif", [None, "", "0", "999999", "x", "9" * 40, "-1", "\x00"])
def test_a_motif_that_is_not_there_is_refused(page, client, motif):
    answer = post(client, page, motif=motif, download="square")
    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == ["motif"]


def test_a_motif_of_another_campaign_is_refused(page, client):
    other = Motif.objects.create(page=in_arabic_of(page), image=image("Fremd"))
    assert post(client, page, motif=other.pk, download="square").status_code == 422


def in_arabic_of(page):
    return CampaignPage.objects.get(translation_key=page.translation_key, locale__language_code="ar")


@pytest.mark.parametrize(
    "text", ["", "x", "====", "A" * 50, "\x00", "é", base64.b64encode(bomb()).decode(), "A" * 2_100_000]
)
def test_a_logo_that_claims_to_come_along_is_no_way_around(page, client, text):
    answer = post(client, page, kept_logo=text, download="square")
    assert drawn(answer).size == (1080, 1080)


@pytest.mark.parametrize("wanted", ["x", "", "square ", "\x00"])
def test_an_unknown_size_shows_the_preview(page, client, wanted):
    assert post(client, page, download=wanted).text.count("data:image/jpeg") == 3


def test_a_logo_sent_as_text_is_none(page, client):
    assert post(client, page, logo="x", download="square").status_code == 200


def test_a_program_gets_no_picture(page, client):
    answer = post(client, page, fax_number="1", download="square")
    assert answer.headers["Content-Type"].startswith("text/html")


def test_posts_of_other_sites_are_refused(page, client):
    answer = client.post(URL, {"name": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_who_makes_very_many_is_asked_to_wait_and_keeps_what_was_typed(page, client, monkeypatch):
    monkeypatch.setattr(views, "PER_NETWORK_ADDRESS", Limit("share-picture-test", 1, 60))
    first = post(client, page, GOOD["png"]())
    second = post(client, page, kept_logo=kept(first))
    assert second.status_code == 429
    assert "Retry-After" in second.headers
    assert kept(second) == kept(first)
    assert 'value="Verein Beispiel e. V."' in second.text
    assert client.get(URL).status_code == 200


def test_when_all_draw_at_once_nobody_waits_for_ever(page, client, monkeypatch):
    monkeypatch.setattr(views, "PATIENCE", 0.05)
    with views.ONE_AT_A_TIME:
        answer = post(client, page, GOOD["png"]())
    assert answer.status_code == 503
    assert 'value="Verein Beispiel e. V."' in answer.text
    assert post(client, page, GOOD["png"]()).status_code == 200


def test_the_title_is_in_the_readers_language(page, client):
    german = drawn(post(client, page, download="square"))
    arabic = drawn(post(client, page, url="/ar/kampagnen/absprachen/bild/", download="square"))
    assert ImageChops.difference(german, arabic).getbbox()


def test_without_motifs_or_public_campaign_there_is_no_maker(client, page):
    page.motifs = []
    page.save()
    assert client.get(URL).status_code == 404
    page.motifs = [Motif(image=image("Motiv"))]
    page.live = False
    page.save()
    assert client.get(URL).status_code == 404
    assert client.post(URL).status_code == 404
    assert client.get("/de/kampagnen/gibt-es-nicht/bild/").status_code == 404


def test_a_motif_whose_file_is_lost_is_said(page, client):
    lost = Motif.objects.create(page=page, image=image("Verloren"))
    lost.image.file.storage.delete(lost.image.file.name)
    assert post(client, page, motif=lost.pk, download="square").status_code == 422


def test_the_campaign_leads_to_it(page, client):
    assert f'href="{URL}"' in client.get("/de/kampagnen/absprachen/").text


def test_an_image_of_every_shape_fills_the_motif(page):
    for size in ((30, 3000), (3000, 30), (1080, 1080), (10, 10)):
        file = SimpleUploadedFile("m.png", encoded(shape("RGB", "lime", size)))
        motif = Motif(page=page, image=SiteImage.objects.create(title="Form", file=file))
        for form in picture.FORMATS:
            drawn = picture.draw(page, motif, form, "x", None)
            red, green, blue = drawn.getpixel((540, 5))
            assert green > 200 > 90 > max(red, blue)
