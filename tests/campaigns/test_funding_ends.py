"""Sixty and thirty days before a funding ends its people are told, once each."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from campaigns.funding import deadlines
from campaigns.models import FundingPeriod, FundingTask, ProjectIndexPage, ProjectPage, Responsibility
from tests.campaigns.desks import person
from tests.campaigns.funders import fund
from tests.site.world import make

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def staff(name):
    return person(name, "Projektteam").user


@pytest.fixture
def petra(site):
    return staff("petra")


@pytest.fixture
def project(site, petra):
    return make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), "kiwit", "KIWIT", owner=petra)


def again(period):
    """As a version holds it that was written before the period was public: without its key."""
    names = ("funder", "programme", "starts_on", "ends_on", "logos", "texts")
    return FundingPeriod(**{name: getattr(period, name) for name in names})


def told(mailoutbox) -> list[str]:
    return [address for mail in mailoutbox for address in mail.to]


@pytest.mark.parametrize(("days", "mails"), [(61, 0), (60, 1), (31, 1), (30, 1), (0, 1), (-1, 0)])
def test_people_are_told_in_time_and_once(project, petra, mailoutbox, days, mails):
    fund(project, "Amt", TODAY - 90 * DAY, TODAY + days * DAY)
    for _again in range(3):
        call_command("remind_of_funding")
    assert told(mailoutbox) == [petra.email] * mails


def test_both_moments_bring_a_mail_and_leave_one_task(project, petra, mailoutbox):
    period = fund(project, "Amt", TODAY - 90 * DAY, TODAY + 60 * DAY)
    for day in range(61):
        deadlines.remind(TODAY + day * DAY)
    assert len(mailoutbox) == 2
    assert [task.days for task in deadlines.tasks_of(petra)] == [30]
    assert period.tasks.count() == 2


def test_an_end_that_is_put_off_voids_the_task_and_brings_a_new_one(project, petra, mailoutbox):
    period = fund(project, "Amt", TODAY - 90 * DAY, TODAY + 20 * DAY)
    deadlines.remind()
    period.ends_on = TODAY + 100 * DAY
    period.save()
    assert deadlines.tasks_of(petra) == []
    assert deadlines.remind(TODAY + 50 * DAY) == 1
    assert len(mailoutbox) == 2


def test_publishing_the_project_again_tells_nobody_twice(project, petra, mailoutbox):
    period = fund(project, "Amt", TODAY - 90 * DAY, TODAY + 20 * DAY)
    deadlines.remind()
    deadlines.finish(deadlines.tasks_of(petra)[0], petra)
    draft = ProjectPage.objects.get(pk=project.pk)
    for row in draft.funding_periods.all():
        draft.funding_periods.remove(row)
    draft.funding_periods.add(again(period))
    for _again in range(2):
        draft.save_revision(clean=False).publish()
        assert deadlines.remind() == 0
    assert len(mailoutbox) == 1
    assert deadlines.tasks_of(petra) == []


def test_whoever_is_named_as_responsible_is_told_and_whoever_left_is_not(project, petra, mailoutbox):
    kofi, left = staff("kofi"), staff("left")
    for user in (kofi, left):
        Responsibility.objects.create(page=project, user=user)
    left.is_active = False
    left.save()
    fund(project, "Amt", TODAY - 90 * DAY, TODAY + 20 * DAY)
    deadlines.remind()
    assert sorted(told(mailoutbox)) == sorted([petra.email, kofi.email])


def test_where_nobody_is_left_the_office_is_told(project, petra, admin_user, mailoutbox):
    petra.delete()
    fund(project, "Amt", TODAY - 90 * DAY, TODAY + 20 * DAY)
    deadlines.remind()
    assert admin_user.email in told(mailoutbox)


def test_a_draft_reminds_nobody(project, mailoutbox):
    project.live = False
    project.save()
    fund(project, "Amt", TODAY - 90 * DAY, TODAY + 20 * DAY)
    assert deadlines.remind() == 0
    assert mailoutbox == []


def test_the_first_page_of_the_admin_shows_the_task_until_it_is_done(project, petra, client):
    fund(project, "Amt & Söhne", TODAY - 90 * DAY, TODAY + 20 * DAY)
    deadlines.remind()
    client.force_login(petra)
    assert "Amt &amp; Söhne" in client.get(reverse("wagtailadmin_home")).text
    task = FundingTask.objects.get()
    assert client.post(reverse("campaigns_admin:funding_task_done", args=[task.pk])).status_code == 302
    assert "Amt &amp; Söhne" not in client.get(reverse("wagtailadmin_home")).text
    task.refresh_from_db()
    assert task.done_by == petra


def test_tasks_of_others_are_neither_shown_nor_done(project, client):
    fund(project, "Fremdes Amt", TODAY - 90 * DAY, TODAY + 20 * DAY)
    deadlines.remind()
    client.force_login(staff("other"))
    assert "Fremdes Amt" not in client.get(reverse("wagtailadmin_home")).text
    task = FundingTask.objects.get()
    assert client.post(reverse("campaigns_admin:funding_task_done", args=[task.pk]), follow=True).status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


def test_a_project_is_kept_as_long_as_its_funder_demands(project, admin_client):
    period = fund(project, "Amt", TODAY - 90 * DAY, TODAY - DAY, keep_until=TODAY)
    address = reverse("wagtailadmin_pages:delete", args=[project.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={project.pk}&next=/admin/"
    for refused in (address, bulk, reverse("wagtailadmin_pages:delete", args=[project.get_parent().pk])):
        admin_client.post(refused, {})
        assert ProjectPage.objects.filter(pk=project.pk).exists()
    period.keep_until = TODAY - DAY
    period.save()
    admin_client.post(address, {})
    assert not ProjectPage.objects.filter(pk=project.pk).exists()
