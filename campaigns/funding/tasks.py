"""Work that the task worker does; see TASKS in the settings."""

from datetime import datetime

from django.tasks import task

from campaigns.funding.proof import packing


@task
def make_proof_pack(pk: int, ticket: str) -> None:
    packing.make(pk, datetime.fromisoformat(ticket))
