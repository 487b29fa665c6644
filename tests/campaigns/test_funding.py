"""Funders' logos and wording: shown by the date of the page, and nothing goes live without them."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, PageViewRestriction, WorkflowState

from campaigns.funding.notices import shown
from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    FundingPeriod,
    ProjectIndexPage,
    ProjectMaterial,
    ProjectPage,
)
from core.publication import NotReady
from news.models import NewsIndexPage, NewsPage
from stories.models import StoryIndexPage, StoryPage
from tests.campaigns.funders import fund, make_document, make_logo
from tests.site.world import make, translate

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def project(site):
    return make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), "kiwit", "KIWIT")


def news(site, project, day, slug="meldung", **values):
    page = make(NewsPage, NewsIndexPage.objects.child_of(site).get(), slug, slug.title(), date=day, **values)
    page.projects.set([project])
    page.save()
    return page


def draft_of(page, **values):
    """A revision that is not public yet."""
    for name, value in values.items():
        setattr(page, name, value)
    return page.save_revision(clean=False)


# What is shown


def test_a_page_shows_the_funder_of_its_own_date(site, client, project):
    fund(project, "Altes Amt", date(2020, 1, 1), date(2021, 12, 31), wording="Gefördert vom alten Amt")
    fund(project, "Neues Amt", date(2022, 1, 1), None, wording="Gefördert vom neuen Amt")
    for day, wanted, other in [(date(2021, 12, 31), "alten", "neuen"), (date(2022, 1, 1), "neuen", "alten")]:
        news(site, project, day, slug=f"vom-{day.year}")
        html = client.get(f"/de/aktuelles/vom-{day.year}/").text
        assert f"Gefördert vom {wanted} Amt" in html
        assert f"Gefördert vom {other} Amt" not in html


def test_before_any_funding_the_project_is_named_without_a_funder(site, client, project):
    fund(project, "Amt", date(2022, 1, 1), None)
    news(site, project, date(2019, 1, 1))
    html = client.get("/de/aktuelles/meldung/").text
    assert "KIWIT" in html
    assert "funding-notice" not in html


def test_events_stories_and_campaigns_carry_the_funder_too(site, client, project):
    fund(project, "Amt", date(2020, 1, 1), None, wording="Gefördert vom Amt")
    pages = [
        (EventPage, EventIndexPage, "/de/termine/ding/", {}),
        (StoryPage, StoryIndexPage, "/de/gute-praxis/ding/", {"as_of": TODAY, "municipality": "Kassel"}),
        (CampaignPage, CampaignIndexPage, "/de/kampagnen/ding/", {"starts_on": TODAY}),
    ]
    for model, index, address, values in pages:
        page = make(model, index.objects.child_of(site).get(), "ding", "Ding", **values)
        page.projects.set([project])
        page.save()
        assert "Gefördert vom Amt" in client.get(address).text, model


def test_wording_is_in_the_readers_language_or_in_german_and_says_which(site, client, project):
    texts = [
        {"language": "de", "wording": "Gefördert vom Amt", "disclaimer": "Nur unsere Meinung"},
        {"language": "ar", "wording": "بتمويل من المكتب", "disclaimer": "رأينا فقط"},
        {"language": "tr", "wording": "Büro tarafından desteklenmektedir", "disclaimer": ""},
    ]
    fund(project, "Amt", date(2020, 1, 1), None, texts=texts)
    news(site, project, TODAY)
    assert "بتمويل من المكتب" in client.get("/ar/aktuelles/meldung/").text
    for language in ("en", "tr"):  # the Turkish one has no disclaimer: two languages in one notice would be neither
        html = client.get(f"/{language}/aktuelles/meldung/").text
        assert '<p lang="de" dir="ltr">Gefördert vom Amt</p>' in html
        assert "Büro" not in html


@pytest.mark.parametrize("hidden", ["draft", "locked"])
def test_a_project_that_is_not_public_leaks_through_none_of_its_pages(site, client, project, hidden):
    fund(project, "Geheimes Amt", date(2020, 1, 1), None)
    news(site, project, TODAY)
    if hidden == "draft":
        project.live = False
        project.save()
    else:
        PageViewRestriction.objects.create(page=project, restriction_type=PageViewRestriction.LOGIN)
    html = client.get("/de/aktuelles/meldung/").text
    assert "Geheimes" not in html
    assert "KIWIT" not in html


def test_the_amount_is_never_public(site, client, project):
    fund(project, "Amt", date(2020, 1, 1), None, amount="123456.78")
    for address in ("/de/projekte/", "/de/projekte/kiwit/", "/ar/projekte/kiwit/"):
        html = client.get(address).text
        assert "123456" not in html
        assert "123.456" not in html


def test_the_project_stands_for_what_runs_else_for_what_comes_else_for_what_was():
    def period(start, end):
        return FundingPeriod(starts_on=TODAY + start * DAY, ends_on=TODAY + end * DAY if end is not None else None)

    past, older, running, coming, later = (
        period(-90, -10),
        period(-300, -91),
        period(-9, 9),
        period(20, 30),
        period(31, 40),
    )
    assert shown([older, past, running, coming]) == [running]
    assert shown([older, past, coming, later]) == [coming]
    assert shown([older, past]) == [past]
    assert shown([]) == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_with_funding_cost_twelve_queries_at_most(site, client, project, language, django_assert_max_num_queries):
    for year in range(2015, 2026):
        fund(project, f"Amt {year}", date(year, 1, 1), date(year + 3, 1, 1), logos=2)
    document = make_document()
    for year in range(2015, 2026):
        ProjectMaterial.objects.create(page=project, document=document, licence="cc0", date=date(year, 6, 1))
    for number in range(9):
        news(site, project, date(2017, 1, 1), slug=f"meldung-{number}")
    for address in (f"/{language}/projekte/kiwit/", f"/{language}/aktuelles/meldung-1/", f"/{language}/projekte/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


# The project's page


def test_materials_show_licence_date_and_the_funder_of_their_date(site, client, project):
    fund(project, "Altes Amt", date(2020, 1, 1), date(2020, 12, 31), wording="Gefördert vom alten Amt")
    fund(project, "Neues Amt", date(2021, 1, 1), None, wording="Gefördert vom neuen Amt")
    document = make_document()
    ProjectMaterial.objects.create(page=project, document=document, licence="cc-by-4.0", date=date(2020, 5, 1))
    html = client.get("/de/projekte/kiwit/").text
    assert "Handreichung" in html
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in html
    assert "1. Mai 2020" in html
    part = html[html.index('id="materials"') :]
    assert "Gefördert vom alten Amt" in part


@pytest.mark.parametrize(
    ("begin", "end", "status", "chip"),
    [(-9, 9, "running", "plum"), (5, 50, "planned", "plum"), (-90, -9, "finished", "past")],
)
def test_each_state_of_a_project_has_a_design_of_its_own(site, client, project, begin, end, status, chip):
    fund(project, "Amt", TODAY + begin * DAY, TODAY + end * DAY)
    html = client.get("/de/projekte/kiwit/").text
    assert f"project-{status}" in html
    assert f'<body class="tone-{chip}">' in html
    assert ("notice-info" in html) == (status != "running")
    assert (f"tone-{chip}" in client.get("/de/projekte/").text) or chip == "plum"


def test_between_two_fundings_it_says_when_it_goes_on(site, client, project):
    fund(project, "Amt", date(2020, 1, 1), date(2020, 12, 31))
    fund(project, "Stiftung", TODAY + 9 * DAY, None)
    html = client.get("/de/projekte/kiwit/").text
    state = html.split('class="notice')[1].split("</div>")[0]
    assert date_format(TODAY + 9 * DAY) in state
    assert "noch nicht begonnen" not in html
    assert "seit 1. Januar 2020" in html


def test_a_project_without_funding_claims_nothing(site, client, project):
    html = client.get("/de/projekte/kiwit/").text
    assert "project-open" in html
    assert "funding-notice" not in html


def test_the_page_lists_what_belongs_to_the_project_and_nothing_hidden(site, client, project):
    news(site, project, TODAY, slug="sichtbar")
    news(site, project, TODAY, slug="geheim", live=False)
    html = client.get("/de/projekte/kiwit/").text
    assert "/de/aktuelles/sichtbar/" in html
    assert "Geheim" not in html


# What is refused


LACKING = [
    ({"logos": 0}, "Logo"),
    ({"texts": []}, "Wortlaut"),
    ({"needs_disclaimer": True}, "Haftungsausschluss"),
]


@pytest.mark.parametrize("values", [values for values, _word in LACKING])
def test_nothing_goes_live_without_what_its_funder_demands(site, project, values):
    fund(project, "Amt", date(2020, 1, 1), None, **values)
    page = news(site, project, TODAY)
    for refused in (project, page):
        with pytest.raises(NotReady, match="KIWIT, Amt|Amt"):
            Page.objects.get(pk=refused.pk).specific.save_revision(clean=False).publish()
    assert Page.objects.get(pk=page.pk).live_revision is None


@pytest.mark.parametrize(
    "values",
    [
        {"logos": 0, "needs_logo": False},
        {"texts": [], "needs_wording": False},
        {"texts": [{"language": "de", "wording": "W", "disclaimer": "H"}], "needs_disclaimer": True},
    ],
)
def test_what_is_not_demanded_may_be_missing(site, project, values):
    fund(project, "Amt", date(2020, 1, 1), None, **values)
    draft_of(Page.objects.get(pk=project.pk).specific).publish()
    assert Page.objects.get(pk=project.pk).live_revision


def test_a_page_of_another_time_is_not_refused(site, project):
    fund(project, "Amt", date(2020, 1, 1), date(2020, 12, 31), logos=0)
    draft_of(news(site, project, date(2021, 1, 1))).publish()


def test_german_wording_is_enough_and_a_translation_may_bring_its_own(site, project):
    fund(project, "Amt", date(2020, 1, 1), None, texts=[{"language": "ar", "wording": "بتمويل", "disclaimer": ""}])
    page = news(site, project, TODAY)
    index = NewsIndexPage.objects.get(locale__language_code="ar")
    arabic = translate(page, index, "خبر")
    draft_of(arabic).publish()
    with pytest.raises(NotReady):
        draft_of(page).publish()


def test_saving_a_live_page_without_publishing_asks_nothing(site, project):
    page = news(site, project, TODAY)
    draft_of(page).publish()
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    page = NewsPage.objects.get(pk=page.pk)
    page.save()
    page.move(page.get_parent(), pos="first-child")


def test_a_picture_that_was_deleted_is_no_logo(site, project):
    fund(project, "Amt", date(2020, 1, 1), None, image=(image := make_logo()))
    image.delete()
    with pytest.raises(NotReady):
        draft_of(project).publish()


def test_the_editor_keeps_the_draft_and_says_why(site, project, admin_client):
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    page = news(site, project, TODAY)
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, "action-publish"))
    assert response.status_code == 302
    assert "Amt" in said(response)
    page = NewsPage.objects.get(pk=page.pk)
    assert page.live_revision is None
    assert page.get_latest_revision_as_object().summary == "Neu getippt"


def test_a_new_page_is_kept_as_a_draft_that_says_why(site, project, admin_client):
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    index = NewsIndexPage.objects.child_of(site).get()
    page = NewsPage(title="Neu", slug="neu", date=TODAY)
    data = form_of(page, "action-publish", projects=[project.pk])
    response = admin_client.post(reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]), data)
    assert "Amt" in said(response)
    assert not NewsPage.objects.get(slug="neu").live


def test_approval_is_refused_and_the_review_goes_on(site, project, admin_client, admin_user):
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    page = submitted(news(site, project, TODAY), admin_user)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = admin_client.post(address, {"comment": "gut"})
    assert response.status_code == 302
    assert "Amt" in said(response)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    response = admin_client.post(address, {"comment": "gut"}, headers={"x-requested-with": "XMLHttpRequest"})
    assert "Amt" in response.text


def test_approval_from_the_editor_is_refused_with_what_was_typed_kept(site, project, admin_client, admin_user):
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    page = submitted(news(site, project, TODAY), admin_user)
    data = form_of(page, "action-workflow-action", **{"workflow-action-name": "approve"})
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert "Amt" in said(response)
    page = NewsPage.objects.get(pk=page.pk)
    assert page.live_revision is None
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert page.get_latest_revision_as_object().summary == "Neu getippt"


def test_a_review_that_has_nobody_left_to_give_it_publishes_nothing(site, project, admin_client, admin_user):
    """Wagtail takes a workflow without tasks for approved."""
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    page = submitted(news(site, project, TODAY), admin_user)
    task = page.current_workflow_task_state.task
    assert "Amt" in said(admin_client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk])))
    page.current_workflow_state.cancel(user=admin_user)
    data = form_of(NewsPage.objects.get(pk=page.pk), "action-submit")
    assert "Amt" in said(admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data))
    assert Page.objects.get(pk=page.pk).live_revision is None


def test_the_clock_leaves_out_what_is_not_ready_and_tells_once(site, project, admin_user, mailoutbox):
    ready = news(site, project, date(2019, 1, 1), slug="fertig", live=False)
    unready = news(site, project, TODAY, slug="unfertig", live=False)
    for page in (unready, ready):
        page.go_live_at = timezone.now() + DAY
        revision = page.save_revision(user=admin_user, clean=False)
        revision.publish()
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    Page.objects.update(go_live_at=timezone.now() - DAY)
    for page in (unready, ready):
        revision = page.latest_revision
        revision.content["go_live_at"] = (timezone.now() - DAY).isoformat()
        revision.approved_go_live_at = timezone.now() - DAY
        revision.save()
    for _again in range(2):
        call_command("publish_scheduled")
    assert Page.objects.get(pk=ready.pk).live
    assert not Page.objects.get(pk=unready.pk).live
    mails = [mail for mail in mailoutbox if "Unfertig" in mail.subject]
    assert len(mails) == 1
    assert "Amt" in mails[0].body


def test_of_many_pages_at_once_only_the_unready_are_refused(site, project, admin_client):
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    unready = news(site, project, TODAY, slug="unfertig", live=False)
    ready = news(site, project, date(2019, 1, 1), slug="fertig", live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin_client.post(f"{address}?id={unready.pk}&id={ready.pk}&next=/admin/", {})
    assert "Amt" in said(response)
    assert Page.objects.get(pk=ready.pk).live
    assert not Page.objects.get(pk=unready.pk).live


def test_a_copy_is_not_published_either(site, project, admin_client):
    page = news(site, project, TODAY)
    draft_of(page).publish()
    fund(project, "Amt", date(2020, 1, 1), None, logos=0)
    data = {
        "new_title": "Kopie",
        "new_slug": "kopie",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert response.status_code == 302
    assert not NewsPage.objects.filter(slug="kopie", live=True).exists()


# How the admin is driven


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def form_of(page, action, projects=None, **values):
    """What the editor of a news item sends."""
    if projects is None:
        projects = [*page.projects.values_list("pk", flat=True)] if page.pk else []
    latest = page.latest_revision if page.pk else None
    loaded = (
        {"loaded_revision_id": latest.pk, "loaded_revision_created_at": latest.created_at.isoformat()} if latest else {}
    )
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": "Neu getippt",
        "date": page.date.isoformat(),
        "kind": "news",
        "projects": projects,
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        action: "true",
        **loaded,
        **values,
    }


def submitted(page, user):
    draft_of(page)
    page = NewsPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, user)
    return page
