from django.core.management.base import BaseCommand

from core import retention


class Command(BaseCommand):
    help = "Deletes what is held on people and is over its time, and writes down that it did. Safe to repeat."

    def handle(self, **options):
        run = retention.purge()
        for name, number in run.deleted.items():
            self.stdout.write(f"{name}: {number} deleted")
        if run.failed:
            self.stderr.write(f"Failed, see the log: {', '.join(run.failed)}")
