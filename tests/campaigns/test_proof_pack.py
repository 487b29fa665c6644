"""One ZIP that proves what a project did: complete, readable without the site, and without anybody's name."""

import csv
import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from campaigns.funding.proof import packing
from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    ProjectIndexPage,
    ProjectMaterial,
    ProjectPage,
    ProofPack,
    SignUp,
    Tally,
    Turnout,
)
from core.models import Contact
from news.models import NewsIndexPage, NewsPage
from tests.campaigns.desks import person, signed
from tests.campaigns.funders import fund, make_document
from tests.site.world import make, translate

TODAY = timezone.localdate()
REMOTE = re.compile(r"""(?:src|srcset|poster|data-src)=["'](?!data:)[^"']""")


@pytest.fixture
def petra(site):
    return person("petra", "Projektteam")


@pytest.fixture
def project(site, petra):
    index = ProjectIndexPage.objects.child_of(site).get()
    contact = Contact.objects.create(name="Frau Kontaktperson", email="kontakt@example.org")
    project = make(ProjectPage, index, "kiwit", "KIWIT", owner=petra.user, contact=contact)
    fund(project, "=HYPERLINK(1)", date(2020, 1, 1), None, wording="Gefördert vom Amt", amount="98765.43")
    return project


def belongs(project, model, index, slug, title, **values):
    page = make(model, index.objects.child_of(project.get_parent().get_parent()).get(), slug, title, **values)
    page.projects.set([project])
    page.save()
    return page


@pytest.fixture
def pack(project, petra):
    belongs(project, NewsPage, NewsIndexPage, "meldung", "Meldung", date=date(2021, 5, 1))
    belongs(project, NewsPage, NewsIndexPage, "geheim", "Geheim", date=date(2021, 5, 1), live=False)
    event = belongs(project, EventPage, EventIndexPage, "fest", "+Fest", capacity=50)
    Turnout.objects.create(date=event.dates.get(), registered=41, came=38, walk_ins=4, deleted_at=timezone.now())
    campaign = belongs(project, CampaignPage, CampaignIndexPage, "petition", "Petition", starts_on=TODAY)
    said = {"shows_name": True, "comment": "Aus Überzeugung", "moderated": SignUp.APPROVED}
    signed(campaign, "Unverkennbar Geheimname", "geheim@example.org", **said)
    Tally.objects.update_or_create(campaign=campaign, defaults={"confirmed": 1})
    translate(project, ProjectIndexPage.objects.get(locale__language_code="ar"), "كيويت")
    ProjectMaterial.objects.create(page=project, document=make_document("Heft"), licence="cc0", date=date(2020, 5, 1))
    assert petra.post(reverse("campaigns_admin:proof_packs", args=[project.pk])).status_code == 302
    pack = ProofPack.objects.get()
    assert pack.state == ProofPack.DONE
    return pack


@pytest.fixture
def archive(pack, petra):
    response = petra.get(reverse("campaigns_admin:proof_pack", args=[pack.pk]))
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def rows(archive, name):
    return [*csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";")]


def test_it_holds_every_public_page_in_every_language_and_nothing_hidden(archive):
    names = {*archive.namelist()}
    assert {
        "index.html",
        "seiten/de/projekte--kiwit.html",
        "seiten/ar/projekte--kiwit.html",
        "seiten/de/aktuelles--meldung.html",
        "seiten/de/termine--fest.html",
        "seiten/de/kampagnen--petition.html",
    } <= names
    assert not [name for name in names if "geheim" in name]
    assert "Geheim" not in archive.read("index.html").decode()
    assert [name for name in names if name.startswith("materialien/")]
    linked = re.findall(r'href="([^":]+)"', archive.read("index.html").decode())
    assert {*linked} <= names


def test_snapshots_need_nothing_but_themselves(archive):
    for name in archive.namelist():
        if name.startswith("seiten/"):
            html = archive.read(name).decode()
            assert not REMOTE.search(html), name
            assert "<script" not in html
            assert "<form" not in html
            assert 'url("/' not in html
            assert 'rel="stylesheet"' not in html
            assert not re.search(r'href="/', html), name
            assert "--petrol:" in html  # the site's own styles
    assert "data:image/" in archive.read("seiten/de/projekte--kiwit.html").decode()
    assert "Gefördert vom Amt" in archive.read("seiten/de/aktuelles--meldung.html").decode()
    assert 'dir="rtl"' in archive.read("seiten/ar/projekte--kiwit.html").decode()


def test_nobody_is_named_and_no_money(archive, client):
    assert "Unverkennbar G." in client.get("/de/kampagnen/petition/").text
    for name in archive.namelist():
        if not name.startswith("materialien/"):
            text = archive.read(name).decode()
            for word in (
                "Geheimname",
                "Unverkennbar",
                "Aus Überzeugung",
                "geheim@example.org",
                "Kontaktperson",
                "98765",
                "98.765",
            ):
                assert word not in text, (name, word)


def test_figures_count_and_cells_are_safe(archive):
    figures = {(row[1], row[4]) for row in rows(archive, "zahlen.csv")}
    assert {("'+Fest", "50"), ("'+Fest", "41"), ("'+Fest", "42"), ("Petition", "1")} <= figures
    assert rows(archive, "foerderung.csv")[1][0] == "'=HYPERLINK(1)"
    for name in archive.namelist():
        if name.endswith(".csv"):
            assert not [cell for row in rows(archive, name) for cell in row if cell[:1] in "=+-@\t\r" and cell]


def test_ordering_and_fetching_are_written_down(archive, project):
    from wagtail.models import PageLogEntry

    actions = [*PageLogEntry.objects.filter(page=project.pk).values_list("action", "user__username")]
    assert ("campaigns.proof_ordered", "petra") in actions
    assert ("campaigns.proof_fetched", "petra") in actions


def test_it_is_for_those_who_look_after_the_project(pack, project):
    omar, lead = person("omar", "Projektteam"), person("lead", "Sprachleitung: Arabisch")
    for client in (omar, lead):
        for address in (
            reverse("campaigns_admin:proof_packs", args=[project.pk]),
            reverse("campaigns_admin:proof_pack", args=[pack.pk]),
        ):
            assert client.get(address, follow=True).status_code == 404
            assert client.post(address, follow=True).status_code in (404, 405)
    assert ProofPack.objects.count() == 1
    office = person("reza", "Redaktion")
    assert office.get(reverse("campaigns_admin:proof_packs", args=[project.pk])).status_code == 200


def test_the_file_has_no_public_address(pack, client):
    assert client.get(f"/media/{pack.file.name}").status_code == 404


def test_a_second_click_finds_the_pack_that_is_being_made(project, petra, settings):
    waiting = ProofPack.objects.create(project=project, lease_until=timezone.now() + timedelta(minutes=5))
    assert packing.order(project, petra.user) == waiting
    assert ProofPack.objects.count() == 1


def test_a_killed_worker_is_followed_by_another(project, petra):
    pack = ProofPack.objects.create(project=project, attempts=1, lease_until=timezone.now() - timedelta(minutes=5))
    call_command("resume_proof_packs")
    pack.refresh_from_db()
    assert pack.state == ProofPack.DONE


def test_what_fails_again_and_again_is_given_up(project, petra, monkeypatch):
    monkeypatch.setattr(packing, "_write", lambda *_: 1 / 0)
    pack = packing.order(project, petra.user)
    for _again in range(5):
        ProofPack.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(hours=1))
        call_command("resume_proof_packs")
    pack.refresh_from_db()
    assert (pack.state, pack.attempts) == (ProofPack.FAILED, packing.ATTEMPTS)
    assert petra.get(reverse("campaigns_admin:proof_packs", args=[project.pk])).status_code == 200


def test_old_packs_go_with_their_files(pack):
    storage, name = pack.file.storage, pack.file.name
    call_command("purge_personal_data")
    assert storage.exists(name)
    ProofPack.objects.update(requested_at=timezone.now() - packing.KEPT - timedelta(hours=1))
    call_command("purge_personal_data")
    assert not storage.exists(name)
    assert not ProofPack.objects.exists()


def test_a_material_whose_file_is_gone_spoils_nothing(project, petra):
    document = make_document()
    ProjectMaterial.objects.create(page=project, document=document, licence="cc0", date=TODAY)
    document.file.storage.delete(document.file.name)
    assert packing.order(project, petra.user)
    assert ProofPack.objects.get().state == ProofPack.DONE


def test_behind_a_proxy_that_speaks_https_pages_are_seen_all_the_same(project, petra, settings):
    settings.BASE_URL = "https://testserver"
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    packing.order(project, petra.user)
    with zipfile.ZipFile(ProofPack.objects.get().file.open()) as archive:
        assert "seiten/de/projekte--kiwit.html" in archive.namelist()
