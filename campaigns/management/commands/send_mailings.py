from django.core.management.base import BaseCommand

from campaigns.mailing import running


class Command(BaseCommand):
    help = "Puts mailings into the queue whose time has come or whose sending was interrupted. Safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{running.put_due_in_queue()} mailings are being sent")
