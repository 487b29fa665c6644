from django.core.management.base import BaseCommand

from organisations.member_list import leases
from organisations.member_list.tasks import put_in_queue


class Command(BaseCommand):
    help = "Puts imports whose worker has died in the queue again; they go on where they stopped. Safe to repeat."

    def handle(self, **options):
        found = [*leases.abandoned()]
        for member_import in found:
            put_in_queue(member_import)
        self.stdout.write(f"{len(found)} imports taken up again")
