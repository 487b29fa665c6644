"""Work that the task worker does; see TASKS in the settings."""

from django.tasks import task

from core import login, outbox


@task
def send_mail(pk: int) -> bool:
    return outbox.send(pk)


@task
def send_password_reset(email: str, language: str) -> None:
    login.send_password_reset(email, language)
