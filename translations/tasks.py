"""Work that the task worker does; see TASKS in the settings."""

from datetime import datetime

from django.tasks import task

from translations import jobs
from translations.releases import going_live


@task
def work_on_job(pk: int, ticket: str) -> None:
    jobs.work_on(pk, datetime.fromisoformat(ticket))


@task
def release_due() -> None:
    going_live.go_live_with_all_due()
