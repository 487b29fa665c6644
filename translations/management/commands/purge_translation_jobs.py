from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from translations.models import Job

KEPT_FOR = timedelta(days=90)


class Command(BaseCommand):
    help = "Deletes the reports of jobs after 90 days. Safe to repeat."

    def handle(self, **options):
        old = Job.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).exclude(state=Job.RUNNING)
        count = old.count()
        for job in old.iterator():  # in short transactions: others want to write meanwhile
            job.delete()
        self.stdout.write(f"{count} jobs deleted")
