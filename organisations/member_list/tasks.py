"""Imports of more rows than somebody would wait for; see TASKS in the settings."""

from datetime import datetime

from django.tasks import task

from organisations.member_list import leases, running
from organisations.models import MemberImport


@task
def work_on_import(pk: int, ticket: str) -> None:
    running.work_on(pk, datetime.fromisoformat(ticket))


def put_in_queue(member_import: MemberImport) -> None:
    until = leases.waiting()
    taken = MemberImport.objects.filter(pk=member_import.pk, lease_until=member_import.lease_until)
    if taken.update(lease_until=until):
        work_on_import.enqueue(member_import.pk, until.isoformat())
