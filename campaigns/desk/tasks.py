"""Work that the task worker does for the desk; see TASKS in the settings."""

from datetime import datetime

from django.tasks import task

from campaigns.desk import exporting


@task
def write_export(pk: int, ticket: str) -> None:
    exporting.write(pk, datetime.fromisoformat(ticket))
