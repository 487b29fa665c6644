"""Funding in the editor: periods with logos and wording, in any order, with any text."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import ProjectIndexPage, ProjectPage
from core.models import SiteImage
from tests.campaigns.funders import fund, make_document, make_logo
from tests.site.world import make, translate

GERMAN = {"language": "de", "wording": "Gefördert vom Amt", "disclaimer": ""}


@pytest.fixture
def project(site):
    return make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), "kiwit", "KIWIT")


def images(*keys):
    return streamfield([("logo", {"image": key, "url": ""}) for key in keys])


def period(logos=(), texts=(GERMAN,), **values):
    return {
        "funder": "Amt",
        "programme": "",
        "starts_on": "2024-01-01",
        "ends_on": "",
        "amount": "",
        "keep_until": "",
        "needs_logo": "on",
        "needs_wording": "on",
        "logos": images(*(logo.pk for logo in logos)),
        "texts": streamfield([("text", text) for text in texts]),
        **values,
    }


def post(client, project, periods, materials=(), partners=(), action="action-publish"):
    data = {
        "title": project.title,
        "slug": project.slug,
        "summary": "",
        "contact": "",
        "website": "",
        "body": streamfield([]),
        "milestones": streamfield([]),
        "funding_periods": inline_formset(periods),
        "materials": inline_formset([*materials]),
        "partner_links": inline_formset([]),
        "partners": streamfield([*partners]),
        "comments": inline_formset([]),
        action: "true",
    }
    latest = ProjectPage.objects.get(pk=project.pk).latest_revision
    if latest:
        data |= {"loaded_revision_id": latest.pk, "loaded_revision_created_at": latest.created_at.isoformat()}
    return client.post(reverse("wagtailadmin_pages:edit", args=[project.pk]), nested_form_data(data))


def test_a_complete_project_is_published(project, admin_client, client):
    material = {
        "document": make_document().pk,
        "title": "",
        "language": "de",
        "licence": "cc0",
        "date": "2024-03-01",
    }
    logos = [make_logo(), make_logo()]
    assert post(admin_client, project, [period(logos)], [material]).status_code == 302
    stored = ProjectPage.objects.get(pk=project.pk)
    assert stored.live_revision
    assert len(stored.funding_periods.get().logo_keys) == 2
    html = client.get("/de/projekte/kiwit/").text
    assert "Gefördert vom Amt" in html
    assert "Handreichung" in html
    assert html.count("funder-logo") == 2


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": "2023-01-01"},
        {"amount": "-1"},
        {"amount": "1e400"},
        {"starts_on": "gestern"},
        {"starts_on": "99999-01-01"},
        {"funder": "x" * 200},
        {"texts": streamfield([("text", GERMAN), ("text", GERMAN)])},
        {"texts": streamfield([("text", {**GERMAN, "language": "xx"})])},
        {"logos": images("999999")},
        {"logos": streamfield([("logo", {"image": "", "url": "javascript:alert(1)"})])},
    ],
)
def test_what_cannot_be_is_said_in_the_form(project, admin_client, values):
    response = post(admin_client, project, [period([make_logo()]) | values])
    assert response.status_code == 200
    assert not ProjectPage.objects.get(pk=project.pk).funding_periods.exists()


def test_what_is_missing_is_named_and_the_draft_kept(project, admin_client):
    assert post(admin_client, project, [period()]).status_code == 302
    assert ProjectPage.objects.get(pk=project.pk).live_revision is None
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[project.pk])).text
    assert html.count("KIWIT, Förderung durch Amt") >= 1


def test_a_translation_has_no_funding_of_its_own(project, admin_client):
    fund(project, "Amt", "2024-01-01", None)
    arabic = translate(project, ProjectIndexPage.objects.get(locale__language_code="ar"), "كيويت")
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[arabic.pk])).text
    assert "funding_periods" not in html
    assert "materials" not in html


def test_partners_need_not_be_in_the_directory(project, admin_client, client):
    partners = [("partner", {"name": "Stadt Kassel", "url": "https://www.example.org/"})]
    partners += [("partner", {"name": "<b>Uni</b>", "url": ""})]
    assert post(admin_client, project, [], partners=partners).status_code == 302
    translate(project, ProjectIndexPage.objects.get(locale__language_code="ar"), "كيويت")
    for language in ("de", "ar"):  # entered once
        html = client.get(f"/{language}/projekte/kiwit/").text
        assert '<a href="https://www.example.org/">Stadt Kassel</a>' in html
        assert "&lt;b&gt;Uni&lt;/b&gt;" in html


@pytest.mark.parametrize("partner", [{"name": "", "url": ""}, {"name": "Stadt", "url": "javascript:alert(1)"}])
def test_a_partner_that_cannot_be_is_refused(project, admin_client, partner):
    assert post(admin_client, project, [], partners=[("partner", partner)]).status_code == 200
    assert not ProjectPage.objects.get(pk=project.pk).partners


def test_a_period_stays_the_same_row_whichever_version_is_published(project, admin_client):
    """The version that brought it knows no key of it."""
    logo = make_logo()
    post(admin_client, project, [period([logo], programme="eins"), period([logo], programme="zwei")])
    brought = ProjectPage.objects.get(pk=project.pk).latest_revision
    rows = {row.programme: row.pk for row in project.funding_periods.all()}
    assert len(rows) == 2
    for _again in range(2):
        brought.publish()
        assert {row.programme: row.pk for row in project.funding_periods.all()} == rows


def test_a_logo_that_is_shown_cannot_be_deleted(project, admin_client):
    logo, other = make_logo(), make_logo("Bild")
    period = fund(project, "Amt", "2024-01-01", None, image=logo)
    single = reverse("wagtailimages:delete", args=[logo.pk])
    bulk = (
        reverse("wagtail_bulk_action", args=["core", "siteimage", "delete"])
        + f"?id={logo.pk}&id={other.pk}&next=/admin/"
    )
    for address in (single, bulk):
        response = admin_client.post(address, {})
        assert response.status_code == 302
        assert any("KIWIT" in str(message) for message in get_messages(response.wsgi_request))
    assert SiteImage.objects.filter(pk__in=[logo.pk, other.pk]).count() == 2
    assert admin_client.post(reverse("wagtailimages:delete", args=[other.pk]), {}).status_code == 302
    period.delete()
    admin_client.post(single, {})
    assert not SiteImage.objects.filter(pk__in=[logo.pk, other.pk]).exists()
