"""A press kit is closed until the moment its embargo ends, whichever way somebody tries, and open from then on."""

import zipfile
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import PageLogEntry, PageViewRestriction

from campaigns.models import CampaignPage, PressFile, PressKitPage, PressLink
from campaigns.share_kit.press_access import make_link
from campaigns.share_kit.press_pack import Pack
from core.languages import LANGUAGE_NAMES
from core.share_image.address import digest
from core.throttling import Limit
from home.models import ContentPage, HomePage
from tests.campaigns.kits import SECRET, addresses, after_the_embargo, press_kit
from tests.site.world import make

WORDS = (SECRET, "سري")


@pytest.fixture(scope="module")
def closed_kit(lasting_site, disk_of_module):
    return press_kit(lasting_site).pk


@pytest.fixture(autouse=True)
def files_of_kit(closed_kit, own_disk):
    pass


@pytest.fixture
def site(closed_kit, db):
    return HomePage.objects.get(slug="home")


@pytest.fixture
def kit(closed_kit, db):
    return PressKitPage.objects.get(pk=closed_kit)


@pytest.fixture
def open_kit(kit):
    kit.embargo_until = None
    kit.save()
    return kit


@pytest.fixture
def staff(django_user_model):
    user = django_user_model.objects.create_user("kim", "kim@example.org", "a long password")
    user.groups.add(Group.objects.get(name="Projektteam"))
    return user


def path_of(kit, language="de"):
    return f"/{language}/kampagnen/absprachen/{kit.slug}/"


def everything(kit):
    """Whatever address leads to the kit or to a file of it."""
    arabic = PressKitPage.objects.get(translation_key=kit.translation_key, locale__language_code="ar")
    document = PressFile.objects.get().document
    return [
        *(path_of(kit, language) for language in LANGUAGE_NAMES),
        *addresses(kit.translation_key).values(),
        f"/de/presse/{kit.translation_key}/",
        f"/ar/presse/{kit.translation_key}/paket.zip",
        *(f"/teilen/{page.pk}-{digest(page)}.jpg" for page in (kit, arabic)),
        document.url,
    ]


def content(answer):
    return answer.getvalue() if answer.streaming else answer.content


def elsewhere(site):
    """Pages that may speak of the kit: overviews, search, machines, a list that an editor made, its own campaign."""
    kits = [*PressKitPage.objects.all()]
    listing = {"title": "Neue", "parent": CampaignPage.objects.get(locale__language_code="de"), "pages": [], "limit": 9}
    chosen = {"title": "Diese", "parent": None, "pages": kits, "limit": 9}
    make(ContentPage, site, "liste", "Liste", body=[("listing", listing), ("listing", chosen)])
    places = ["", "suche/?q=Geheimsache", "suche/?q=Pressemappe", "suche/?q=سري", "kampagnen/", "kampagnen/absprachen/"]
    places += ["liste/", "aktuelles/", "aktuelles/feed/"]
    return [*(f"/{language}/{place}" for language in ("de", "ar") for place in places), "/sitemap.xml"]


def test_before_its_end_nobody_finds_anything(site, kit, client):
    for url in everything(kit):
        answer = client.get(url)
        assert answer.status_code == 404, url
        assert not any(word in answer.text for word in WORDS), url
    for url in elsewhere(site):
        answer = client.get(url)
        assert answer.status_code == 200, url
        shown = answer.text.replace("Geheimsache", "", 2) if "?q=" in url else answer.text
        assert not any(word in shown for word in ("Pressemappe\u201d", "ملف صحفي", "geheim-presse")), url


def test_a_link_that_an_editor_made_does_not_tell_its_address_before(site, kit, client):
    link = {"title": "Weiter", "description": "", "page": kit, "url": ""}
    prose = f'<p><a linktype="page" id="{kit.pk}">weiter</a></p>'
    body = [("text", prose), ("links", {"title": "Mehr", "links": [link]})]
    make(ContentPage, site, "verweise", "Verweise", body=body)
    assert "geheim-presse" not in client.get("/de/verweise/").text
    with after_the_embargo():
        assert client.get("/de/verweise/").text.count('href="/de/kampagnen/absprachen/geheim-presse/"') == 2


def test_from_its_end_on_it_is_public_though_nobody_did_anything(site, kit, client):
    urls = elsewhere(site)
    for url in everything(kit):
        client.get(url)
    with after_the_embargo():
        for url in everything(kit):
            answer = client.get(url)
            assert answer.status_code in (200, 302), url
            assert answer.status_code == 302 or "private" not in answer.headers["Cache-Control"], url
            assert not answer.cookies
        found = {url for url in urls if "geheim-presse" in client.get(url).text}
    assert {"/sitemap.xml", "/de/kampagnen/absprachen/", "/de/liste/", "/de/suche/?q=Pressemappe"} <= found
    assert {"/ar/kampagnen/absprachen/", "/ar/liste/"} <= found


def test_without_embargo_it_is_public(open_kit, client):
    assert {client.get(url).status_code for url in everything(open_kit)} == {200, 302}
    assert "notice-warning embargo" not in client.get(path_of(open_kit)).text


def test_a_new_moment_in_a_draft_changes_nothing_before_it_is_published(
    kit, client, django_capture_on_commit_callbacks
):
    kit.embargo_until = None
    revision = kit.save_revision()
    assert client.get(path_of(kit)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert client.get(path_of(kit)).status_code == 200


def test_staff_see_it_and_no_cache_keeps_what_they_see(kit, client, staff):
    client.force_login(staff)
    for url in everything(kit):
        if "/teilen/" not in url:
            answer = client.get(url)
            assert answer.status_code in (200, 302), url
            assert "private" in answer.headers["Cache-Control"]
    assert "Sperrfrist" in client.get(path_of(kit)).text or "Embargo" in client.get(path_of(kit)).text


def test_an_account_that_is_not_of_the_staff_sees_nothing(kit, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("gast", "gast@example.org", "a long password"))
    assert {client.get(url).status_code for url in everything(kit)} == {404}


def test_a_link_opens_page_and_files_and_is_kept_by_nobody(kit, client):
    _link, token = make_link(kit, "Stadtanzeiger")
    for url in [f"/de/presse/{token}/", f"/ar/presse/{token}/", *addresses(token).values()]:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert not answer.cookies
    page = client.get(f"/de/presse/{token}/")
    assert SECRET in page.text
    assert f'href="/de/presse/{token}/paket.zip"' in page.text
    assert f'src="/de/presse/{token}/bilder/1/klein/"' in page.text
    assert f'href="/ar/presse/{token}/"' in page.text
    assert "/media/" not in page.text.replace("/media/images/x", "")
    assert "og:" not in page.text
    assert "قصير سري" in client.get(f"/ar/presse/{token}/").text


def test_no_log_repeats_a_link_and_no_cache_keeps_what_it_does_not_open(kit, client, caplog):
    _link, token = make_link(kit, "Stadtanzeiger")
    answer = client.get(f"/de/presse/{token}/bilder/99/")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert token not in caplog.text


def test_a_link_that_was_taken_back_opens_nothing(kit, client):
    link, token = make_link(kit, "Stadtanzeiger")
    _other, good = make_link(kit, "Rundfunk")
    link.delete()
    assert {client.get(url).status_code for url in addresses(token).values()} == {404}
    assert {client.get(url).status_code for url in addresses(good).values()} == {200}


def test_a_link_still_works_when_the_embargo_is_over(kit, client):
    _link, token = make_link(kit, "Stadtanzeiger")
    with after_the_embargo():
        assert client.get(f"/de/presse/{token}/").status_code == 200


@pytest.mark.parametrize("state", ["draft", "locked", "locked above"])
def test_a_link_opens_no_kit_that_is_offline_or_locked(site, kit, client, state):
    _link, token = make_link(kit, "Stadtanzeiger")
    if state == "draft":
        PressKitPage.objects.filter(pk=kit.pk).update(live=False)
    else:
        page = kit if state == "locked" else kit.get_parent()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    with after_the_embargo():
        assert {client.get(url).status_code for url in addresses(token).values()} == {404}
        assert {client.get(url).status_code for url in addresses(kit.translation_key).values()} == {404}


@pytest.mark.parametrize(
    "key",
    ["x", "x.y", "0" * 300, "00000000-0000-0000-0000-000000000000", "%00", "%ff", "'", "١٢", "a" * 22 + "." + "b" * 43],
)
def test_odd_keys_open_nothing(kit, client, key):
    for url in [f"/de/presse/{key}/", *addresses(key).values()]:
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (403, 404, 405)


@pytest.mark.parametrize("number", ["0", "3", "9" * 30])
def test_there_are_no_more_files_than_there_are(open_kit, client, number):
    for kind in ("bilder", "dateien"):
        assert client.get(f"/de/presse/{open_kit.translation_key}/{kind}/{number}/").status_code == 404


def test_a_kit_that_moved_is_not_told_by_its_old_address(kit, client, django_capture_on_commit_callbacks):
    kit.slug = "noch-geheimer"
    with django_capture_on_commit_callbacks(execute=True):
        kit.save_revision().publish()
    assert client.get("/de/kampagnen/absprachen/geheim-presse/").status_code == 404


def test_a_public_kit_that_moved_is_found(open_kit, client, django_capture_on_commit_callbacks):
    open_kit.slug = "andere"
    with django_capture_on_commit_callbacks(execute=True):
        open_kit.save_revision().publish()
    assert client.get("/de/kampagnen/absprachen/geheim-presse/").headers["Location"].endswith("/andere/")


@pytest.mark.parametrize("language", ["de", "ar", "tr"])
def test_the_page_asks_the_database_little(open_kit, client, language, django_assert_max_num_queries):
    client.get(path_of(open_kit, language))
    with django_assert_max_num_queries(12):
        assert client.get(path_of(open_kit, language)).status_code == 200


@pytest.mark.parametrize("language", ["de", "ar"])
def test_its_campaign_asks_little_too(open_kit, client, language, django_assert_max_num_queries):
    client.get(f"/{language}/kampagnen/absprachen/")
    with django_assert_max_num_queries(12):
        assert "geheim-presse" in client.get(f"/{language}/kampagnen/absprachen/").text


def archive(client, kit, language="de"):
    answer = client.get(f"/{language}/presse/{kit.translation_key}/paket.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert 'filename="geheim-presse.zip"' in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(BytesIO(content(answer)))


def test_the_archive_holds_all_texts_files_and_credits(open_kit, client):
    packed = archive(client, open_kit)
    assert packed.testzip() is None
    texts = {
        name.rpartition("/")[2]: packed.read(name).decode("utf-8-sig") for name in packed.namelist() if ".txt" in name
    }
    assert {"de.txt", "ar.txt"} < texts.keys()
    for said in (
        "Geheimsache kurz.",
        "lang & breit.\r\neins\r\nzwei",
        "Mira Muster, Sprecherin",
        "Verbünde: 14",
        "presse@",
    ):
        assert said in texts["de.txt"]
    assert "نص قصير سري" in texts["ar.txt"]
    (named,) = (text for name, text in texts.items() if name not in ("de.txt", "ar.txt"))
    assert "01-geheimsache-ubergabe.jpg" in named
    assert named.count("Ana Beispiel") == 2
    assert "CC BY 4.0" in named
    names = [name.rpartition("/")[2] for name in packed.namelist()]
    assert {"01-geheimsache-ubergabe.jpg", "02-logo.jpg", "01-geheimsache-papier.pdf"} < {*names}
    assert packed.read(next(name for name in packed.namelist() if name.endswith(".pdf"))) == b"%PDF-1.4 geheim"


def test_the_same_kit_gives_the_same_bytes_and_another_credit_other_ones(open_kit, client):
    first, second = BytesIO(), BytesIO()
    Pack(open_kit).write(first)
    Pack(open_kit).write(second)
    assert first.getvalue() == second.getvalue()
    before = Pack(open_kit).digest
    picture = open_kit.pictures.first().image
    picture.credit = "Bo Beispiel"
    picture.save()
    assert Pack(PressKitPage.objects.get(pk=open_kit.pk)).digest != before


def test_the_archive_is_put_together_once(open_kit, client, monkeypatch):
    url = addresses(open_kit.translation_key)["pack"]
    first = client.get(url)
    packed = content(first)
    monkeypatch.setattr(Pack, "write", lambda *args: pytest.fail("packed twice"))
    assert content(client.get(url)) == packed
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_who_asks_for_many_archives_is_asked_to_wait(open_kit, client, monkeypatch):
    from campaigns.views import press_kit as views

    monkeypatch.setattr(views, "PACKED_FOR_ONE", Limit("press-pack-test", 1, 60))
    answers = [
        client.get(f"/{code}/presse/{open_kit.translation_key}/paket.zip").status_code for code in ("de", "ar", "ar")
    ]
    assert answers == [200, 429, 429]
    assert client.get(f"/de/presse/{open_kit.translation_key}/paket.zip").status_code == 200


def test_archives_of_kits_under_embargo_are_at_no_other_address(kit, client):
    _link, token = make_link(kit, "Stadtanzeiger")
    client.get(addresses(token)["pack"])
    assert client.get(f"/media/made/press_kits/{Pack(kit).digest}.zip").status_code == 404


def test_links_are_made_shown_once_and_taken_back(kit, client, admin_user):
    client.force_login(admin_user)
    url = f"/admin/press-links/{kit.pk}/"
    made = client.post(url, {"name": "Stadtanzeiger"})
    address = made.context["address"]
    assert address in made.text
    assert address not in client.get(url).text
    assert "Stadtanzeiger" in client.get(f"/admin/pages/{kit.pk}/edit/").text
    client.logout()
    path = address.removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    client.force_login(admin_user)
    link = PressLink.objects.get()
    assert client.get(f"{url}{link.pk}/take-back/").status_code == 405
    client.post(f"{url}{link.pk}/take-back/")
    client.post(f"{url}{link.pk}/take-back/")
    client.logout()
    assert client.get(path).status_code == 404
    actions = PageLogEntry.objects.filter(page=kit.pk, action__startswith="campaigns.press_link")
    assert actions.count() == 2


def test_only_who_may_change_the_kit_makes_links_to_it(kit, client, django_user_model):
    other = django_user_model.objects.create_user("kai", "kai@example.org", "a long password")
    group = Group.objects.create(name="Zu Gast")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    other.groups.add(group)
    link, _token = make_link(kit, "Stadtanzeiger")
    client.force_login(other)
    assert client.get(f"/admin/press-links/{kit.pk}/").status_code in (302, 403)
    assert client.post(f"/admin/press-links/{kit.pk}/", {"name": "x"}).status_code in (302, 403)
    client.post(f"/admin/press-links/{kit.pk}/{link.pk}/take-back/")
    assert [*PressLink.objects.all()] == [link]
    client.logout()
    assert client.get(f"/admin/press-links/{kit.pk}/").status_code == 302
