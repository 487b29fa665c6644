"""Funding in the editor: periods with logos and wording, in any order, with any text."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import ProjectIndexPage, ProjectPage
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


def post(client, project, periods, materials=(), action="action-publish"):
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
        "comments": inline_formset([]),
        action: "true",
    }
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
