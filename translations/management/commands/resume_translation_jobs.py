from django.core.management.base import BaseCommand

from translations import jobs


class Command(BaseCommand):
    help = "Puts jobs whose worker has died in the queue again; they go on after the last item that was done. Safe to repeat."

    def handle(self, **options):
        found = [*jobs.abandoned()]
        for job in found:
            jobs.put_in_queue(job)
        self.stdout.write(f"{len(found)} jobs taken up again")
