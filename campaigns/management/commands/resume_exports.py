from django.core.management.base import BaseCommand

from campaigns.desk import exporting
from core import leases


class Command(BaseCommand):
    help = "Puts exports whose worker has died in the queue again; they are written anew. Safe to repeat."

    def handle(self, **options):
        found = [*leases.abandoned(exporting.unfinished())]
        for log in found:
            exporting.put_in_queue(log)
        self.stdout.write(f"{len(found)} exports taken up again")
