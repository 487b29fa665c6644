"""Work that the task worker does; see TASKS in the settings."""

from django.tasks import task

from organisations.upkeep import asking


@task
def send_link_if_known(key: str, email: str) -> None:
    asking.send_link_if_known(key, email)
