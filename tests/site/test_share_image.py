"""The picture others see where an address is shared: right for every page and language, and telling nothing hidden."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image
from wagtail.models import Page

from core.image_metadata import CleanFile
from core.languages import LANGUAGE_NAMES
from core.models import SiteImage
from core.publishing import readable_pages
from core.share_image import views
from core.share_image.address import digest
from core.throttling import Limit
from news.models import NewsPage
from organisations.models import OrganisationPage
from tests.site.addresses import path_of
from tests.site.world import PARENTS


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def head(client, path):
    html = client.get(path).text
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', html))


def address_in(client, path):
    return head(client, path)["og:image"].removeprefix("http://testserver")


def picture(answer):
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.getvalue())).convert("RGB")


def site_image(name="bild.png", colour="lime", **values):
    target = BytesIO()
    Image.new("RGB", (1600, 900), colour).save(target, "PNG")
    return SiteImage.objects.create(
        title=name, description="Eine Fläche", file=CleanFile(target.getvalue(), name=name), **values
    )


@pytest.mark.parametrize("model", PARENTS)
def test_every_page_names_a_picture_of_its_own_in_its_language(world, client, model):
    found = {language: address_in(client, f"/{language}/{path_of(model)}") for language in LANGUAGE_NAMES}
    assert found["de"] != found["ar"]
    assert {found[language] for language in LANGUAGE_NAMES if language not in ("de", "ar")} == {found["de"]}
    for language in ("de", "ar"):
        drawn = picture(client.get(found[language]))
        assert drawn.size == (1200, 630)


@pytest.mark.parametrize("model", PARENTS)
def test_the_colour_is_that_of_the_page(world, client, model):
    assert f'class="tone-{model.tone}"' in client.get(f"/de/{path_of(model)}").text


def test_the_head_says_what_is_to_be_seen(world, client):
    found = head(client, f"/ar/{path_of(NewsPage)}")
    assert found["twitter:card"] == "summary_large_image"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == found["twitter:image:alt"] == "ظاهر NewsPage"
    assert found["og:image"].startswith("http://testserver/teilen/")


def test_an_arabic_title_begins_at_the_right_and_a_german_one_at_the_left(world, client):
    def begins(language):
        drawn = picture(client.get(address_in(client, f"/{language}/{path_of(NewsPage)}"))).convert("L")
        dark = drawn.crop((30, 200, 1170, 500)).point(lambda light: 255 if light < 60 else 0)
        left, _top, right, _bottom = dark.crop((0, 100, 1140, 300)).getbbox()
        return left, right

    assert begins("de")[0] < 60
    assert begins("ar")[1] > 1080


def test_the_picture_of_the_page_is_part_of_it(world, client):
    page = NewsPage.objects.get(pk=world.public[NewsPage].pk)
    page.listing_image = site_image()
    page.save()
    for language, corner in (("de", (1190, 600)), ("ar", (10, 600))):
        red, green, blue = picture(client.get(address_in(client, f"/{language}/{path_of(NewsPage)}"))).getpixel(corner)
        assert green > 200 > 60 > max(red, blue)


def test_a_picture_whose_file_is_lost_is_left_out(world, client):
    page = NewsPage.objects.get(pk=world.public[NewsPage].pk)
    page.listing_image = site_image()
    page.save()
    page.listing_image.file.storage.delete(page.listing_image.file.name)
    assert picture(client.get(address_in(client, f"/de/{path_of(NewsPage)}"))).size == (1200, 630)


def test_the_picture_an_editor_chose_for_sharing_wins(world, client):
    page = NewsPage.objects.get(pk=world.public[NewsPage].pk)
    page.listing_image, page.social_image = site_image(), site_image("teilen.png", "red")
    page.save()
    for language in ("de", "ar"):
        found = head(client, f"/{language}/{path_of(NewsPage)}")
        assert "/media/images/teilen-" in found["og:image"]
        assert found["og:image:alt"] == "Eine Fläche"


def test_a_new_title_has_a_new_address_and_the_old_one_leads_there(world, client):
    page = NewsPage.objects.get(pk=world.public[NewsPage].pk)
    before = address_in(client, f"/de/{path_of(NewsPage)}")
    page.title = "Ein anderer Titel"
    page.save()
    after = address_in(client, f"/de/{path_of(NewsPage)}")
    assert after != before
    assert client.get(before).headers["Location"] == after


def test_no_query_of_the_page_is_about_the_picture(world, client, django_assert_num_queries):
    page = NewsPage.objects.select_related("listing_image").get(pk=world.public[NewsPage].pk)
    digest(page)
    with django_assert_num_queries(0):
        assert digest(page)


def test_it_is_drawn_once_and_not_sent_to_who_has_it(world, client, monkeypatch):
    address = address_in(client, f"/de/{path_of(NewsPage)}")
    first = client.get(address)
    content = first.getvalue()
    monkeypatch.setattr(views, "draw", lambda *args: pytest.fail("drawn twice"))
    again = client.get(address)
    assert again.getvalue() == content
    assert "s-maxage" in again.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": again.headers["ETag"]}).status_code == 304
    assert client.head(address).status_code == 200
    assert not again.cookies
    assert "Cookie" not in again.headers.get("Vary", "")


def test_what_nobody_may_read_has_no_picture(world, client):
    """Nor does an address without the right digest tell its title by leading to the right one."""
    for page in world.hidden.values():
        for version in Page.objects.filter(translation_key=page.translation_key).specific():
            for wanted in (digest(version), "0" * 20):
                answer = client.get(f"/teilen/{version.pk}-{wanted}.jpg")
                assert answer.status_code == 404
                assert "Location" not in answer.headers


def test_the_picture_of_a_page_that_is_hidden_now_goes_at_once(world, client):
    page = OrganisationPage.objects.get(pk=world.public[OrganisationPage].pk)
    address = address_in(client, f"/de/{path_of(OrganisationPage)}")
    etag = client.get(address).headers["ETag"]
    page.live = False
    page.save()
    assert client.get(address).status_code == 404
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 404


def test_kept_pictures_are_at_no_other_address(world, client):
    client.get(address_in(client, f"/de/{path_of(NewsPage)}"))
    name = default_storage.listdir("made/share_images")[1][0]
    assert client.get(f"/media/made/share_images/{name}").status_code == 404


def test_one_who_wants_all_at_once_is_asked_to_wait(world, client, monkeypatch):
    monkeypatch.setattr(views, "DRAWN_FOR_ONE", Limit("share-image-test", 2, 60))
    pages = [*readable_pages(Page.objects.filter(depth__gt=1)).specific()[:3]]
    addresses = [f"/teilen/{page.pk}-{digest(page)}.jpg" for page in pages]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 429]
    assert client.get(addresses[0]).status_code == 200
    assert "Retry-After" in client.get(addresses[2]).headers


@pytest.mark.parametrize(
    "path",
    [
        "0-x.jpg",
        "1.jpg",
        "1-" + "0" * 20 + ".png",
        "9" * 15 + "-" + "0" * 20 + ".jpg",
        "9" * 40 + "-" + "0" * 20 + ".jpg",
    ],
)
def test_odd_addresses_lead_nowhere(world, client, path):
    assert client.get(f"/teilen/{path}").status_code == 404
    assert client.post(f"/teilen/{path}").status_code < 500


def test_pictures_that_were_forgotten_are_drawn_anew(world, client):
    address = address_in(client, f"/de/{path_of(NewsPage)}")
    content = client.get(address).getvalue()
    default_storage.delete(f"made/share_images/{address[-24:]}")
    call_command("purge_made_files")
    assert client.get(address).getvalue() == content
