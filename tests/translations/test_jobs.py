"""Work on many items: each once, whatever happens to the worker; seen and cancelled by whoever started it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from translations import jobs
from translations.models import Job, JobItem

ITEMS = [{"title": f"Seite {number}", "number": number} for number in range(4)]


class Killed(BaseException):
    pass


@pytest.fixture
def kind(monkeypatch):
    """Registers a step for one test; `kind.did` says what was done."""

    def register(step, **options):
        monkeypatch.setattr(jobs, "KINDS", dict(jobs.KINDS))
        jobs.kind("test", **options)(step)

    return register


@pytest.fixture
def in_the_queue(monkeypatch):
    """Nothing is begun by itself."""
    monkeypatch.setattr(jobs, "put_in_queue", lambda job: None)


def start(people, items=ITEMS):
    return jobs.start("test", items, people["editor"].user, "Anfordern")


def url(job, name="job"):
    return reverse(f"translations:{name}", args=[job.pk])


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_every_item_is_done_once_and_problems_are_told(people, kind):
    did = []

    def step(item, user):
        did.append((item["number"], user))
        if item["number"] == 1:
            return "Das ging nicht."
        if item["number"] == 2:
            raise ValidationError("Zu lang.")
        if item["number"] == 3:
            raise PermissionDenied
        return None

    kind(step)
    job = start(people)
    assert did == [(number, people["editor"].user) for number in range(4)]
    assert (job.state, job.done, job.total) == (Job.DONE, 4, 4)
    html = people["editor"].get(url(job)).content.decode()
    assert "Das ging nicht." in html
    assert "Zu lang." in html
    assert all(f"Seite {number}" in html for number in (1, 2, 3))
    assert "Seite 0" not in html


def test_a_step_that_fails_leaves_nothing_half_done_and_the_others_go_on(people, kind):
    def step(item, user):
        Locale.objects.create(language_code=f"x{item['number']}")
        if item["number"] == 1:
            raise RuntimeError("nobody thought of this")

    kind(step)
    job = start(people)
    assert job.state == Job.DONE
    assert job.items.exclude(problem="").count() == 1
    assert Locale.objects.filter(language_code__startswith="x").count() == 3


@pytest.mark.parametrize("in_transaction", [True, False])
def test_another_worker_goes_on_after_the_last_finished_item(people, kind, in_the_queue, in_transaction):
    did = []

    def step(item, user):
        if item["number"] == 2 and did.count(2) == 0:
            did.append(2)
            raise Killed
        did.append(item["number"])

    kind(step, in_transaction=in_transaction)
    job = start(people)
    with pytest.raises(Killed):
        jobs.work_on(job.pk, job.lease_until)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.RUNNING, 2)
    jobs.work_on(job.pk, pause=lambda seconds: None)
    assert did == [0, 1, 2]  # somebody is still at it, as far as anybody knows
    assert not jobs.abandoned().exists()
    expire(job)
    assert jobs.abandoned().get() == job
    jobs.work_on(job.pk)
    job.refresh_from_db()
    assert did == [0, 1, 2, 2, 3]
    assert (job.state, job.done) == (Job.DONE, 4)


def test_abandoned_jobs_are_resumed_by_the_clock(people, kind, monkeypatch):
    did = []
    kind(lambda item, user: did.append(item["number"]))
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "put_in_queue", lambda job: None)
        job = start(people)
    call_command("resume_translation_jobs")
    assert did == []
    expire(job)
    call_command("resume_translation_jobs")
    assert did == [0, 1, 2, 3]


def test_a_worker_that_was_believed_dead_stops(people, kind, in_the_queue):
    did = []

    def step(item, user):
        did.append(item["number"])
        if did == [0]:
            expire(job)  # it slept for too long, and another one took over
            jobs.work_on(job.pk)

    kind(step, in_transaction=False)
    job = start(people)
    jobs.work_on(job.pk, job.lease_until)
    job.refresh_from_db()
    assert did == [0, 0, 1, 2, 3]
    assert job.done == 4
    assert JobItem.objects.filter(job=job, done_at=None).count() == 0


def test_others_get_their_turn(people, kind, monkeypatch):
    turns = []
    kind(lambda item, user: None)
    queue = jobs.put_in_queue
    monkeypatch.setattr(jobs, "TURN", -1)
    monkeypatch.setattr(jobs, "put_in_queue", lambda job: [turns.append(1), queue(job)])
    monkeypatch.setattr(jobs.work_on, "__defaults__", (None, -1, jobs.time.sleep))
    job = start(people)
    assert (job.state, job.done) == (Job.DONE, 4)
    assert len(turns) == 5


def test_what_is_cancelled_stops_before_the_next_item(people, kind, in_the_queue):
    did = []

    def step(item, user):
        did.append(item["number"])
        people["editor"].post(url(job, "job_cancel"))

    kind(step, in_transaction=False)
    job = start(people)
    jobs.work_on(job.pk, job.lease_until)
    job.refresh_from_db()
    assert did == [0]
    assert (job.state, job.done) == (Job.CANCELLED, 1)


def test_nobody_works_for_somebody_who_has_gone(people, kind, in_the_queue):
    kind(lambda item, user: None)
    job = start(people)
    people["editor"].user.delete()
    job.refresh_from_db()
    jobs.work_on(job.pk, job.lease_until)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.CANCELLED, 0)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["job", "job_progress", "job_cancel"])
def test_a_job_is_seen_by_whoever_started_it_and_by_administrators(people, kind, in_the_queue, name, method):
    kind(lambda item, user: None)
    job = start(people)
    allowed = set()
    for role, client in people.items():
        response = getattr(client, method)(url(job, name))
        if response.status_code == 200 or response.headers.get("Location") == url(job):
            allowed.add(role)
    wanted = {"editor", "admin"} if method == ("post" if name == "job_cancel" else "get") else set()
    assert allowed == wanted


def test_the_list_of_jobs_shows_ones_own(people, kind):
    kind(lambda item, user: None)
    job = start(people)
    for role, client in people.items():
        html = client.get(reverse("translations:jobs")).content.decode()
        assert (url(job) in html) == (role in {"editor", "admin"}), role


def test_progress_is_told_as_numbers(people, kind, in_the_queue):
    kind(lambda item, user: None)
    job = start(people)
    answer = people["editor"].get(url(job, "job_progress")).json()
    assert answer == {"at_work": True, "done": 0, "total": 4}


def test_an_empty_job_is_finished_at_once(people, kind):
    kind(lambda item, user: None)
    assert start(people, []).state == Job.DONE


def test_an_unknown_kind_is_refused_before_anything_is_saved(people):
    with pytest.raises(LookupError):
        jobs.start("nothing", ITEMS, people["editor"].user, "x")
    assert not Job.objects.exists()


def test_old_reports_are_deleted(people, kind, in_the_queue):
    kind(lambda item, user: None)
    old, running, new = (start(people) for _ in range(3))
    long_ago = timezone.now() - timedelta(days=91)
    Job.objects.filter(pk=old.pk).update(created_at=long_ago, state=Job.DONE)
    Job.objects.filter(pk=running.pk).update(created_at=long_ago)
    call_command("purge_translation_jobs")
    assert set(Job.objects.all()) == {running, new}
