"""Mailings, in turns of some seconds; see TASKS in the settings."""

from datetime import datetime

from django.tasks import task

from campaigns.mailing import running


@task
def work_on_mailing(pk: int, ticket: str) -> None:
    running.work_on(pk, datetime.fromisoformat(ticket))
