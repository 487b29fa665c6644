"""Every page that belongs to a funded project shows its funders, whichever way it was made or published, at little cost."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from campaigns.models import (
    CampaignUpdatePage,
    EventIndexPage,
    EventPage,
    ExtraDate,
    PressKitPage,
    ProjectIndexPage,
    ProjectPage,
)
from core.publication import NotReady
from news.models import NewsIndexPage, NewsPage
from tests.campaigns import signers
from tests.campaigns.events import in_days
from tests.campaigns.full_pages import everything
from tests.campaigns.funders import fund
from tests.site.world import make
from tests.translations.planned import call_ready, plan, when_the_time_has_come
from tests.translations.work import edit_url, publish_in_editor, submit, target, translate, translation
from translations import jobs, publishing

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def project(site):
    return make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), "kiwit", "KIWIT")


@pytest.fixture
def news(site, project):
    page = make(NewsPage, NewsIndexPage.objects.child_of(site).get(), "meldung", "Meldung", date=TODAY)
    page.projects.set([project])
    page.save_revision(clean=False).publish()
    return NewsPage.objects.get(pk=page.pk)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# What is shown


def test_everything_on_a_page_costs_twelve_queries_at_most(site, client):
    too_many = {}
    for path in everything(site):
        for language in ("de", "ar", "tr"):
            address = f"/{language}/{path}"
            assert "Gefördert vom Amt" in client.get(address).text, address
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            if len(captured) > 12:
                too_many[address] = len(captured)
    assert too_many == {}


def test_what_stands_below_a_project_or_campaign_shows_its_funders(site, client, project):
    fund(project, "Altes Amt", date(2020, 1, 1), date(2020, 12, 31), wording="Gefördert vom alten Amt")
    fund(project, "Amt", date(2021, 1, 1), None, wording="Gefördert vom Amt")
    campaign = signers.campaign(site)
    campaign.projects.set([project])
    campaign.save()
    make(CampaignUpdatePage, campaign, "frueher", "Früher", date=date(2020, 5, 1))
    make(CampaignUpdatePage, campaign, "neues", "Neues", date=TODAY)
    make(PressKitPage, Page.objects.get(pk=campaign.pk), "presse", "Presse")
    make(PressKitPage, project, "presse", "Presse")
    make(PressKitPage, NewsIndexPage.objects.child_of(site).get(), "presse", "Presse")
    for language in ("de", "ar"):
        for path in ("kampagnen/absprachen/neues", "kampagnen/absprachen/presse", "projekte/kiwit/presse"):
            assert "Gefördert vom Amt" in client.get(f"/{language}/{path}/").text, path
    assert "Gefördert vom alten Amt" in client.get("/de/kampagnen/absprachen/frueher/").text
    assert "Gefördert" not in client.get("/de/aktuelles/presse/").text


def test_nothing_below_goes_live_without_what_the_funder_demands(site, project):
    fund(project, "Amt", date(2021, 1, 1), None, logos=0)
    campaign = signers.campaign(site)
    campaign.projects.set([project])
    campaign.save()
    update = make(CampaignUpdatePage, campaign, "neues", "Neues", date=TODAY)
    for page in (update, make(PressKitPage, project, "presse", "Presse")):
        with pytest.raises(NotReady, match="Amt"):
            page.save_revision(clean=False).publish()


def test_a_campaign_without_dates_is_from_the_day_it_became_public(site, client, project):
    fund(project, "Altes Amt", date(2020, 1, 1), date(2020, 12, 31), wording="Gefördert vom alten Amt")
    fund(project, "Amt", date(2021, 1, 1), None, wording="Gefördert vom Amt")
    campaign = signers.campaign(site, starts_on=None, ends_on=None)
    campaign.projects.set([project])
    campaign.save()
    assert "Gefördert vom Amt" in client.get("/de/kampagnen/absprachen/").text
    Page.objects.filter(pk=campaign.pk).update(first_published_at=timezone.now().replace(2020, 6, 1))
    assert "Gefördert vom alten Amt" in client.get("/de/kampagnen/absprachen/").text


def test_a_series_of_single_dates_is_from_its_next_date(site, client, project):
    fund(project, "Amt", TODAY - 20 * DAY, TODAY - DAY, wording="Gefördert vom alten Amt")
    fund(project, "Amt", TODAY, None, wording="Gefördert vom neuen Amt")
    values = {"starts_at": in_days(-9), "ends_at": in_days(-9, 20)}
    event = make(EventPage, EventIndexPage.objects.child_of(site).get(), "fest", "Fest", **values)
    event.projects.set([project])
    event.extra_dates.set([ExtraDate(day=TODAY + 3 * DAY), ExtraDate(day=TODAY + 5 * DAY)])
    event.save()
    assert "neuen Amt" in client.get("/de/termine/fest/").text


def test_every_public_item_can_be_reached_from_the_project(site, client, project):
    index = NewsIndexPage.objects.child_of(site).get()
    for number in range(15):
        page = make(NewsPage, index, f"nr-{number}", f"Nr {number}", date=TODAY - number * DAY)
        page.projects.set([project])
        page.save()
    for language in ("de", "ar"):
        html = client.get(f"/{language}/projekte/kiwit/").text
        assert [n for n in range(15) if f'href="/{language}/aktuelles/nr-{n}/"' not in html] == []


# What is refused


@pytest.fixture
def arabic(news, admin_client):
    """Translated, and kept from the public by one thing only."""
    locale = Locale.objects.get(language_code="ar")
    with TestCase.captureOnCommitCallbacks(execute=True):
        submit(admin_client, news, locale)
    translate(admin_client, translation(news, locale))
    fund(news.projects.get(), "Amt", date(2020, 1, 1), None, logos=0)
    return translation(news, locale)


def is_live(translated) -> bool:
    return Page.objects.get(pk=translated.get_target_instance().pk).live


def test_a_translation_is_refused_with_the_reason(news, arabic, admin_client, admin_user):
    with pytest.raises(NotReady, match="Amt"):
        publishing.publish(arabic, admin_user)
    page = target(news, arabic.target_locale)
    assert "Amt" in said(publish_in_editor(admin_client, page))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert "Amt" in said(admin_client.post(f"{bulk}?id={page.pk}&next=/admin/", {}))
    assert not is_live(arabic)
    assert admin_client.get(edit_url(page)).status_code == 200


def test_translations_published_from_the_board_are_refused_one_by_one(arabic, admin_user):
    job = jobs.start("publish", [{"title": "Meldung", "translation": arabic.pk}], admin_user, "Veröffentlichen")
    assert "Amt" in job.items.get().problem
    assert not is_live(arabic)


def test_a_release_is_held_with_the_reason(news, arabic, admin_client):
    release = plan(admin_client, [news], required=[arabic.target_locale])
    call_ready(admin_client, release, news, arabic.target_locale)
    when_the_time_has_come(release)
    assert release.state == release.State.HELD
    assert "Amt" in str(release.report)
    assert not is_live(arabic)


def test_an_alias_is_no_way_around(news, admin_client):
    fund(news.projects.get(), "Amt", date(2020, 1, 1), None, logos=0)
    data = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": news.get_parent().pk, "alias": "on"}
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[news.pk]), data)
    assert "Amt" in said(response)
    assert not Page.objects.filter(slug="alias").exists()
