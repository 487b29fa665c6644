"""Imports of more rows than somebody would wait for; see TASKS in the settings."""

from datetime import datetime

from django.tasks import task

from core import leases
from organisations.member_list import running
from organisations.models import MemberImport


@task
def work_on_import(pk: int, ticket: str) -> None:
    running.work_on(pk, datetime.fromisoformat(ticket))


def put_in_queue(member_import: MemberImport) -> None:
    if ticket := leases.ticket_to_queue(member_import):
        work_on_import.enqueue(member_import.pk, ticket.isoformat())
